"""A custody log in words: its events, and what a check of it found."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.custody.checks import Checked
from archive.custody.events import Line
from archive.custody.heads import Held
from archive.custody.note import Standing
from archive.findings import CODES, Finding, Report, Status, Verdict
from provenance.reports.phrases import STATUSES, plural
from provenance.reports.visible import one_line

WIDTH = 92
_OF_A_KIND = 5
"""Findings of one kind that are told one by one."""
_SOUNDNESS = {
    Verdict.SOUND: "Whatever was looked at agrees.",
    Verdict.UNDECIDED: "Nothing failed, but not everything that was asked for could be checked.",
    Verdict.UNSOUND: "Something failed: this is not the log as it was written, or not what was asked for.",
    Verdict.UNREADABLE: "The log could not be read, so nothing can be said of it.",
}
_ALONE = (
    "Every line follows the one before it. Whether lines are missing at the end, or all of it was written anew,"
    " was not checked."
)
NOT_PROVEN = (
    "That what a line says happened: it is what its actor, or whoever could write to the log, said at that time.",
    "That the times are right: they are those of clocks, and a checkpoint shows the order alone.",
    "That nothing happened which the log does not tell.",
)


def event_words(line: Line) -> str:
    """Return an event: when, what, with what, by whom, why; of a verification also what came of it."""
    body = line.body
    head = f"{line.seq:>6}  {line.time}  {one_line(line.event)}"
    rows = [
        _subject_words(line.subject),
        f"by {one_line(line.actor)}" if line.actor else "nobody is named as its actor",
    ]
    if body["reason"]:
        rows.append(one_line(str(body["reason"])))
    rows += [f"from {_subject_words(source)}" for source in body.get("from", [])]
    if isinstance(body.get("checked"), dict):
        rows += _checked_words(body["checked"])
    told = [part for row in rows if row for part in _wrapped(row, " " * 8)]
    return "\n".join([head, *told])


def check_words(report: Report, held: Sequence[Held], checked: Checked | None) -> str:
    """Return what a check found: verdict, how much was checked, checkpoints, findings, and what is not proven."""
    lines = [f"{report.verdict}  {one_line(report.package)}", *_wrapped(_verdict_words(report), "  ")]
    if report.stopped_by is not None:
        lines += _wrapped(one_line(report.stopped_by.message), "  ")
    lines += [f"  {words}" for words in _counts(report, checked)]
    for each in held:
        lines += _held_words(each)
    if checked is not None:
        lines += [part for name, known in checked.known for part in _known_words(name, known)]
    lines += _finding_lines(report)
    lines += ["", "not proven", *(part for told in NOT_PROVEN for part in _wrapped(told, "  - ", "    "))]
    return "\n".join(lines) + "\n"


def _finding_lines(report: Report) -> Iterator[str]:
    """Yield the findings, the gravest first; of many of a kind the first few, and how many more."""
    kinds: dict[tuple[Status, str], list[Finding]] = {}
    for finding in report.findings:
        kinds.setdefault((finding.status, finding.code), []).append(finding)
    order = list(Status)
    for (kind, code), alike in sorted(kinds.items(), key=lambda each: order.index(each[0][0])):
        glyph, status = STATUSES[kind]
        times = f" ({len(alike)} times)" if len(alike) > 1 else ""
        yield from ("", f"{glyph} {status}  {code}: {CODES[code].title}{times}")
        for finding in alike[:_OF_A_KIND]:
            place = ", ".join(filter(None, (finding.where.member, finding.where.record)))
            yield from _wrapped(one_line(finding.message + (f" ({place})" if place else "")), "  ")
        if (more := len(alike) - _OF_A_KIND) > 0:
            yield f"  and {more} more"
        yield from _wrapped(f"what to do: {CODES[code].remedy}", "  ")


def _verdict_words(report: Report) -> str:
    alone = any(
        finding.code == "custody.tail-unchecked" and finding.status is Status.NOT_CHECKED
        for finding in report.findings
    )
    return _ALONE if alone and report.verdict is Verdict.SOUND else _SOUNDNESS[report.verdict]


def _counts(report: Report, checked: Checked | None) -> Iterator[str]:
    for aspect, one in (("events", "event"), ("checkpoints", "checkpoint"), ("subjects", "package")):
        count = report.coverage.get(aspect)
        if count is not None and count.present:
            yield f"{plural(count.present, one)}, {'all' if count.whole else count.checked} checked"
    if checked is not None and checked.root:
        yield f"root {checked.root.hex()}"


def _held_words(held: Held) -> Iterator[str]:
    head = held.checkpoint
    if head is None:
        return
    yield f"  {one_line(held.name)}: {one_line(head.origin)}, {plural(head.size, 'line')}"
    for each in held.signatures:
        name = one_line(each.signature.name)
        if each.standing is Standing.VERIFIED:
            yield f"    signed by {name}" + (
                f", who saw it at {each.at:%Y-%m-%dT%H:%M:%SZ}" if each.at else ""
            )
        elif each.standing is Standing.UNKNOWN:
            yield f"    says to be signed by {name}, whose key was not named"


def _known_words(name: str, known: Sequence[Line]) -> Iterator[str]:
    if known:
        first, last = known[0], known[-1]
        since = f"{first.event} at {first.time} (line {first.seq})"
        until = "" if last is first else f", last {last.event} at {last.time} (line {last.seq})"
        yield from _wrapped(f"{one_line(name)}: known byte for byte, {since}{until}", "  ")


def _subject_words(subject: Mapping[str, Any] | None) -> str:
    if not subject:
        return ""
    return f"{one_line(str(subject['name']))}  {subject['digest'] or 'which could not be read'}"


def _checked_words(checked: Mapping[str, Any]) -> Iterator[str]:
    yield f"verdict: {one_line(str(checked.get('verdict')))}"
    coverage, findings = checked.get("coverage"), checked.get("findings")
    if isinstance(coverage, dict):
        told = [
            f"{count.get('checked')} of {count.get('present')} {one_line(aspect.replace('_', ' '))}"
            for aspect, count in coverage.items()
            if isinstance(count, dict) and count.get("present")
        ]
        yield f"checked: {', '.join(told) or 'nothing'}"
    for status, codes in findings.items() if isinstance(findings, dict) else ():
        if isinstance(codes, dict):
            told = [
                one_line(code) + (f" ({times} times)" if times != 1 else "") for code, times in codes.items()
            ]
            yield f"{one_line(status)}: {', '.join(told)}"


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest or first,
        break_long_words=False,
        break_on_hyphens=False,
    )
