"""Plain words: what the terminal says of articles, traces, verifications and builds."""

from __future__ import annotations

import attrs
import pytest

from archive.errors import Location, NotAnArchive
from archive.findings import Count, Finding, Level, Report, Status
from provenance.model.article import Article, Fields
from provenance.model.dates import Date
from provenance.model.evidence import Field, Tier
from provenance.model.quotation import QuotationKind, SpeakerStatus
from provenance.model.text import Text
from provenance.model.trace import AlterationKind, Query, Relation, Severity, Trace, Verdict
from provenance.model.tweet import TweetKind
from provenance.reports import phrases
from provenance.reports.visible import clip, language_tag, visible, web_link
from provenance.reports.words import article_words, build_words, finding_words, report_words, trace_words
from tests.provenance.reports import sample


class TestReport:
    """The words of a verification."""

    def test_sound_and_unsigned(self):
        """A sound package without a signature is called sound and unsigned, and nothing more is promised."""
        lines = report_words(sample.report()).splitlines()
        assert lines[0] == "sound  saltmouth.wacz"
        assert "  - unsigned" in lines
        assert "  - no trusted timestamp" in lines
        assert (
            lines[-1]
            == "  - That what an outlet wrote is true, or that a quotation that was not found is false."
        )

    def test_failure(self):
        """A failure is told with its place, both values, and what to do; kinds are counted, never dropped."""
        words = report_words(sample.report(*[sample.failure()] * 7), codes=sample.codes())
        assert words.startswith("unsound  saltmouth.wacz\n")
        assert "✕ failed  sample.digest-differs (7 times)" in words
        assert words.count("byte 1742") == 5
        assert "  - and 2 more\n" in words
        assert "what to do: Take another copy" in words

    def test_no_failure_no_finding(self):
        """Without findings no status is told."""
        words = report_words(sample.report())
        assert "✕ failed" not in words
        assert "- failed" not in words
        assert "what to do" not in words

    def test_five_of_a_kind(self):
        """Five findings of a kind are all told, without a remainder."""
        words = report_words(sample.report(*[sample.failure()] * 5), codes=sample.codes())
        assert words.count("byte 1742") == 5
        assert " more" not in words

    def test_partly_checked(self):
        """What was left unchecked is told twice: as the reason and in its line."""
        words = report_words(sample.report(records=Count(3, 12)))
        assert words.startswith("undecided")
        assert "  - only partly checked: 3 of 12 records" in words
        assert "  records               3 of     12  NOT ALL CHECKED" in words

    def test_vouching_left_open(self):
        """A sound package whose signature or times were not all checked is not said to be checked whole."""
        coverage = {"records": Count(3, 3), "signatures": Count(0, 1), "timestamps": Count(1, 3)}
        report = Report("a.wacz", (), coverage)

        words = phrases.soundness(report)

        assert words == (
            "Nothing failed, and everything that is present was checked but for 1 signature and 2 timestamps."
        )
        assert words in " ".join(report_words(report).split())
        assert "checked but" not in phrases.soundness(Report("a.wacz", (), {"signatures": Count(1, 1)}))

    def test_unreadable_says_what_to_do(self):
        """Of a file that cannot be read it is said what to give instead, and there is no empty table."""
        stopped = NotAnArchive("neither WACZ nor WARC nor ARC", hint="give a .wacz file")
        words = report_words(Report("a.txt", stopped_by=stopped))

        assert "what to do: give a .wacz file" in words
        assert "\n\n\n" not in words

    def test_unreadable(self):
        """A package that could not be read says what stopped the reading."""
        words = report_words(Report("x.wacz", stopped_by=NotAnArchive("the bytes are no ZIP")))
        assert words.startswith("unreadable  x.wacz\n")
        assert "  - the bytes are no ZIP" in words

    def test_painted(self):
        """A painter is given the words and their style; without one nothing is added."""
        words = report_words(sample.report(sample.failure()), paint=lambda words, style: f"<{style}:{words}>")
        assert words.startswith("<unsound:unsound>")
        assert "<failed:✕ failed>" in words


class TestArticle:
    """The words of an article."""

    def test_fields(self):
        """Fields come with tier and layers, conflicts are told, what is not stated is listed."""
        words = article_words(sample.port())
        assert words.startswith("“Nobody was turned away at the harbour,” minister says\n")
        assert "  outlet        Harbour Post (harbourpost.example)  [A: dateline, url]\n" in words
        assert "against it: 17 September 2016 (known to the day) (url: “2016/09/17”)" in words
        assert "  not stated    authors, modified, reposted (by an aggregator), section\n" in words

    def test_nothing_known(self):
        """An article of which nothing is known gets no headline made up."""
        words = article_words(sample.notes())
        assert words.startswith("(no headline stated)\n")
        assert "quotation" not in words

    def test_tweets_and_quotations(self):
        """Tweets and quotations are numbered and say how they are known."""
        words = article_words(sample.port())
        assert "flattened embed, no id, dated 16 September 2016, 20:15, by plain.view-image" in words
        assert "     9  “the gates will not be closed”\n" in words
        assert "direct quotation, Anna Beck, transport minister, via Saltmouth Courier" in words

    def test_width(self):
        """No line is wider than asked for, long words excepted."""
        for width in (60, 92):
            words = article_words(sample.port(), width=width)
            assert [line for line in words.splitlines() if len(line) > width and "https://" not in line] == []


