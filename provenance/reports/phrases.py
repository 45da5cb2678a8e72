"""The words in which verdicts, tiers, dates and places are told; the page and the terminal say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.findings import CODES, VOUCHING, Count, Finding, Registry, Report, Status
from archive.findings import Verdict as Soundness
from provenance.model.dates import Date, Precision
from provenance.model.evidence import Field, Layer, Place, Tier
from provenance.model.outlet import Dateline, Outlet
from provenance.model.quotation import QuotationKind, Speaker, SpeakerStatus
from provenance.model.trace import AlterationKind, Relation, Severity, Verdict
from provenance.model.tweet import TweetKind
from provenance.reports.visible import plural as plural
from provenance.reports.visible import thousands

SOUNDNESS = {
    Soundness.SOUND: "Nothing failed, and everything that is present was checked.",
    Soundness.UNDECIDED: "Nothing failed, but not everything that is present could be checked.",
    Soundness.UNSOUND: "Something failed: this package is not what it says it is, or it is damaged.",
    Soundness.UNREADABLE: "The package could not be read, so nothing can be said of it.",
}

ASPECT_WORDS = {
    "bytes": ("byte", "bytes"),
    "records": ("record", "records"),
    "index_lines": ("index line", "index lines"),
    "members": ("package member", "package members"),
    "signatures": ("signature", "signatures"),
    "timestamps": ("timestamp", "timestamps"),
    "quotations": ("quotation", "quotations"),
    "traces": ("trace", "traces"),
}

TIERS = {
    Tier.A: "several kinds of source agree",
    Tier.B: "several kinds agree, a minority disagrees",
    Tier.C: "one kind of source says so",
    Tier.D: "one kind says so, another disagrees",
    Tier.E: "a weak guess",
    Tier.F: "a weak guess",
    Tier.G: "a weak guess",
}

SEVERITY = {
    Severity.FAITHFUL: ("✓", "faithful", "the words are the source’s own"),
    Severity.MARKED: ("≈", "marked", "changed, and the change is marked as one"),
    Severity.ALTERED: ("△", "altered", "the words differ from the source’s"),
    Severity.DISTORTED: ("✕", "distorted", "the difference changes what was said"),
    Severity.UNVERIFIED: ("?", "unverified", "not found, or not decided; this accuses nobody"),
}

VERDICTS = {
    Verdict.VERBATIM: ("verbatim", "Stands in the source letter for letter."),
    Verdict.NORMALISED: (
        "verbatim but for typography",
        "Only quotation marks, dashes, spaces or case differ.",
    ),
    Verdict.INTERRUPTED: (
        "verbatim, interrupted",
        "The parts around the attribution stand together in the source.",
    ),
    Verdict.PARTIAL: ("verbatim fragment", "A few words, which stand so in the source."),
    Verdict.MARKED: ("changed, marked", "What was left out or put in is marked by an ellipsis or brackets."),
    Verdict.OMISSION: ("words left out", "Words of the source are missing and nothing marks the gap."),
    Verdict.SUBSTITUTION: ("words replaced", "Words stand here that are not the source’s."),
    Verdict.PARAPHRASE: ("paraphrase", "Says about the same in other words, between quotation marks."),
    Verdict.TRANSLATION: ("translation", "The source is in another language: its own words are not these."),
    Verdict.ELLIPSIS_HIDES: ("ellipsis hides", "What the ellipsis leaves out changes what was said."),
    Verdict.SPLICE: ("spliced", "Joined from passages that do not stand together in the source."),
    Verdict.NEGATION: ("negation changed", "A word that says no was put in or taken out."),
    Verdict.NUMBER: ("number changed", "A number differs from the source’s."),
    Verdict.NAME: ("name changed", "A name differs from the source’s."),
    Verdict.TRUNCATED: ("cut short", "Ends before the words that change its meaning."),
    Verdict.MISATTRIBUTED: ("another speaker", "The source gives these words to somebody else."),
    Verdict.UNTRACED_IN: (
        "not in the cited source",
        "The source named is at hand; the words were not found in it.",
    ),
    Verdict.UNTRACED_OUT: ("not found", "Not found in the sources at hand."),
    Verdict.UNCHECKED: ("not checked", "Could not be looked for."),
    Verdict.AMBIGUOUS: ("undecided", "More than one passage could be meant."),
}

NOT_TRACED = ("not traced", "Nobody looked for the source of these words.")

RELATIONS = {
    Relation.SELF: "in this very article, which corroborates nothing",
    Relation.SECONDARY: "second-hand: it quotes, too",
    Relation.PRIMARY: "in the source’s own words",
}

ALTERATIONS = {
    AlterationKind.OMISSION: "left out",
    AlterationKind.INSERTION: "put in",
    AlterationKind.SUBSTITUTION: "replaced",
    AlterationKind.NEGATION: "negation changed",
    AlterationKind.NUMBER: "number changed",
    AlterationKind.NAME: "name changed",
    AlterationKind.BRACKET: "in brackets",
    AlterationKind.ELLIPSIS: "ellipsis",
    AlterationKind.TRUNCATION: "cut off",
    AlterationKind.SPLICE: "joined",
    AlterationKind.ORDER: "moved",
}

QUOTATION_KINDS = {
    QuotationKind.DIRECT: "direct quotation",
    QuotationKind.PARTIAL: "partial quotation",
    QuotationKind.BLOCK: "block quotation",
    QuotationKind.HEADLINE: "quotation in a headline",
    QuotationKind.TWEET: "quotation in a tweet",
    QuotationKind.SCARE: "scare quotes",
    QuotationKind.TITLE: "a title or name",
}

TWEET_KINDS = {
    TweetKind.EMBED: "embedded",
    TweetKind.LINK: "linked",
    TweetKind.SELF: "the document itself",
    TweetKind.SHARE: "share button",
    TweetKind.SCRIPT: "named in a script",
    TweetKind.FLATTENED: "flattened embed",
}

SPEAKER_STATUS = {
    SpeakerStatus.NAMED: "named",
    SpeakerStatus.DESCRIBED: "described, not named",
    SpeakerStatus.PRONOUN: "a pronoun",
    SpeakerStatus.NONE: "no speaker given",
}

SPEAKER_AGREEMENT = {
    "same": "same speaker there",
    "nested": "there the speaker is quoted within another’s words",
    "different": "another speaker there",
    "undetermined": "whether the speaker is the same was not determined",
}

STATUSES = {
    Status.FAILED: ("✕", "failed"),
    Status.WARNED: ("△", "warning"),
    Status.NOTE: ("i", "note"),
    Status.NOT_CHECKED: ("?", "not checked"),
}

FIELD_WORDS = {
    "original_url": "original URL",
    "reposted": "reposted (by an aggregator)",
    "dateline": "dateline",
    "agencies": "agencies that contributed",
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

_PRECISION = {
    Precision.YEAR: "only the year is known",
    Precision.MONTH: "known to the month",
    Precision.DAY: "known to the day",
    Precision.MINUTE: "known to the minute",
    Precision.SECOND: "known to the second",
}


def soundness(report: Report) -> str:
    """Return what the verdict means in a sentence: a sound one names what vouches for the package and was not checked."""
    counts = {aspect: report.coverage.get(aspect, Count()) for aspect in sorted(VOUCHING)}
    left = [
        plural(count.present - count.checked, *ASPECT_WORDS[aspect])
        for aspect, count in counts.items()
        if not count.whole
    ]
    if report.verdict is not Soundness.SOUND or not left:
        return SOUNDNESS[report.verdict]
    return f"Nothing failed, and everything that is present was checked but for {' and '.join(left)}."


def counted(count: Count, aspect: str) -> str:
    """Return a coverage count in words: `12 of 12 records`."""
    one, many = ASPECT_WORDS.get(aspect, (aspect, aspect))
    return f"{thousands(count.checked)} of {thousands(count.present)} {one if count.present == 1 else many}"


def sentence(words: str) -> str:
    """Return a reason as a sentence of its own: a capital in front, a full stop behind."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) or not words else '.'}"


