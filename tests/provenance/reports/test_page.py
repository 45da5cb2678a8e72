"""The page: its structure, what it says, and that nothing from outside can do more on it than be read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from bs4 import BeautifulSoup, Tag

from archive.errors import NotAnArchive
from archive.findings import Count, Finding, Level, Report, Status
from provenance.model.article import Article, Fields
from provenance.model.evidence import Evidence, Field, Layer, Place, Tier
from provenance.model.outlet import Outlet
from provenance.model.quotation import Quotation, QuotationKind, Speaker, SpeakerStatus
from provenance.model.text import Text
from provenance.model.trace import Passage, Query, Relation, Source, Trace, Verdict
from provenance.model.tweet import TweetKind, TweetReference
from provenance.reports.page import CONTENT_SECURITY, PageLimits, render_page
from provenance.reports.view import DocumentView, PackageView, Spot
from tests.provenance.reports import sample

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</style><style>*{display:none}</style>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "abc\u202egnp.exe",
    "a\x00b\x1b[31mc\ud800d\u2028e",
    "]]>--><!-- &amp;lt;",
)


def parse(page: str) -> Tag:
    """Return the page's root element."""
    return BeautifulSoup(page.encode(), "lxml", from_encoding="utf-8", preserve_whitespace_tags={"html"})


def sample_page(report: Report | None = None) -> Tag:
    """Return the parsed page of the sample."""
    return parse(render_page(sample.view(report), codes=sample.codes()))


def text_of(element: Tag) -> str:
    """Return an element's words with single spaces."""
    return " ".join(element.get_text().split())


def column(root: Tag, anchor: str) -> str:
    """Return the text column of an article, all tags stripped."""
    return "".join(p.get_text() for p in root.select(f"#{anchor} .text p.t"))


def package(*articles: Article, **more: object) -> PackageView:
    """Return a package of one document with these articles."""
    return PackageView("t", "p.wacz", sample.report(), documents=(DocumentView("in.txt", articles),), **more)


def quoted(text: str, *spans: tuple[int, int]) -> Article:
    """Return an article with quotations at the spans."""
    quotations = tuple(Quotation(text[s:e], s, e, "", "", ((s, e),), QuotationKind.DIRECT) for s, e in spans)
    return Article(text=Text(text), span=(0, len(text)), quotations=quotations)


class TestStructure:
    """What a browser, a screen reader and a printer rely on."""

    def test_landmarks(self):
        """There is one h1, one main, a header and a footer, and a language."""
        root = sample_page()
        assert [len(root.select(s)) for s in ("h1", "main", "body > header", "body > footer")] == [
            1,
            1,
            1,
            1,
        ]
        assert root.html.get("lang") == "en"

    def test_heading_levels(self):
        """No heading is more than one level below the one before it."""
        levels = [
            int(h.name[1]) for h in sample_page(sample.report(sample.failure())).select("h1,h2,h3,h4,h5,h6")
        ]
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))

    def test_labels_and_anchors(self):
        """Ids are unique; every link within the page and every label leads to one of them."""
        root = sample_page(sample.report(sample.failure()))
        ids = Counter(element.get("id") for element in root.select("[id]"))
        inner = {a.get("href")[1:] for a in root.select("a[href^='#']")}
        labels = {element.get("aria-labelledby") for element in root.select("[aria-labelledby]")}
        assert max(ids.values()) == 1
        assert inner | labels <= set(ids)

    def test_self_contained(self):
        """The page runs nothing and loads nothing, and tells the browser so."""
        root = sample_page()
        assert root.select("meta[http-equiv='Content-Security-Policy']")[0].get("content") == CONTENT_SECURITY
        assert root.select("script,link,img,iframe,object,embed,form,base,video,audio,[src],[style]") == []
        assert "url(" not in root.select("style")[0].get_text()
        assert "@import" not in root.select("style")[0].get_text()
        assert {a.get("href").split(":")[0] for a in root.select("a[href]:not([href^='#'])")} == {"https"}

    def test_same_view_same_bytes(self):
        """Two processes with different hash seeds write the same page."""
        code = (
            "import sys, hashlib; from tests.provenance.reports import sample;"
            "from provenance.reports.page import render_page;"
            "page = render_page(sample.view(sample.report(sample.failure())), codes=sample.codes());"
            "print(hashlib.sha256(page.encode()).hexdigest())"
        )
        root = Path(__file__).parents[3]
        outputs = {
            subprocess.run(
                [sys.executable, "-c", code],
                check=True,
                capture_output=True,
                cwd=root,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            ).stdout
            for seed in ("1", "2")
        }
        assert len(outputs) == 1


