"""The JSON that outside programs rely on: values to JSON lines, and back where a package is read again.

Every line carries `"v": 1`. Adding a key is free; changing or removing one is a breaking change.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from archive.errors import Error, Location
from archive.findings import Finding, Level, Report, Status
from provenance.model.article import Article, Fields
from provenance.model.dates import Date, RelativeDay
from provenance.model.evidence import Evidence, Field, Layer, Place, Tier
from provenance.model.outlet import Dateline, Outlet, Participant, Role
from provenance.model.quotation import Quotation, QuotationKind, Speaker, SpeakerStatus
from provenance.model.text import Text
from provenance.model.tweet import TweetKind, TweetReference
from provenance.reader.confidences import confidence

if TYPE_CHECKING:
    from provenance.model.trace import Link, Passage, Trace

V = 1
Json = dict[str, Any]
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that JSON lets stand and at which readers of lines (such as `str.splitlines`) break a line."""


def line(kind: str, body: Mapping[str, Any]) -> str:
    """Return one JSON line of a type, without its newline. The order of keys is the order of `body`."""
    written = json.dumps(
        {"type": kind, "v": V, **body}, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    if written.isascii() or not any(character in written for character in _LINE_ENDS):
        return written
    for character, escaped in _LINE_ENDS.items():
        written = written.replace(character, escaped)
    return written


def article_json(article: Article) -> Json:
    """Return an article without the text it stands in: what it says of itself, by field, then its parts."""
    date = article.published
    body: Json = {"part": article.part, "span": list(article.span)}
    body |= {name: field_json(field) for name, field in article.fields}
    body["published"] |= {
        "precision": str(date.precision) if date else None,
        "zone": date.zone if date else None,
    }
    return body | {
        "body": [list(span) for span in article.body],
        "tweets": [tweet_json(tweet) for tweet in article.tweets],
        "quotations": [quotation_json(quotation) for quotation in article.quotations],
        "findings": [finding_json(finding) for finding in article.findings],
        "participants": [
            attrs.asdict(each.outlet) | {"role": str(each.role)} for each in article.participants
        ],
        "weekdays": [
            {
                "start": day.start,
                "end": day.end,
                "weekday": day.weekday,
                "days": [each.isoformat() for each in day.days],
            }
            for day in article.weekdays
        ],
    }


def article_line(article: Article, *, input: str, record: str | None) -> Json:  # noqa: A002 (the contract's word)
    """Return the body of an `article` line: the article with its document's canonical text.

    Each field has its measured `confidence` too: how often a value of its kind and tier was right on annotated pages.
    """
    body = article_json(article)
    for name, field in article.fields:
        body[name]["confidence"] = confidence(name, field.tier)
    return {
        "input": input,
        "record": record,
        **body,
        "text": article.text.characters,
        "text_digest": article.text.digest,
    }


def field_json(field: Field[Any]) -> Json:
    """Return a field with its tier, evidence and conflicts."""
    return {
        "value": value_json(field.value),
        "tier": str(field.tier) if field.tier else None,
        "evidence": [evidence_json(evidence) for evidence in field.evidence],
        "conflicts": [evidence_json(evidence) for evidence in field.conflicts],
    }


def evidence_json(evidence: Evidence[Any]) -> Json:
    """Return one reading of a value."""
    return {
        "value": value_json(evidence.value),
        "rule": evidence.rule,
        "layer": str(evidence.layer),
        "raw": evidence.raw,
        "place": _place_json(evidence.place),
    }


def _place_json(place: Place) -> Json:
    return {name: value for name in _PLACES if (value := getattr(place, name)) is not None}


_PLACES = tuple(field.name for field in attrs.fields(Place))


def value_json(value: Any) -> Any:
    """Return a field's value: strings as they are, dates in their known precision, tuples as lists."""
    if isinstance(value, Date):
        return str(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Outlet | Dateline):
        return attrs.asdict(value)
    return value


def tweet_json(tweet: TweetReference) -> Json:
    """Return a reference to a post."""
    return {
        "id": tweet.id,
        "network": tweet.network,
        "url": tweet.url,
        "handle": tweet.handle,
        "author": tweet.author,
        "kind": str(tweet.kind),
        "posted_at": tweet.posted_at,
        "printed_date": str(tweet.printed_date) if tweet.printed_date else None,
        "text": tweet.text,
        "span": list(tweet.span) if tweet.span else None,
        "rules": list(tweet.rules),
        **({"media": list(tweet.media)} if tweet.media else {}),
        **({"short_links": list(tweet.short_links)} if tweet.short_links else {}),
    }


def quotation_json(quotation: Quotation) -> Json:
    """Return a quotation; offsets are code points of the canonical text."""
    return {
        "exact": quotation.exact,
        "start": quotation.start,
        "end": quotation.end,
        "prefix": quotation.prefix,
        "suffix": quotation.suffix,
        "segments": [list(span) for span in quotation.segments],
        "kind": str(quotation.kind),
        "nested_in": quotation.nested_in,
        "speaker": speaker_json(quotation.speaker),
        "via": quotation.via,
        "via_chain": list(quotation.carriers),
        "cue": list(quotation.cue) if quotation.cue else None,
        "unattributed": quotation.unattributed,
        "cited": quotation.cited,
        "notes": list(quotation.notes),
    }


def speaker_json(speaker: Speaker | None) -> Json | None:
    """Return who is said to speak, or None where the reader abstains."""
    if speaker is None:
        return None
    return {
        "surface": speaker.surface,
        "name": speaker.name,
        "role": speaker.role,
        "span": list(speaker.span),
        "status": str(speaker.status),
        "resolved_from": list(speaker.resolved_from),
    }


def finding_json(finding: Finding) -> Json:
    """Return a finding; `where` holds the parts of its place that are known."""
    return {
        "code": finding.code,
        "status": str(finding.status),
        "level": str(finding.level),
        "where": _known(finding.where),
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
        "clause": finding.clause,
        "cause": attrs.asdict(finding.cause) if finding.cause else None,
    }


def error_json(error: Error) -> Json:
    """Return an error: what stopped us, where, and what to do."""
    return {"code": error.code, "message": error.message, "where": _known(error.where), "hint": error.hint}


def report_json(report: Report) -> Json:
    """Return the summary of a verification."""
    body: Json = {
        "package": report.package,
        "verdict": str(report.verdict),
        "coverage": {k: {"checked": c.checked, "present": c.present} for k, c in report.coverage.items()},
        "unchecked": list(report.unchecked),
        "findings": dict.fromkeys(map(str, Status), 0),
    }
    for finding in report.findings:
        body["findings"][str(finding.status)] += 1
    return body | ({"error": error_json(report.stopped_by)} if report.stopped_by else {})


def passage_json(passage: Passage | None) -> Json | None:
    """Return the place found, with what is known of its source."""
    if passage is None:
        return None
    source = passage.source
    return {
        "id": source.id,
        "input": source.input,
        "record": source.record,
        "part": source.part,
        "original_url": source.original_url,
        "outlet": source.outlet,
        "published": source.published,
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
    }


def link_json(link: Link) -> Json:
    """Return one place on the way of words from source to source."""
    place = passage_json(link.passage)
    assert place is not None, "a link has a passage"
    return {
        **place,
        "relation": str(link.relation),
        "speaker": link.speaker,
        "via": link.via,
        "copies": list(link.copies),
    }


def trace_json(trace: Trace) -> Json:
    """Return the outcome for one quotation."""
    from provenance.tracer.rules import RULES

    query = trace.query
    return {
        "quotation": {
            "id": query.id,
            "input": query.input,
            "part": query.part,
            "start": query.start,
            "end": query.end,
            "exact": query.exact,
        },
        "verdict": str(trace.verdict),
        "severity": str(trace.verdict.severity),
        "relation": str(trace.relation) if trace.relation else None,
        "reason": trace.reason,
        "rules": RULES,
        "passage": passage_json(trace.passage),
        "alterations": [
            {
                "kind": str(alteration.kind),
                "quotation": list(alteration.quotation),
                "passage": list(alteration.passage),
                "quoted": alteration.quoted,
                "original": alteration.original,
            }
            for alteration in trace.alterations
        ],
        "speaker_status": str(trace.speaker_status),
        "chain": [link_json(link) for link in trace.chain],
        "who_first": link_json(trace.first) if trace.first else None,
        "circular": list(trace.circular),
        "missing": trace.missing,
        "evidence": dict(trace.evidence),
        "candidates": [passage_json(candidate) for candidate in trace.candidates],
    }


def article_from(body: Mapping[str, Any], text: Text) -> Article:
    """Return the article that `article_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    names = [field.name for field in attrs.fields(Fields)]
    fields = Fields(**{name: field_from(body[name], _VALUES.get(name, _same)) for name in names})
    return Article(
        text=text,
        span=_span(body["span"]),
        part=body["part"],
        body=tuple(_span(span) for span in body["body"]),
        tweets=tuple(tweet_from(tweet) for tweet in body["tweets"]),
        quotations=tuple(quotation_from(quotation) for quotation in body["quotations"]),
        findings=tuple(finding_from(finding) for finding in body["findings"]),
        fields=fields,
        participants=tuple(_participant_from(each) for each in body.get("participants", ())),
        weekdays=tuple(_weekday_from(each) for each in body.get("weekdays", ())),
    )


def _weekday_from(body: Mapping[str, Any]) -> RelativeDay:
    days = tuple(dt.date.fromisoformat(day) for day in body["days"])
    return RelativeDay(body["start"], body["end"], body["weekday"], days)


def _participant_from(body: Mapping[str, Any]) -> Participant:
    return Participant(Outlet(body["name"], body["domain"], body["id"]), Role(body["role"]))


def field_from(body: Mapping[str, Any], value_of: Callable[[Any], Any]) -> Field[Any]:
    """Return the field that `field_json` wrote; `value_of` reads its kind of value."""
    return Field(
        value=None if body["value"] is None else value_of(body["value"]),
        tier=Tier(body["tier"]) if body["tier"] else None,
        evidence=tuple(_evidence_from(evidence, value_of) for evidence in body["evidence"]),
        conflicts=tuple(_evidence_from(evidence, value_of) for evidence in body["conflicts"]),
    )


def tweet_from(body: Mapping[str, Any]) -> TweetReference:
    """Return the reference that `tweet_json` wrote."""
    return TweetReference(
        **{
            **body,
            "kind": TweetKind(body["kind"]),
            "printed_date": Date.parse(body["printed_date"]) if body["printed_date"] else None,
            "span": _span(body["span"]) if body["span"] else None,
            **{name: tuple(body.get(name, ())) for name in ("rules", "media", "short_links")},
        }
    )


def quotation_from(body: Mapping[str, Any]) -> Quotation:
    """Return the quotation that `quotation_json` wrote."""
    speaker = body["speaker"]
    return Quotation(
        **{
            **{name: value for name, value in body.items() if name != "via_chain"},
            "carriers": tuple(body.get("via_chain", ())),
            "segments": tuple(_span(span) for span in body["segments"]),
            "kind": QuotationKind(body["kind"]),
            "speaker": _speaker_from(speaker) if speaker else None,
            "cue": _span(body["cue"]) if body["cue"] else None,
            "notes": tuple(body["notes"]),
        }
    )


def finding_from(body: Mapping[str, Any]) -> Finding:
    """Return the finding that `finding_json` wrote."""
    return Finding(
        **{
            **body,
            "status": Status(body["status"]),
            "level": Level(body["level"]),
            "where": Location(**body["where"]),
        }
    )


def _speaker_from(body: Mapping[str, Any]) -> Speaker:
    return Speaker(
        **{
            **body,
            "span": _span(body["span"]),
            "status": SpeakerStatus(body["status"]),
            "resolved_from": tuple(body["resolved_from"]),
        }
    )


def _evidence_from(body: Mapping[str, Any], value_of: Callable[[Any], Any]) -> Evidence[Any]:
    return Evidence(
        value=value_of(body["value"]),
        rule=body["rule"],
        layer=Layer(body["layer"]),
        raw=body["raw"],
        place=Place(**body["place"]),
    )


def _known(value: Any) -> Json:
    return {k: v for k, v in attrs.asdict(value).items() if v is not None}


def _span(pair: Iterable[int]) -> tuple[int, int]:
    start, end = pair
    return (start, end)


def _same(value: Any) -> Any:
    return value


_VALUES: dict[str, Callable[[Any], Any]] = {
    "outlet": lambda value: Outlet(**value),
    "dateline": lambda value: Dateline(**value),
    "published": Date.parse,
    "modified": Date.parse,
    "reposted": Date.parse,
    "authors": tuple,
    "agencies": tuple,
}
"""How the values of fields that are no plain strings are read back."""
