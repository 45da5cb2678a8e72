"""A package made up of invented articles, with fields, tweets, quotations and verdicts of many kinds."""

from __future__ import annotations

from typing import Any

import attrs

from archive.errors import Location
from archive.findings import Code, Count, Finding, Level, Registry, Report, Status
from provenance.model.article import Article, Fields
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, Layer, Place, tier_of
from provenance.model.outlet import Dateline, Outlet
from provenance.model.quotation import Quotation, QuotationKind, Speaker, SpeakerStatus, quote_at
from provenance.model.text import Text
from provenance.model.trace import (
    Alteration,
    AlterationKind,
    Passage,
    Query,
    Relation,
    Source,
    Trace,
    Verdict,
)
from provenance.model.tweet import TweetKind, TweetReference
from provenance.reports.view import DocumentView, PackageView, Spot

FAILED, NOTED = "sample.digest-differs", "sample.weekday-disagrees"


def codes() -> Registry:
    """Return a registry of the sample's own codes; the one that everybody shares is left alone."""
    registry = Registry()
    registry.register(
        (
            Code(
                FAILED,
                Level.FIXITY,
                Status.FAILED,
                "A record’s bytes are not those its digest was made of",
                "Somebody or something changed the record after it was written. Do not rely on it.",
                "Take another copy of the package and compare its manifest digest.",
                "WARC 1.1 §5.8",
            ),
            Code(
                NOTED,
                Level.READING,
                Status.NOTE,
                "The printed weekday is not that of the printed date",
                "The document names a weekday that its own date does not have. One of the two is a slip.",
                "Look for another copy of the article. The date is shown as printed.",
            ),
        )
    )
    return registry


PORT = """\
“Nobody was turned away at the harbour,” minister says

World September 18, 2016, 18:02

SALTMOUTH, September 18. /Harbour Post/. The transport minister, Anna Beck, said on Sunday that “nobody \
was turned away at the harbour on Friday night, and nobody will be.”

“We counted twelve boats,” she said, “and every one of them was brought in.” The harbour master had spoken \
of “twenty boats” a day before.

A spokesman for the coastguard, who asked not to be named, said: “She told us that ‘the gates stay open’ \
and we kept them open.” The so-called “night convoy” was first described in the book “A Winter at Sea”.

Beck told the Saltmouth Courier that “the gates will not be closed”.

View image on Twitter
: Twelve boats in tonight. Crews are safe, kettles are on.
8:15 PM - 16 Sep 2016

According to the Island Agency, “the convoy was met by two tugs”.

Original url: https://harbourpost.example/world/2016/09/18/nobody-turned-away
"""

HEADLINE = PORT.partition("\n")[0]

COURIER = """\
Beck: the gates stay open

By Tomas Weil / Island Agency

October 29th, 2016 - by admin

The transport minister said nobody was turned away at the harbour on Friday night, and nobody will be. “We \
counted twelve boats and every one of them was brought in,” Beck told reporters. “The gates will be closed \
at midnight, not before.”
"""

NOTES = """\
Twenty-two boats, the harbour master says now. No name, no date, no address on this sheet.
"""