class TestVerdict:
    """The verdict is the report's; the page only says it."""

    @pytest.mark.parametrize(
        ("report", "verdict", "reasons"),
        [
            (
                sample.report(),
                "sound",
                [
                    "checked: 48 211 of 48 211 bytes, 12 of 12 records, 9 of 9 index lines, "
                    "7 of 7 package members, 12 of 12 quotations",
                    "unsigned",
                    "no trusted timestamp",
                ],
            ),
            (
                sample.report(index_lines=Count(7, 9), signatures=Count(1, 1), timestamps=Count(0, 1)),
                "undecided",
                [
                    "only partly checked: 7 of 9 index lines",
                    "checked: 48 211 of 48 211 bytes, 12 of 12 records, 7 of 7 package members, "
                    "1 of 1 signature, 12 of 12 quotations",
                    "signed",
                    "no trusted timestamp, and 1 proof of time not relied on",
                ],
            ),
            (
                sample.report(sample.failure(), sample.failure()),
                "unsound",
                [
                    "failed: A record’s bytes are not those its digest was made of (2 times)",
                    "checked: 48 211 of 48 211 bytes, 12 of 12 records, 9 of 9 index lines, "
                    "7 of 7 package members, 12 of 12 quotations",
                    "unsigned",
                    "no trusted timestamp",
                ],
            ),
            (
                Report("x.wacz", stopped_by=NotAnArchive("the bytes are no ZIP")),
                "unreadable",
                ["the bytes are no ZIP"],
            ),
            (Report("x.wacz"), "undecided", ["nothing was checked", "unsigned", "no trusted timestamp"]),
        ],
    )
    def test_verdict_and_why(self, report, verdict, reasons):
        """Each report's verdict stands at the head with what failed, what was not checked and what was."""
        assert report.verdict == verdict
        root = sample_page(report)
        assert text_of(root.select("#verification")[0]).endswith(verdict)
        assert [text_of(li) for li in root.select(".reasons li")] == reasons
        assert root.title.get_text().endswith(f": {verdict}")

    def test_coverage(self):
        """Every aspect has its row; not all checked and none there are told apart in words."""
        root = sample_page(sample.report(records=Count(3, 12)))
        rows = {
            text_of(tr.th): [text_of(td) for td in tr.select("td")]
            for tr in root.select(".coverage tbody tr")
        }
        assert rows["records"] == ["3", "12", "△ not all"]
        assert rows["signatures"] == ["0", "0", "none present"]
        assert rows["members" if "members" in rows else "package members"] == ["7", "7", "all"]

    def test_finding_with_its_explanation(self):
        """A finding shows status, place, message, both values and clause, and a link to its code."""
        root = sample_page(sample.report(sample.failure()))
        card = root.select("#findings ~ .finding, section > .finding")[0]
        words = text_of(card)
        for expected in (
            "failed",
            "byte 1742",
            "1f1f",
            "e0e0",
            "WARC 1.1 §5.8",
            "the payload digest of the record",
        ):
            assert expected in words
        link = card.select("a")[0]
        assert link.get_text() == sample.FAILED
        assert sample.FAILED in text_of(root.find(id=link.get("href")[1:]))

    def test_finding_of_an_unknown_code(self):
        """A code that nobody registered is shown by its name, without a link."""
        finding = Finding("other.thing", Status.WARNED, Level.TIME, "odd")
        card = sample_page(sample.report(finding)).select("section > .finding")[0]
        assert "other.thing" in text_of(card)
        assert card.select("a") == []

    def test_gravest_first_and_none_dropped_in_silence(self):
        """Failures come before notes, and findings beyond the limit are counted."""
        note = Finding("n", Status.NOTE, Level.TIME, "note")
        view = sample.view(sample.report(note, note, sample.failure()))
        root = parse(render_page(view, limits=PageLimits(findings=2), codes=sample.codes()))
        section = root.find(id="findings").parent
        badges = [text_of(b) for b in section.select(".finding .badge")]
        assert badges == ["✕ failed", "i note"]
        assert "1 more finding" in text_of(section.select(".notice")[0])

    def test_what_is_not_proven(self):
        """The foot always says what is not proven, and how to check with common tools and the real digest."""
        root = sample_page()
        unproven = text_of(root.find(id="unproven").parent)
        assert "as recorded by whoever made the package" in unproven
        assert "without a signature can be replaced whole" in unproven
        lines = root.select("#check ~ pre")[0].get_text().splitlines()
        assert lines[0] == "unzip saltmouth.wacz -d package"
        assert f"echo '{'ab12' * 16}  datapackage.json' | sha256sum --check" in lines


