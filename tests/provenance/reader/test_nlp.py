"""A user's own pipeline is asked where the rules abstain, and only there."""

from __future__ import annotations

import attrs

from provenance.model.article import Article
from provenance.reader import read
from provenance.reader.nlp import BY_PIPELINE, attribute_with


@attrs.define(eq=False)
class Word:
    """A word as a pipeline gives it."""

    text: str
    idx: int
    dep_: str = ""
    pos_: str = ""
    lemma_: str = ""
    head: Word = attrs.field(default=None)
    left_edge: Word = attrs.field(default=None)
    right_edge: Word = attrs.field(default=None)


def pipeline(subject: str, verb: str, pos: str = "PROPN"):
    """Return a pipeline that sees one subject with one verb, at their first places."""

    def parse(text: str) -> list[Word]:
        if subject not in text or verb not in text:
            return []
        said = Word(verb, text.index(verb))
        who = Word(subject, text.index(subject), "nsubj", pos, head=said)
        who.left_edge = who.right_edge = who
        return [who, said]

    return parse


def article(text: str) -> Article:
    """Return the one article of a text."""
    (made,) = read(text.encode(), name="a.txt").articles
    return made


SILENT = article(
    "Orlov it was, in the end, by whom was said what nobody had “dared to say in public” for years."
)
NAMED = article("“It sails at noon,” said Dana Orlov in the harbour of Karsk. Brandt was there too.")


def test_the_rules_abstain():
    """The text is one for which a pipeline is needed."""
    assert [q.speaker for q in SILENT.quotations] == [None]


def test_the_pipeline_names_whom_the_rules_do_not():
    """Its speaker is taken with its place, and the chain says whose word it is."""
    (quotation,) = attribute_with(pipeline("Orlov", "said"), SILENT).quotations
    assert quotation.speaker is not None
    assert (quotation.speaker.name, quotation.speaker.span) == ("Orlov", (0, 5))
    assert quotation.speaker.resolved_from[-1] == BY_PIPELINE
    assert quotation.unattributed is None


def test_a_speaker_whom_the_rules_name_stays():
    """The pipeline is not asked where the rules answer."""
    assert attribute_with(pipeline("Brandt", "was"), NAMED).quotations == NAMED.quotations


def test_a_pipeline_that_sees_nothing_changes_nothing():
    """No subject, a verb that says nothing, or a pronoun: the rules' abstention stands."""
    for parse in (lambda text: [], pipeline("Orlov", "was"), pipeline("Orlov", "said", "PRON")):
        assert attribute_with(parse, SILENT) == SILENT
