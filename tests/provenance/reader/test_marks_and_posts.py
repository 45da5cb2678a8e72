"""Quotation marks and what only looks like them; flattened posts and what only looks like them."""

from __future__ import annotations

import pytest

from provenance.model.quotation import QuotationKind
from provenance.reader import read


def article(text: str):
    """Read a text of one article."""
    (found,) = read(text.encode(), name="a.txt").articles
    return found


def paragraphs(texts):
    """Join texts with blank lines."""
    return "\n\n".join(texts)


def quoted(text: str) -> list[str]:
    """Return the words between the marks of a text."""
    return [q.exact for q in article(text).quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “Go home.” They went.", ["Go home."]),
        ('He said: "Go home." They went.', ["Go home."]),
        ("He said: ''Go home.'' They went.", ["Go home."]),
        ("Er sagte: „Geht heim.“ Sie gingen.", ["Geht heim."]),
        ("Il a dit : « Rentrez. » Ils partirent.", ["Rentrez."]),
        ("Han sade: ”Gå hem.” De gick.", ["Gå hem."]),
        ("Han sagde: »Gå hjem.« De gik.", ["Gå hjem."]),
        ("She called it ‘a long game’ and left.", ["a long game"]),
        ("The fighters’ families and the mayor’s aunt didn’t leave in the ’90s or the 1990s.", []),
        ("Reports of ‘s district, rock ’n’ roll, ’tis the boys’ and girls’ turn.", []),
        ("The 12\" record and the 6' man, don't you know, it's Velm's.", []),
        ("They came from ‘the rebels’ homeland’ and said so.", ["the rebels’ homeland"]),
        (
            "He asked: “What of ‘never again’? What of us?” Nobody knew.",
            ["What of ‘never again’? What of us?"],
        ),
        (
            "She said: “He told me, ‘Go home,’ and I went.” So it was.",
            ["He told me, ‘Go home,’ and I went.", "Go home,"],
        ),
        ("“Go,” he said. “Go home.” They went.", ["Go,", "Go home."]),
        ("He called it “mostly false.“ Others agreed.", ["mostly false."]),
        ("An empty pair “” is nothing.", []),
    ],
)
def test_marks_are_paired_and_apostrophes_are_not(text, expected):
    """Marks of several conventions are paired; apostrophes, decades, feet and inches are not marks."""
    assert quoted(text) == expected


def test_a_quotation_over_several_paragraphs_is_one():
    """Opened again at each paragraph, closed at the last: one quotation with a segment for each."""
    (quotation,) = article("The mayor said:\n\n“We shall wait.\n\n“We shall not move,” she added.").quotations
    assert [quotation.exact[:14], quotation.exact[-18:]] == ["We shall wait.", "We shall not move,"]
    assert (len(quotation.segments), quotation.notes) == (2, ("paragraph-open",))


def test_an_unclosed_quotation_ends_with_its_paragraph():
    """A missing mark is noted and does not swallow the next paragraph."""
    one, two = article("He said: “We shall wait.\n\nShe said: “Go on.” They did.").quotations
    assert (one.exact, one.notes, two.exact, two.notes) == ("We shall wait.", ("unclosed",), "Go on.", ())


def test_a_nested_quotation_knows_what_it_stands_in():
    """Spoken words inside spoken words are kept with the index of the quotation around them."""
    outer, inner = article("She said: “He told me, ‘Go home,’ and I went.” So it was.").quotations
    assert (outer.nested_in, inner.nested_in) == (None, 0)


def test_kinds_are_told_apart():
    """Speech, a lone paragraph led in by a colon, a word at arm's length, a work, a headline."""
    text = (
        "Mayor Finds Bridge ‘Unsafe At Speed’ In Winter\n\n"
        "The bridge has seen its last lorry for the year, and the old ferry is in demand again, for now.\n\n"
        "The so-called “experts” had met before.\n\nA film titled “The Long River” was shown.\n\n"
        "“We shall wait and see what comes,” the mayor said.\n\nThe notice read:\n\n“Closed to all traffic.”\n"
    )
    assert [q.kind for q in article(text).quotations] == [
        QuotationKind.HEADLINE,
        QuotationKind.SCARE,
        QuotationKind.TITLE,
        QuotationKind.DIRECT,
        QuotationKind.BLOCK,
    ]