class TestContents:
    """What is inside, and what the documents say of themselves."""

    def test_figures(self):
        """The head counts articles, outlets, tweets, quotations and the period, and what is undated or quotes nobody."""
        figures = [text_of(li) for li in sample_page().select(".figures li")]
        assert figures == [
            "3 articles, 1 undated",
            "2 outlets",
            "2 tweet references",
            "10 quotations; 2 more quote nobody",
            "September 2016 – 18 September 2016 published",
        ]

    def test_quotations_by_standing(self):
        """Each standing is named and counted; marks that quote nobody are not among them."""
        badges = [text_of(b) for b in sample_page().select(".bar .badge")]
        assert badges == ["✓ 3 faithful", "✕ 2 distorted", "? 3 unverified", "· 2 not traced"]

    def test_words_of_the_own_article_are_told_apart(self):
        """Quotations found only in their own article are counted by themselves: nothing is corroborated by them."""
        spot, trace = next(iter(sample.view().traces.items()))
        traces = {**sample.view().traces, spot: attrs.evolve(trace, relation=Relation.SELF)}
        (told,) = parse(render_page(attrs.evolve(sample.view(), traces=traces))).select(".bar .own")
        assert text_of(told) == "1 of them found only in its own article, which corroborates nothing."
        assert sample_page().select(".bar .own") == []

    def test_table(self):
        """Each article has a row: headline, URL, outlet, date, quotations found, tweets."""
        rows = [
            [text_of(cell) for cell in tr.select("td, th")]
            for tr in sample_page().select(".contents tbody tr")
        ]
        assert rows == [
            [
                "1",
                "“Nobody was turned away at the harbour,” minister says "
                "https://harbourpost.example/world/2016/09/18/nobody-turned-away",
                "Harbour Post",
                "18 September 2016, 18:02 known to the minute, time zone not stated",
                "5 of 8 ✕ 2 distorted",
                "2",
            ],
            [
                "2",
                "Beck: the gates stay open https://courier.example/2016/09/gates",
                "courier.example",
                "September 2016 known to the month",
                "2, not traced",
                "none",
            ],
            ["3", "no headline stated no original URL stated", "not stated", "not stated", "none", "none"],
        ]

    def test_fields(self):
        """A field shows value, tier, every reading, and what is against it; what is not given is said so."""
        root = sample_page()
        first = root.find(id="a1")
        published = first.select(".fields > div")[2]
        words = text_of(published)
        for expected in (
            "published",
            "18 September 2016, 18:02 (known to the minute, time zone not stated)",
            "B several kinds agree, a minority disagrees · 2 readings",
            "“September 18, 2016, 18:02” masthead, characters",
            "plain.dateline-date",
            "Against it: 17 September 2016 (known to the day), read from “2016/09/17” url, the URL’s path",
        ):
            assert expected in words
        assert text_of(first.select(".absent")[0]) == (
            "Not stated: authors, modified, reposted (by an aggregator), section."
        )

    def test_an_archivist_is_named_as_one(self):
        """A value that an archivist states is not passed off as agreement of sources."""
        human = Evidence("X", "human", Layer.HUMAN, "X", Place())
        article = Article(
            Text("t"),
            (0, 1),
            fields=Fields(headline=Field("X", Tier.A, (human,))),
        )
        assert "A an archivist states it" in text_of(
            parse(render_page(package(article))).select(".support")[0]
        )

    def test_tweets(self):
        """A flattened embed says that it has no id and how it was recognised; a linked one gives its id."""
        flattened, linked = (text_of(li) for li in sample_page().select("#a1 .tweets li"))
        assert "no id: the words of an embed that lost its markup" in flattened
        assert "plain.view-image, plain.leading-colon" in flattened
        assert "id 776890123456789504" in linked
        assert "Posted 2016-09-16T20:15:31Z, as its id says" in linked

    def test_what_belongs_to_no_article(self):
        """The text between articles is shown with its place."""
        text = Text("Site name\nFirst.\nSecond.\nImprint")
        page = render_page(package(Article(text, (10, 17)), Article(text, (17, 25), part=1)))
        loose = [text_of(d) for d in parse(page).select(".loose")]
        assert loose == [
            "Belongs to no article: characters 0–10 Site name",
            "Belongs to no article: characters 25–32 Imprint",
        ]

    def test_empty_package(self):
        """A package without documents, and a document without articles, say so."""
        assert "no document" in render_page(PackageView("t", "p.wacz", Report("p.wacz")))
        assert "No article was read in this document." in render_page(package())