@attrs.define
class Writer:
    """Writes an article's values from the words of its text, so that no offset is counted by hand."""

    text: Text

    def at(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Return the characters of the nth occurrence of the words."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.characters.index(words, start + 1)
        return start, start + len(words)

    def read(self, value: Any, words: str, layer: Layer, rule: str) -> Evidence[Any]:
        """Return a reading of a value at the words."""
        start, end = self.at(words)
        return Evidence(value, rule, layer, words, Place(start=start, end=end))

    def quotation(
        self, words: str, kind: QuotationKind = QuotationKind.DIRECT, *, until: str = "", **more: Any
    ) -> Quotation:
        """Return the quotation that starts with the words, as far as `until` where it is interrupted."""
        first = self.at(words)
        segments = (first, self.at(until)) if until else (first,)
        end = segments[-1][1]
        return Quotation(
            **quote_at(self.text.characters, first[0], end), segments=segments, kind=kind, **more
        )

    def speaker(self, words: str, status: SpeakerStatus = SpeakerStatus.NAMED, **more: Any) -> Speaker:
        """Return a speaker at the words."""
        return Speaker(words, self.at(words), status, **more)


def field(*support: Evidence[Any], against: tuple[Evidence[Any], ...] = ()) -> Field[Any]:
    """Return the field that the first reading's value makes, its tier computed as the reader computes it."""
    return Field(support[0].value, tier_of(support, against), support, against)


def port() -> Article:
    """Return an article with every kind of quotation, a conflict, a flattened tweet and a linked one."""
    w = Writer(Text(PORT))
    url = "https://harbourpost.example/world/2016/09/18/nobody-turned-away"
    footer = w.read(url, url, Layer.FOOTER, "plain.original-url")
    name, domain = Outlet("Harbour Post", "harbourpost.example", "harbour-post"), "harbourpost.example"
    from_url = Evidence(name, "url.domain", Layer.URL, domain, Place(component="host"))
    by_url = Evidence(Date(2016, 9, 17), "url.path-date", Layer.URL, "2016/09/17", Place(component="path"))
    beck = w.speaker("Anna Beck", role="transport minister")
    she = w.speaker("she", SpeakerStatus.PRONOUN, name="Anna Beck", resolved_from=("she", "Anna Beck"))
    guard = w.speaker("A spokesman for the coastguard", SpeakerStatus.DESCRIBED)
    return Article(
        text=w.text,
        span=(0, len(PORT)),
        fields=Fields(
            headline=field(w.read(HEADLINE, HEADLINE, Layer.MASTHEAD, "plain.headline")),
            outlet=field(w.read(name, "/Harbour Post/", Layer.DATELINE, "plain.dateline-agency"), from_url),
            published=field(
                w.read(
                    Date(2016, 9, 18, 18, 2), "September 18, 2016, 18:02", Layer.MASTHEAD, "plain.date-line"
                ),
                w.read(Date(2016, 9, 18), "September 18.", Layer.DATELINE, "plain.dateline-date"),
                against=(by_url,),
            ),
            dateline=field(
                w.read(
                    Dateline("SALTMOUTH", "2016-09-18"),
                    "SALTMOUTH, September 18.",
                    Layer.DATELINE,
                    "plain.dateline",
                )
            ),
            original_url=field(footer),
            language=field(w.read("en", "said on Sunday", Layer.DOM, "text.language")),
            agencies=field(w.read(("Island Agency",), "Island Agency", Layer.DOM, "plain.according-to")),
        ),
        body=(*(w.at(line) for line in PORT.split("\n")[4:11:2]), w.at("According to the Island Agency")),
        tweets=(
            TweetReference(
                TweetKind.FLATTENED,
                printed_date=Date(2016, 9, 16, 20, 15),
                text="Twelve boats in tonight. Crews are safe, kettles are on.",
                span=w.at("Twelve boats in tonight. Crews are safe, kettles are on."),
                rules=("plain.view-image", "plain.leading-colon"),
            ),
            TweetReference(
                TweetKind.LINK,
                id="776890123456789504",
                url="https://twitter.com/saltmouth_port/status/776890123456789504",
                handle="saltmouth_port",
                author="Saltmouth Port",
                posted_at="2016-09-16T20:15:31Z",
                rules=("html.status-link",),
            ),
        ),
        quotations=(
            w.quotation("Nobody was turned away at the harbour,", QuotationKind.HEADLINE),
            w.quotation(
                "nobody was turned away at the harbour on Friday night, and nobody will be.", speaker=beck
            ),
            w.quotation(
                "We counted twelve boats,", until="and every one of them was brought in.", speaker=she
            ),
            w.quotation(
                "twenty boats",
                QuotationKind.PARTIAL,
                speaker=w.speaker("The harbour master", SpeakerStatus.DESCRIBED),
            ),
            w.quotation("She told us that ‘the gates stay open’ and we kept them open.", speaker=guard),
            w.quotation("the gates stay open", nested_in=4, speaker=beck),
            w.quotation("night convoy", QuotationKind.SCARE),
            w.quotation("A Winter at Sea", QuotationKind.TITLE),
            w.quotation("the gates will not be closed", via="Saltmouth Courier", speaker=beck),
            w.quotation("the convoy was met by two tugs", via="Island Agency"),
        ),
        findings=(
            Finding(
                NOTED,
                Status.NOTE,
                Level.READING,
                "the day in the URL, 17 September 2016, was a Saturday, and the text says Sunday",
                Location(field="published", start=150, end=156),
                "Saturday",
                "Sunday",
            ),
        ),
    )


def courier() -> Article:
    """Return an article that other articles quote from."""
    w = Writer(Text(COURIER))
    beck = w.speaker("Beck told reporters", SpeakerStatus.NAMED, name="Anna Beck")
    return Article(
        text=w.text,
        span=(0, len(COURIER)),
        fields=Fields(
            headline=field(
                w.read(
                    "Beck: the gates stay open", "Beck: the gates stay open", Layer.MASTHEAD, "plain.headline"
                )
            ),
            outlet=field(
                Evidence(
                    Outlet("courier.example", "courier.example"),
                    "url.domain",
                    Layer.URL,
                    "courier.example",
                    Place(component="host"),
                )
            ),
            authors=field(
                w.read(("Tomas Weil",), "Tomas Weil / Island Agency", Layer.BYLINE, "plain.byline")
            ),
            reposted=field(
                w.read(Date(2016, 10, 29), "October 29th, 2016", Layer.MASTHEAD, "plain.posted-by")
            ),
            published=field(
                Evidence(Date(2016, 9), "url.path-date", Layer.URL, "2016/09", Place(component="path")),
            ),
            original_url=field(
                Evidence(
                    "https://courier.example/2016/09/gates",
                    "html.canonical",
                    Layer.META,
                    "https://courier.example/2016/09/gates",
                    Place(xpath="/html/head/link[2]", attribute="href"),
                )
            ),
        ),
        quotations=(
            w.quotation("We counted twelve boats and every one of them was brought in,", speaker=beck),
            w.quotation("The gates will be closed at midnight, not before."),
        ),
    )


def notes() -> Article:
    """Return an article of which nothing is known."""
    return Article(text=Text(NOTES), span=(0, len(NOTES)))


def _traces(here: Article, there: Article) -> dict[Spot, Trace]:
    """Return a trace for each quotation of the first article but one, found by hand in the second."""
    w = Writer(there.text)
    source = Source(
        "courier", COURIER, "courier.html", (0, len(COURIER)), 0, "<urn:uuid:0002>", "https://courier.example/2016/09/gates",
        "2016-09", "courier.example", "Beck: the gates stay open",
    )  # fmt: skip

    def passage(words: str) -> Passage:
        return Passage(source, *w.at(words))

    def trace(index: int, verdict: Verdict, found: Passage | None = None, **more: Any) -> tuple[Spot, Trace]:
        quotation = here.quotations[index]
        query = Query(quotation.exact, f"port#{index}", "port.txt", 0, *quotation.span, quotation)
        return Spot(0, 0, *quotation.span), Trace(query, verdict, found, **more)

    q3, q8 = here.quotations[3], here.quotations[8]
    return dict(
        (
            trace(
                0,
                Verdict.PARTIAL,
                passage("nobody was turned away at the harbour"),
                relation=Relation.PRIMARY,
            ),
            trace(
                1,
                Verdict.VERBATIM,
                passage("nobody was turned away at the harbour on Friday night, and nobody will be."),
                relation=Relation.PRIMARY,
                speaker_status="same",
                reason="74 of 74 characters stand there letter for letter.",
            ),
            trace(
                2,
                Verdict.INTERRUPTED,
                passage("We counted twelve boats and every one of them was brought in"),
                relation=Relation.SECONDARY,
                speaker_status="same",
            ),
            trace(
                3,
                Verdict.NUMBER,
                passage("twelve boats"),
                relation=Relation.SECONDARY,
                alterations=(Alteration(AlterationKind.NUMBER, (0, 6), w.at("twelve"), "twenty", "twelve"),),
                speaker_status="different",
                reason=f"“{q3.exact}” stands where the source counts twelve.",
            ),
            trace(
                4,
                Verdict.UNTRACED_OUT,
                missing=None,
                reason="No text at hand holds more than two of its words.",
            ),
            trace(
                5,
                Verdict.AMBIGUOUS,
                candidates=(passage("the gates stay open"), passage("The gates will be closed")),
                reason="Two passages fit equally well.",
            ),
            trace(
                8,
                Verdict.NEGATION,
                passage("The gates will be closed"),
                relation=Relation.SECONDARY,
                alterations=(
                    Alteration(
                        AlterationKind.NEGATION, (15, 18), (w.at("will be closed")[0],) * 2, "not", ""
                    ),
                    Alteration(
                        AlterationKind.TRUNCATION,
                        (len(q8.exact),) * 2,
                        w.at(" at midnight"),
                        "",
                        " at midnight",
                    ),
                ),
                speaker_status="same",
                reason="The source says that they will be closed.",
            ),
            trace(9, Verdict.UNTRACED_OUT, missing="Island Agency"),
        )
    )


def report(*findings: Finding, **coverage: Count) -> Report:
    """Return an unsigned, wholly checked report, changed as asked."""
    counts = {
        "bytes": Count(48_211, 48_211),
        "records": Count(12, 12),
        "index_lines": Count(9, 9),
        "members": Count(7, 7),
        "signatures": Count(),
        "timestamps": Count(),
        "quotations": Count(12, 12),
    }
    return Report("saltmouth.wacz", findings, {**counts, **coverage})


def failure() -> Finding:
    """Return a finding that fails a package."""
    return Finding(
        FAILED,
        Status.FAILED,
        Level.FIXITY,
        "the payload digest of the record is not the one its header states",
        Location("saltmouth.wacz", "archive/data.warc.gz", 1742, "<urn:uuid:0002>"),
        "sha256:" + "1f" * 32,
        "sha256:" + "e0" * 32,
        "WARC 1.1 §5.8",
    )


def view(verified: Report | None = None) -> PackageView:
    """Return the whole sample, sound and unsigned unless another report is given."""
    first, second = port(), courier()
    return PackageView(
        title="Saltmouth harbour, September 2016",
        package="saltmouth.wacz",
        report=verified or report(),
        manifest_digest="sha256:" + "ab12" * 16,
        created="2026-03-02T09:14:00Z",
        size_bytes=21_733,
        software="source-provenance 0.1.0",
        documents=(
            DocumentView(
                input="port.txt",
                articles=(first,),
                record="<urn:uuid:0001>",
                target_uri="urn:sha256:5d",
                media_type="text/plain",
                digest="sha256:" + "5d" * 32,
                captured_at="2026-03-02T09:13:58Z",
                address=first.fields.original_url,
            ),
            DocumentView(
                input="courier.html",
                articles=(second,),
                record="<urn:uuid:0002>",
                target_uri="https://courier.example/2016/09/gates",
                media_type="text/html",
                digest="sha256:" + "77" * 32,
                captured_at="2026-03-02T09:13:59Z",
            ),
            DocumentView("notes.txt", (notes(),), "<urn:uuid:0003>", media_type="text/plain"),
        ),
        traces=_traces(first, second),
    )  # fmt: skip
