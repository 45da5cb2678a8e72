"""Folding: what typography may differ in, and the way back to the characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.tracer.fold import fold, fold_quotation


def words(text: str) -> list[str]:
    """Return the folded tokens of a text."""
    return [word for word, _, _ in fold(text)]


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
        for word, start, end in fold(text):
            assert word in words(text[start:end])

    @given(st.text(), st.text())
    def test_a_span_keeps_the_offsets_of_its_text(self, before: str, text: str) -> None:
        """A span of a larger text gives the larger text's offsets."""
        skipped = len(before) + 1
        folded = fold(f"{before}\n{text}", skipped)
        moved = [(word, start - skipped, end - skipped) for word, start, end in folded]
        assert moved == list(fold(text))