class TestTextAndNotes:
    """The text with its quotations, and what is said of each."""

    def test_the_column_is_the_text(self):
        """With all tags stripped, the text column is the article's text, character for character."""
        root = sample_page()
        assert column(root, "a1") == sample.PORT
        assert column(root, "a2") == sample.COURIER
        assert column(root, "a3") == sample.NOTES

    @pytest.mark.parametrize(
        "text",
        [
            "a\r\nb\r\n\r\nc\rd",
            "  leading\n\n\n trailing  \n",
            "\ttab\u00a0nbsp\u200dzwj",
            "one",
            "\n\n",
            "<b>&amp;",
        ],
    )
    def test_odd_spaces_and_line_ends(self, text):
        """Line ends of every kind, spaces and markup in the text stand in the column as they are."""
        assert column(parse(render_page(package(quoted(text, (0, 1))))), "a1") == text

    def test_hidden_characters_are_named_in_the_column(self):
        """A hidden character is replaced by its name, in an element of its own, and nothing else changes."""
        text = "see exe\u202efdp. and \x00 and \ufeff"
        root = parse(render_page(package(quoted(text, (4, 12)))))
        for element in root.select(".hidden"):
            element.string = chr(int(element.get_text().removeprefix("U+"), 16))
        assert column(root, "a1") == text

    def test_every_quotation_has_its_pair_of_anchors(self):
        """Each number in the text leads to its note, and each note leads back."""
        root = sample_page()
        for anchor, count in (("a1", 10), ("a2", 2), ("a3", 0)):
            refs = root.select(f"#{anchor} .t a.ref:not(.tweet)")
            assert [a.get("id") for a in refs] == [f"{anchor}q{n}" for n in range(1, count + 1)]
            for ref in refs:
                note = root.find(id=ref.get("href")[1:])
                assert note.select("a.ref")[0].get("href") == f"#{ref.get('id')}"

    def test_every_tweet_with_a_place_has_its_pair_of_anchors(self):
        """The words of a tweet in the text lead to its card and back; a tweet without a place has no link."""
        root = sample_page()
        assert [a.get("href") for a in root.select("#a1 .t a.tweet")] == ["#a1w1"]
        assert root.select("#a1w1 a.ref")[0].get("href") == "#a1t1"
        assert root.select("#a1w2 a.ref") == []

    def test_highlights_are_the_quotations(self):
        """The marked stretches are the quotations' segments, coloured and styled by how they stand."""
        marks = [(" ".join(m["class"]), m.get_text()) for m in sample_page().select("#a1 .t mark")]
        assert marks == [
            ("faithful", "Nobody was turned away at the harbour,"),
            ("faithful", "nobody was turned away at the harbour on Friday night, and nobody will be."),
            ("faithful", "We counted twelve boats,"),
            ("faithful", "and every one of them was brought in."),
            ("distorted", "twenty boats"),
            ("unverified", "She told us that "),  # here stands the number of the next
            ("unverified", "‘"),
            ("unverified", "the gates stay open"),
            ("unverified", "’ and we kept them open."),
            ("nobody", "night convoy"),
            ("nobody", "A Winter at Sea"),
            ("distorted", "the gates will not be closed"),
            ("unverified", "the convoy was met by two tugs"),
        ]

    def test_overlapping_quotations(self):
        """Quotations that overlap without nesting are both numbered, and the later one is on top."""
        root = parse(render_page(package(quoted("0123456789", (1, 6), (4, 9)))))
        assert [m.get_text() for m in root.select("mark")] == ["123", "45", "678"]
        assert column(root, "a1") == "0123456789"
        assert len(root.select(".note")) == 2

    def test_a_quotation_at_the_start_of_its_part(self):
        """A quotation whose opening mark lies before its article's part still has its number."""
        text = "x“Yes.” No."
        article = attrs.evolve(quoted(text, (2, 6)), span=(2, len(text)))
        root = parse(render_page(package(article)))
        assert [a.get("id") for a in root.select(".t a.ref")] == ["a1q1"]

    def test_note_of_a_faithful_quotation(self):
        """It says who speaks, where the passage is, how it stands there; the passage has words around it."""
        note = sample_page().find(id="a1n2")
        words = text_of(note)
        for expected in (
            "✓ verbatim",
            "Anna Beck, transport minister",
            "courier.example, 2016-09 · article 2 here · in the source’s own words · same speaker there",
            "74 of 74 characters",
        ):
            assert expected in words
        assert note.select("blockquote b")[0].get_text() == (
            "nobody was turned away at the harbour on Friday night, and nobody will be."
        )
        assert [a.get("href") for a in note.select("figcaption a")] == ["#a2"]

    def test_note_of_a_distorted_quotation(self):
        """It shows what was changed, in words as well as in strokes, with the passage open."""
        note = sample_page().find(id="a1n4")
        assert text_of(note.select(".alterations")[0]) == (
            "number changed: in the source: twelve → here: twenty"
        )
        assert "another speaker there" in text_of(note)
        assert note.select("details") == []

    def test_words_beside_an_edit_stay_words_of_their_own(self):
        """Both sides read as they stand, with the spaces between what was changed and what was not."""
        note = sample_page().find(id="a1n4")
        quoted, original = (side.get_text() for side in note.select(".sides blockquote"))
        assert "twenty" in quoted.split()
        assert "twelve" in original.split()
        assert quoted.replace("twenty", "twelve").split() == original.split()

    def test_note_of_an_untraced_quotation(self):
        """What was not found is said to be missing: the source that is named, or any text."""
        root = sample_page()
        assert text_of(root.find(id="a1n10").select(".missing")[0]) == "What is missing: Island Agency."
        assert "any text that holds these words" in text_of(root.find(id="a1n5"))
        assert "What is missing" not in text_of(root.find(id="a1n6"))

    def test_a_passage_in_the_same_article_is_said_to_corroborate_nothing(self):
        """Also a faithful quotation says openly that its passage is its own article."""
        article = quoted("“Yes.” He said “Yes.”", (1, 5))
        source = Source("s", article.text.characters, "in.txt", article.span)
        trace = Trace(Query("Yes.", "q"), Verdict.VERBATIM, Passage(source, 16, 20), Relation.SELF)
        root = parse(render_page(package(article, traces={Spot(0, 0, 1, 5): trace})))
        caption = text_of(root.select(".note figcaption")[0])
        assert "in this very article, which corroborates nothing" in caption

    def test_not_traced_is_not_faithful(self):
        """A quotation without a trace is shown as not traced, and is not counted as found."""
        root = parse(render_page(package(quoted("“Yes.”", (1, 5)))))
        assert "· not traced" in text_of(root.select(".note")[0])
        assert text_of(root.select(".contents tbody td")[3]) == "1, not traced"

    @pytest.mark.parametrize("verdict", list(Verdict))
    def test_every_verdict_has_its_words(self, verdict):
        """Each verdict is shown with its severity's sign, so that colour is not needed."""
        signs = {"faithful": "✓", "marked": "≈", "altered": "△", "distorted": "✕", "unverified": "?"}
        trace = Trace(Query("Yes.", "q"), verdict)
        root = parse(render_page(package(quoted("“Yes.”", (1, 5)), traces={Spot(0, 0, 1, 5): trace})))
        badge = root.select(".note .badge")[0]
        assert text_of(badge).startswith(signs[verdict.severity.value] + " ")
        assert " ".join(badge["class"]) == f"badge {verdict.severity.value}"