class TestTrace:
    """The words of a trace."""

    def traces(self) -> list[Trace]:
        """Return the sample's traces in the order of their quotations."""
        return list(sample.view().traces.values())

    def test_distorted(self):
        """A distortion says what the source has and what stands here."""
        words = trace_words(self.traces()[3])
        assert words.startswith("✕ number changed (distorted, NUMBER)\n")
        assert "number changed: the source has “twelve”, here stands “twenty”" in words
        assert "another speaker there" in words

    def test_untraced(self):
        """What was not found says what is missing."""
        assert "  missing: Island Agency\n" in trace_words(self.traces()[7])
        assert "  missing: any text that holds these words\n" in trace_words(self.traces()[4])

    def test_ambiguous(self):
        """More than one candidate: all are told, and nothing is said to be missing."""
        words = trace_words(self.traces()[5])
        assert words.count("could be meant:") == 2
        assert "missing" not in words

    def test_typed_in(self):
        """Words that were typed in have no speaker to tell."""
        words = trace_words(Trace(Query("Yes.", "q1"), Verdict.UNCHECKED))
        assert words == "? not checked (unverified, UNCHECKED)\n  “Yes.”\n  Could not be looked for.\n"


def test_build():
    """A build says what it made, how much is in it, and the manifest's digest."""
    words = build_words(
        "a.wacz", manifest_digest="sha256:12", records=1, articles=2, quotations=3, tweets=1, size_bytes=999
    )
    assert words == (
        "built  a.wacz, 999 bytes\n  2 articles, 3 quotations, 1 tweet reference, 1 record\n"
        "  manifest sha256:12"
    )


def test_one_finding():
    """A finding about an input is told on its own: how grave, its code, what was found, and where."""
    finding = Finding(
        "seed.differs", Status.WARNED, Level.READING, "the list says otherwise", Location(package="a.txt")
    )
    assert finding_words(finding) == "△ seed.differs: the list says otherwise (a.txt)"


def test_terminal_escapes_are_named():
    """No control character of a document, a name or a message reaches the terminal."""
    bad = "\x1b]0;owned\x07\u202e\r\n"
    article = Article(
        Text(bad),
        (0, len(bad)),
        fields=Fields(headline=Field(bad, Tier.C), section=Field(bad)),
    )
    finding = Finding(bad, Status.FAILED, Level.FIXITY, bad, expected=bad)
    words = article_words(article) + report_words(Report(bad, (finding,)))
    words += trace_words(Trace(Query(bad, bad), Verdict.UNTRACED_OUT, missing=bad, reason=bad))
    words += build_words(
        bad, manifest_digest=bad, records=0, articles=0, quotations=0, tweets=0, size_bytes=0
    )
    assert not set(words) & set("\x1b\x07\u202e\r")
    assert "⟨U+001B⟩]0;owned⟨U+0007⟩⟨U+202E⟩" in words


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (phrases.VERDICTS, Verdict),
        (phrases.SEVERITY, Severity),
        (phrases.RELATIONS, Relation),
        (phrases.ALTERATIONS, AlterationKind),
        (phrases.QUOTATION_KINDS, QuotationKind),
        (phrases.TWEET_KINDS, TweetKind),
        (phrases.TIERS, Tier),
        (phrases.SPEAKER_STATUS, SpeakerStatus),
        (phrases.STATUSES, Status),
    ],
)
def test_there_are_words_for_everything(table, kinds):
    """Every value of the enumerations that are shown has its words."""
    assert set(table) == set(kinds)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2016", "2016 (only the year is known)"),
        ("2016-09", "September 2016 (known to the month)"),
        ("2016-09-08", "8 September 2016 (known to the day)"),
        ("2016-09-18T18:02", "18 September 2016, 18:02 (known to the minute, time zone not stated)"),
        ("2016-09-18T00:00:07Z", "18 September 2016, 00:00:07 UTC (known to the second)"),
        ("2016-09-18T18:02+03:00", "18 September 2016, 18:02 UTC+03:00 (known to the minute)"),
    ],
)
def test_dates_are_told_with_what_is_known(date, words):
    """A date is told with just its precision, and a missing zone is said to be missing."""
    assert phrases.value_words(Date.parse(date)) == words


def test_speakers_are_told_with_how_they_are_known():
    """A resolved pronoun shows both, a description is called one, and nobody is made up."""
    she, guard = (sample.port().quotations[i].speaker for i in (2, 4))
    assert phrases.speaker_words(she) == "Anna Beck (“she” in the text)"
    assert phrases.speaker_words(guard) == "A spokesman for the coastguard (described, not named)"
    assert phrases.speaker_words(None) == "no speaker given"
    assert phrases.speaker_words(attrs.evolve(guard, status=SpeakerStatus.NONE)) == "no speaker given"


def test_reasons_are_sentences():
    """A reason that is told behind a sentence is one itself; what ends as a sentence is left so."""
    assert phrases.sentence("no source holds these words") == "No source holds these words."
    assert phrases.sentence("Is it so?") == "Is it so?"
    assert phrases.sentence("") == ""


def test_clip_says_what_it_leaves_out():
    """Clipped text says how many characters are missing; text that fits is left alone."""
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdef", 4) == "abcd … [2 more characters not shown]"


def test_visible_leaves_writing_alone():
    """Letters of all scripts, joiners, accents, emoji and line ends are not touched."""
    for text in ("é e\u0301 नमस्ते می\u200cخواهم שלום 👩\u200d🚒", "a\tb\r\nc\u00a0d\u00ad"):
        assert visible(text) == text


def test_language_tags_and_links():
    """Only the shape of a language tag and plain web addresses pass."""
    assert [language_tag(v) for v in ("en", "zh-Hant-TW", 'en" x', "", None)] == [
        "en",
        "zh-Hant-TW",
        None,
        None,
        None,
    ]
    assert web_link("https://a.example/ü?q=1#f") == "https://a.example/ü?q=1#f"
    assert web_link("https:///path") is None
    assert web_link(None) is None