def reasons(report: Report, codes: Registry = CODES) -> tuple[str, ...]:
    """Say why the report's verdict is what it is: what failed, what was not checked, what was."""
    if report.verdict is Soundness.UNREADABLE:
        stopped = report.stopped_by
        return (str(stopped), *((f"what to do: {stopped.hint}",) if stopped and stopped.hint else ()))
    told = []
    if failed := [finding for finding in report.findings if finding.status is Status.FAILED]:
        told.append(f"failed: {'; '.join(_kinds(failed, codes))}")
    if report.unchecked == ("anything",):
        told.append("nothing was checked")
    elif report.unchecked:
        told.append(
            "only partly checked: " + ", ".join(counted(report.coverage[a], a) for a in report.unchecked)
        )
    whole = [(a, c) for a, c in report.coverage.items() if c.whole and c.present]
    if whole:
        told.append("checked: " + ", ".join(counted(count, aspect) for aspect, count in whole))
    return (*told, *seals(report))


def seals(report: Report) -> tuple[str, ...]:
    """Say whether anybody put a name and a time to the package. A missing seal is always said."""
    signatures = report.coverage.get("signatures", Count())
    if any(finding.code == "signature.signer-unknown" for finding in report.findings):
        signed = "signed, by someone whom nobody named"
    else:
        signed = _seal(signatures, "unsigned", "signed")
    return signed, _time_seal(report)


