"""Folding: what typography may differ in, and the way back to the characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.tracer.fold import fold, fold_quotation, folded, raw_words, without_accents


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

    def test_punctuation_is_no_word(self) -> None:
        """Marks, commas, full stops and ellipses stand between words and are none."""
        assert words("“Let us eat, friends… (now)!”") == ["let", "us", "eat", "friends", "now"]

    def test_a_hyphen_at_a_line_end_joins_its_word(self) -> None:
        """A word broken at the end of a line is one word; a hyphen inside a line parts two."""
        assert words("the govern-\nment’s so-called") == ["the", "government's", "so", "called"]

    def test_figures_keep_their_points(self) -> None:
        """A number with points and commas is one word, and signs of money and shares are words."""
        assert words("$2,600.50 or 10%.") == ["$", "2,600.50", "or", "10", "%"]

    def test_accents_belong_to_their_word_however_they_are_written(self) -> None:
        """A letter with a combining accent is the accented letter."""
        assert words("re\u0301sume\u0301") == words("résumé") == ["résumé"]

    def test_scripts_without_spaces_have_a_word_a_character(self) -> None:
        """Han, kana and Thai are cut at every code point, Devanagari is not cut inside a word."""
        assert words("日本語") == ["日", "本", "語"]
        assert words("हिन्दी में") == ["हिन्दी", "में"]

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

    @given(st.text())
    def test_every_way_of_folding_gives_the_same_words(self, text: str) -> None:
        """`fold`, `folded`, `raw_words` and `fold_quotation` find the same words at the same places."""
        places = list(fold(text))
        whole = folded(text)
        assert [word for word, _, _ in places] == list(whole.words) == list(fold_quotation(text))
        assert [(s, e) for _, s, e in places] == list(zip(whole.starts, whole.ends, strict=True))
        assert [text[s:e] for _, s, e in places] == raw_words(text)

    def test_accents_can_be_taken_off(self) -> None:
        """A keyboard without accents writes the bare letters."""
        assert without_accents("françois") == "francois"