class TestLimits:
    """A page stays a page; what it leaves out it says."""

    def test_long_text(self):
        """A text is cut at the limit, and how much is missing is said."""
        article = quoted("x" * 100, (10, 20), (90, 95))
        root = parse(render_page(package(article), limits=PageLimits(article_characters=50)))
        assert column(root, "a1") == "x" * 50
        notice = text_of(root.select(".reading .notice")[0])
        assert notice.startswith("Not shown here: the last 50 characters of the text; 1 quotation.")
        assert "All of the article’s quotations: 2 not traced." in notice

    def test_whole_page(self):
        """When the page's own limit is reached, later articles are shown without text, and say so."""
        page = render_page(
            package(quoted("a" * 30), attrs.evolve(quoted("b" * 30), part=1)),
            limits=PageLimits(page_characters=40),
        )
        root = parse(page)
        assert [column(root, "a1"), column(root, "a2")] == ["a" * 30, "b" * 10]

    def test_a_hundred_thousand_quotations(self):
        """The page of an article with 100 000 quotations shows the first thousand and counts the others."""
        article = quoted("“a” " * 15_000 + "“b”" * 85_000, *((i * 4 + 1, i * 4 + 2) for i in range(15_000)))
        more = tuple(attrs.evolve(article.quotations[0]) for _ in range(85_000))
        root = parse(render_page(package(attrs.evolve(article, quotations=article.quotations + more))))
        assert len(root.select(".note")) == 1000
        assert "99\u202f000 quotations" in root.select(".reading .notice")[0].get_text()