def _time_seal(report: Report) -> str:
    """Say since when the package is proven to be there: the earliest time, and who vouches. Claims are no proof."""
    proven = [finding for finding in report.findings if finding.code == "time.stamped"]
    if proven:
        earliest = min(proven, key=lambda finding: str(finding.actual))
        return f"timestamped: {earliest.message}"
    claims = report.coverage.get("timestamps", Count()).present
    told = f", and {plural(claims, 'proof')} of time not relied on" if claims else ""
    return f"no trusted timestamp{told}"


def _seal(count: Count, without: str, having: str) -> str:
    if not count.present:
        return without
    return having if count.whole else f"{having}, but only {count.checked} of {count.present} checked"


def _kinds(findings: Iterable[Finding], codes: Registry) -> list[str]:
    """Return the kinds of the findings in the order found, each with its number where it is more than one."""
    numbers: dict[str, int] = {}
    for finding in findings:
        numbers[finding.code] = numbers.get(finding.code, 0) + 1
    return [
        title_of(code, codes) + (f" ({thousands(n)} times)" if n > 1 else "") for code, n in numbers.items()
    ]


def title_of(code: str, codes: Registry = CODES) -> str:
    """Return the title of a finding's code, or the code where it is not one of ours."""
    return codes[code].title if code in codes else code


def date_words(date: Date) -> str:
    """Return a date as it would be printed, with just what is known of it: `18 September 2016, 18:02`."""
    words = f"{date.year:04}"
    if date.month is not None:
        words = f"{_MONTHS[date.month - 1]} {words}"
    if date.day is not None:
        words = f"{date.day} {words}"
    if date.hour is not None:
        words += f", {date.hour:02}:{date.minute or 0:02}"
    if date.second is not None:
        words += f":{date.second:02}"
    return words + {None: "", "Z": " UTC"}.get(date.offset, f" UTC{date.offset}")


def precision_words(date: Date) -> str:
    """Say how much of a date is known, and whether the document gives a time zone for its time of day."""
    words = _PRECISION[date.precision]
    return words if date.hour is None or date.offset else f"{words}, time zone not stated"


def value_words(value: object) -> str:
    """Return any value of an article's field in words."""
    match value:
        case Date():
            return f"{date_words(value)} ({precision_words(value)})"
        case Outlet():
            return (
                f"{value.name} ({value.domain})"
                if value.domain and value.domain != value.name
                else value.name
            )
        case Dateline():
            return ", ".join(part for part in (value.place, value.date) if part)
        case tuple():
            return ", ".join(str(part) for part in value)
        case _:
            return str(value)


def tier_words(field: Field[Any]) -> str:
    """Say how well a field's value is supported; an archivist's statement is said to be one."""
    if field.tier is None:
        return "no tier"
    stated = any(evidence.layer is Layer.HUMAN for evidence in field.evidence)
    return "an archivist states it" if stated else TIERS[field.tier]


def field_words(name: str) -> str:
    """Return the name of a field as it is shown."""
    return FIELD_WORDS.get(name, name.replace("_", " "))


UNATTRIBUTED = {
    "nobody-named": "nobody is said to have spoken",
    "scare": "words held at arm’s length, spoken by nobody",
    "title": "the title of a work",
}
"""Why a quotation has no speaker."""
STOOD = {
    "blockquote": "set apart as a block",
    "pull-quote": "a pull quote",
    "caption": "in a caption",
    "unclosed": "its closing mark is missing",
    "paragraph-open": "over several paragraphs",
}
"""What was odd about a quotation, or where it stood; other notes are not told."""


def speaker_words(speaker: Speaker | None) -> str:
    """Say who is said to speak, and how that is known."""
    if speaker is None or speaker.status is SpeakerStatus.NONE:
        return "no speaker given"
    words = speaker.name or speaker.surface
    if speaker.role:
        words += f", {speaker.role}"
    if speaker.name and speaker.name != speaker.surface:
        return f"{words} (“{speaker.surface}” in the text)"
    return words if speaker.status is SpeakerStatus.NAMED else f"{words} ({SPEAKER_STATUS[speaker.status]})"


def place_words(place: Place) -> str:
    """Say where evidence was read."""
    parts = [
        f"header {place.header}" if place.header else "",
        f"the URL’s {place.component}" if place.component else "",
        f"JSON-LD script {place.script}" if place.script is not None else "",
        place.pointer or "",
        f"{place.xpath or ''}{'/@' + place.attribute if place.attribute else ''}",
        f"characters {place.start}–{place.end}" if place.start is not None else "",
    ]
    return ", ".join(part for part in parts if part) or "no place recorded"


def size_words(size_bytes: int) -> str:
    """Return a size in bytes, and in a unit that is easier to hold in mind."""
    exact = plural(size_bytes, "byte")
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size_bytes >= step:
            return f"{size_bytes / step:.1f} {unit} ({exact})"
    return exact
