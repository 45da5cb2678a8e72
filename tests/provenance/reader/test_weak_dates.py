"""Guesses at a date, made only on demand and never as strong as a statement."""

from __future__ import annotations

import pytest

from provenance import read
from provenance.model.evidence import Tier
from provenance.reader.confidences import LEAST, confidence, table

STORY = (
    "<p>The council of Ostermoor voted to repair the old harbour wall before the winter storms arrive at last.</p>"
    * 4
)


def published(markup: str, **options):
    """Return the field of the publication date of a made page."""
    (article,) = read(f"<html><body>{markup}</body></html>".encode(), media_type="text/html", **options)
    return article.fields.published


FAR = f"<h1>Wall repaired</h1>{STORY}<div>Filed: no day</div><section>{'<p>x</p>' * 20}<div>March 4, 2021</div></section>"


def test_nothing_is_guessed_unasked():
    """A date that stands somewhere is no statement: by default there is no value."""
    assert published(FAR).value is None


def test_a_guess_has_tier_e_and_its_place():
    """On demand, the first date printed below the headline is the value, at tier E, with its place."""
    field = published(FAR, accept_weak=True)
    assert (str(field.value), field.tier) == ("2021-03-04", Tier.E)
    (evidence,) = field.evidence
    assert (evidence.rule, evidence.raw) == ("weak.printed", "March 4, 2021")


def test_a_statement_outranks_every_guess():
    """Where the page states its date, --accept-weak changes nothing."""
    stated = f'<head><meta property="article:published_time" content="2020-01-02T10:00:00Z"></head>{FAR}'
    assert published(stated, accept_weak=True) == published(stated)


@pytest.mark.parametrize(
    "line", ["© March 4, 2021 Harbour Herald", "3 comments, March 4, 2021", "<nav>March 4, 2021</nav>"]
)
def test_rights_comments_and_menus_are_not_asked(line, monkeypatch):
    """Dates of the site, of comments and of menus are not even guesses."""
    monkeypatch.setitem(__import__("sys").modules, "htmldate", None)
    assert published(f"<h1>Wall repaired</h1>{STORY}<div>{line}</div>", accept_weak=True).value is None


def test_the_last_change_is_a_guess():
    """Where only a change is dated, its day is the guess."""
    stated = f'<head><meta property="article:modified_time" content="2020-01-02T10:00:00Z"></head><h1>Wall</h1>{STORY}'
    field = published(stated, accept_weak=True)
    assert (str(field.value), field.tier) == ("2020-01-02T10:00:00Z", Tier.E)


def test_htmldate_is_the_last_resort():
    """What only htmldate finds has tier F."""
    pytest.importorskip("htmldate")
    field = published(f"<h1>Wall repaired</h1>{STORY}<footer>Copyright 2019-03-04</footer>", accept_weak=True)
    if field.value is not None:
        assert (field.tier, field.evidence[0].rule) == (Tier.F, "weak.htmldate")


class TestConfidences:
    """The measured table that ships."""

    def test_every_row_is_a_share(self):
        """Shares lie between 0 and 1 and rest on at least one value; the fields and tiers exist."""
        for (field, tier), row in table().items():
            assert field in {"headline", "published", "authors", "original_url"}
            assert 0 <= row.share <= 1
            assert row.n >= 1
            assert Tier(tier)

    def test_two_agreeing_kinds_are_right(self):
        """Tier A of a date holds what the bar asks of it, and is above the tiers below."""
        best = confidence("published", Tier.A)
        assert best is not None
        assert best >= 0.96
        assert best > (confidence("published", Tier.C) or 0) > (confidence("published", Tier.E) or 0)

    def test_too_little_is_unknown(self):
        """A row that rests on fewer values than it must says nothing, as does a field without value."""
        few = [(field, tier) for (field, tier), row in table().items() if row.n < LEAST]
        assert few
        assert {confidence(field, Tier(tier)) for field, tier in few} == {None}
        assert confidence("published", None) is None
        assert confidence("section", Tier.A) is None