def test_speakers_are_named_where_the_words_name_them():
    """Before and behind, by name, by pronoun and by role; who is not named is nobody."""
    text = (
        "The mayor of Velm, Dana Orlov, said: “We shall wait.”\n\n“It is late,” she added. “Very late.”\n\n"
        "“The ferry is full,” said harbour master Ilse Brandt.\n\n“Nobody asked us.”\n\n"
        "“We know,” Brandt said, as quoted by Interfax news agency."
    )
    speakers = [q.speaker and q.speaker.name for q in article(text).quotations]
    assert speakers == ["Dana Orlov", "Dana Orlov", "Dana Orlov", "Ilse Brandt", "Ilse Brandt", "Ilse Brandt"]
    assert article(text).quotations[-1].via == "Interfax"
    assert (
        article("Rain fell on Velm for days.\n\n“It will be dry tomorrow.”\n\nNo one knew.")
        .quotations[0]
        .speaker
        is None
    )


PROSE = "The mayor of Velm promised on Monday that the ferry would run all winter, ice or no ice, and left."


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n\nThe page said “View image on Twitter” and nothing else.\n\n{PROSE}",
        f"{PROSE}\n\nThe words View image on Twitter stood under each post of the ferry company.\n\n{PROSE}",
        f"{PROSE}\n\nView image on Twitter\n\n{PROSE}",
        f"Ferry line opens\n\n{PROSE}\n\nWinter timetable\n\n{PROSE}",
        f"{PROSE}\n\nThe mayor tweeted:\n\n“I shall swim.”\n\n{PROSE}",
        f"{PROSE}\n\nBREAKING: the ice in E has gone out of has\n\n{PROSE}",
    ],
)
def test_prose_and_headings_are_no_posts(text):
    """Words about a lost picture, a picture beside prose, headings, and holes without other residue make no post."""
    assert article(text).tweets == ()


def test_posts_are_known_by_their_residue():
    """Holes, labels, handles and scraps beside a lost picture are posts; the prose between them is none."""
    text = paragraphs(
        (
            PROSE,
            "View image on Twitter",
            "Ice on the river near the old mill and nobody is out with a boat today",
            PROSE,
            "BREAKING: ferry stopped in E due to ice",
            "Can see the lights of  . Ferry is not moving at all",
            "Crew says ok. Lots of soup.",
            PROSE,
            "The harbour master, Ilse Brandt, tweeted:",
            ": Ferry back at six & running",
            PROSE,
            "Thick ice at the pier — Velm Ferry (@velmferry) January 3, 2017",
        )
    )
    found = article(text).tweets
    assert [t.text[:12] for t in found] == [
        "Ice on the r",
        "BREAKING: fe",
        "Can see the ",
        "Crew says ok",
        ": Ferry back",
        "Thick ice at",
    ]
    assert {t.id for t in found} == {None}
    assert [t.author for t in found[-2:]] == ["Ilse Brandt", "Velm Ferry"]
    assert (found[-1].handle, str(found[-1].printed_date)) == ("velmferry", "2017-01-03")


def test_a_signature_under_nothing_is_no_post():
    """Where a part opens with a signature, the words it signed are not there: no post without words is made of it."""
    found = article(
        "— Velm (@velm) May 28, 2018\n\nBridge Shut To Lorries\n\n— Velm (@velm) May 28, 2018"
    ).tweets
    assert [t.text for t in found] == ["Bridge Shut To Lorries"]


def test_marks_inside_posts_are_not_the_articles_quotations():
    """What a post quotes is the post's."""
    text = f"{PROSE}\n\nView image on Twitter\n\nBREAKING: mayor says “no” to a bridge in E\n\nShe said “never” again."
    assert [q.exact for q in article(text).quotations] == ["never"]
