"""Folding: what typography may differ in, and the way back to the characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.tracer.fold import fold, fold_quotation


def words(text: str) -> list[str]:
    """Return the folded tokens of a text."""
    return fold(text).words


class TestFold:
    """What folds together, and what stays apart."""

    def test_typography_is_folded_away(self) -> None:
        """Curly and straight marks, dashes, spaces, ligatures, width and case don't tell texts apart."""
        assert words("“It’s the ﬁrst—ever” ＡＢＣ") == words('"It\'s the first-ever" abc')

    def test_invisible_characters_are_dropped(self) -> None:
        """A soft hyphen or a zero-width space inside a word does not change it."""
        assert words("gov\u00adern\u200bment") == ["government"]

    def test_punctuation_still_counts(self) -> None:
        """A comma more is another wording: it can turn a sentence round."""
        assert words("Let us eat, friends") != words("Let us eat friends")

    def test_an_ellipsis_is_three_dots(self) -> None:
        """The one character and the three are the same."""
        assert words("wait… now") == words("wait... now")

    def test_a_quotation_loses_its_last_comma(self) -> None:
        """The comma or full stop that style puts inside the marks is not part of the words."""
        assert fold_quotation("We will stay,") == ("we", "will", "stay")
        assert fold_quotation("Will we stay?") == ("will", "we", "stay", "?")

    @given(st.text())
    def test_every_token_lies_where_it_says(self, text: str) -> None:
        """Folding the characters a token came from gives that token again, for any text."""
        folded = fold(text)
        for token, start, end in zip(folded.words, folded.starts, folded.ends, strict=True):
            assert token in fold(text[start:end]).words

    @given(st.text(), st.integers(0, 1000))
    def test_an_offset_moves_every_place(self, text: str, offset: int) -> None:
        """A span cut out of a larger text keeps the larger text's offsets."""
        assert [start - offset for start in fold(text, offset).starts] == list(fold(text).starts)