class TestHostile:
    """Whatever a document, a manifest or an archive says, it can only be read."""

    def view_of(self, bad: str) -> PackageView:
        """Return a package in which every string is the hostile one."""
        evidence = Evidence(
            bad, bad, Layer.META, bad, Place(xpath=bad, attribute=bad, pointer=bad, header=bad)
        )
        text = f"{bad} “{bad}” {bad}"
        start = len(bad) + 2
        end = start + len(bad)
        speaker = Speaker(bad, (0, 1), SpeakerStatus.NAMED, bad, bad)
        finding = Finding(bad, Status.FAILED, Level.FIXITY, bad, expected=bad, actual=[bad], clause=bad)
        quotation = Quotation(
            bad, start, end, bad, bad, ((start, end),), QuotationKind.DIRECT, speaker=speaker, via=bad
        )
        article = Article(
            text=Text(text),
            span=(0, len(text)),
            fields=Fields(
                headline=Field(bad, Tier.A, (evidence,), (evidence,)),
                outlet=Field(Outlet(bad, bad, bad)),
                authors=Field((bad,)),
                original_url=Field(bad),
                language=Field(bad),
            ),
            tweets=(
                TweetReference(
                    TweetKind.EMBED, bad, bad, bad, bad, bad, bad, text=bad, span=(0, 3), rules=(bad,)
                ),
            ),
            quotations=(quotation,),
            findings=(finding,),
        )
        source = Source(bad, text, bad, (0, len(text)), 0, bad, bad, bad, bad, bad)
        trace = Trace(
            Query(bad, bad), Verdict.UNTRACED_OUT, None, missing=bad, reason=bad, speaker_status=bad,
            candidates=(Passage(source, start, end),),
        )  # fmt: skip
        return PackageView(
            bad, bad, Report(bad, (finding,), {bad: Count(1, 2)}), bad, bad, 1, bad,
            (
                DocumentView(bad, (article,), *[bad] * 5, Field(bad, Tier.C, (evidence,)), (finding,)),
            ),
            {Spot(0, 0, start, end): trace},
        )  # fmt: skip

    @pytest.mark.parametrize("bad", HOSTILE)
    def test_nothing_escapes(self, bad):
        """The page of the hostile package has just the elements and attributes of a harmless one."""
        harmless = parse(render_page(self.view_of("harmless")))
        root = parse(render_page(self.view_of(bad)))
        hidden = root.select(".hidden")
        assert all(element.get("title") == "hidden character" for element in hidden)
        for element in hidden:
            element.decompose()
        for tree in (harmless, root):
            for element in tree.select("[lang]:not(html)"):
                del element["lang"]
        assert [(e.name, sorted(e.attrs)) for e in root.find_all(True)] == [
            (e.name, sorted(e.attrs)) for e in harmless.find_all(True)
        ]

    @pytest.mark.parametrize("bad", HOSTILE)
    def test_no_hidden_character_is_written(self, bad):
        """The page holds no control, no bidi control and no surrogate, and can be written as UTF-8."""
        page = render_page(self.view_of(bad))
        assert page.encode()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]", page)

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//evil.example/",
            "https://bank.example@evil.example/",
            "https://evil.example/\u202egnp",
            "java\nscript:alert(1)",
            "https:\\\\evil.example",
            "http://[bad",
        ],
    )
    def test_links_lead_only_to_the_web(self, url):
        """A URL that is not plain http or https is shown and is no link."""
        article = Article(
            Text("t"),
            (0, 1),
            fields=Fields(original_url=Field(url)),
        )
        root = parse(render_page(package(article)))
        assert [a for a in root.select("a") if not a.get("href").startswith("#")] == []
        assert root.select("span.url")[0].get_text()

    def test_a_hostile_file_name_is_one_word_for_the_shell(self):
        """The commands quote the package's name and its digest."""
        view = attrs.evolve(sample.view(), package="-d; rm -rf '~'.wacz", manifest_digest="sha256:$(reboot)")
        lines = parse(render_page(view)).select("#check ~ pre")[0].get_text().splitlines()
        assert lines[0] == """unzip './-d; rm -rf '"'"'~'"'"'.wacz' -d package"""
        assert lines[2] == "echo '$(reboot)  datapackage.json' | sha256sum --check"


class TestStyle:
    """What the style sheet promises."""

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_contrast(self, theme):
        """Every colour of text has a contrast of at least 4.5 on every ground it stands on (WCAG 1.4.3)."""
        sheet = sample_page().select("style")[0].get_text()
        blocks = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0 if theme == "light" else 1]))
        kinds = ("faithful", "marked", "altered", "distorted", "unverified", "tweet")
        pairs = [(text, ground) for text in ("ink", "soft", "link") for ground in ("paper", "sheet")]
        pairs += [(kind, ground) for kind in kinds for ground in ("paper", "sheet", f"{kind}-bg")]
        pairs += [(text, f"{kind}-bg") for text in ("ink", "soft") for kind in kinds]
        weak = {pair: c for pair in pairs if (c := contrast(*(colours[name] for name in pair))) < 4.5}
        assert weak == {}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb` (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
