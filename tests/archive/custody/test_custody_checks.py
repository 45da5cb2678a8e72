"""The checks of a log: each thing done to it is found under its own name, and a log that nothing was done to is clean."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import logs
import pytest

from archive.custody.canonical import canonical
from archive.custody.checks import check_log
from archive.custody.events import START, EventKind, Subject, digest_of_line
from archive.custody.log import Log
from archive.custody.subjects import Search, name_of, subject_of
from archive.errors import Unreadable
from archive.findings import Status, Verdict


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a log of eight events."""
    return logs.made(tmp_path, 8)


def rewritten(parts: list[bytes], at: int, **changes: Any) -> list[bytes]:
    """Return the lines with other values in one of them, in the right form."""
    body = {**json.loads(parts[at]), **changes}
    return [*parts[:at], canonical(body) + b"\n", *parts[at + 1 :]]


def chained(parts: list[bytes], *, numbered: bool = True) -> list[bytes]:
    """Return the lines chained anew, as somebody would who can write to the log."""
    made, prev = list[bytes](), START
    for number, part in enumerate(parts):
        body = {**json.loads(part), "prev": prev}
        raw = canonical({**body, "seq": number} if numbered else body)
        made.append(raw + b"\n")
        prev = digest_of_line(raw)
    return made


def order(*numbers: int) -> Any:
    """Return what puts lines into another order, leaves some out, or takes some twice."""
    return lambda parts: [parts[number] for number in numbers]


DAMAGE: dict[str, tuple[Any, dict[str, int]]] = {
    "nothing": (lambda parts: parts, {}),
    "an actor changed": (lambda parts: rewritten(parts, 3, actor="Bo"), {"custody.line-edited": 1}),
    "the first line changed": (lambda parts: rewritten(parts, 0, actor="Bo"), {"custody.line-edited": 1}),
    "a number raised": (lambda parts: rewritten(parts, 3, seq=5), {"custody.line-edited": 1}),
    "a number lowered": (lambda parts: rewritten(parts, 3, seq=1), {"custody.line-edited": 1}),
    "a chain digest changed": (
        lambda parts: rewritten(parts, 3, prev=logs.DIGEST),
        {"custody.line-edited": 1},
    ),
    "two lines changed": (
        lambda parts: rewritten(rewritten(parts, 2, actor="Bo"), 5, actor="Bo"),
        {"custody.line-edited": 2},
    ),
    "a line removed": (order(0, 1, 2, 4, 5, 6, 7), {"custody.line-removed": 1}),
    "three lines removed": (order(0, 1, 5, 6, 7), {"custody.line-removed": 1}),
    "the first line removed": (order(1, 2, 3, 4, 5, 6, 7), {"custody.line-removed": 1}),
    "two places removed": (order(0, 2, 3, 5, 6, 7), {"custody.line-removed": 2}),
    "two lines swapped": (order(0, 1, 2, 4, 3, 5, 6, 7), {"custody.line-moved": 3}),
    "the first two swapped": (order(1, 0, 2, 3, 4, 5, 6, 7), {"custody.line-moved": 3}),
    "the last two swapped": (order(0, 1, 2, 3, 4, 5, 7, 6), {"custody.line-moved": 1}),
    "a line moved forward": (order(0, 1, 5, 2, 3, 4, 6, 7), {"custody.line-moved": 3}),
    "the last line moved forward": (order(0, 1, 2, 7, 3, 4, 5, 6), {"custody.line-moved": 1}),
    "backwards": (order(7, 6, 5, 4, 3, 2, 1, 0), {"custody.line-moved": 8}),
    "a line twice in a row": (order(0, 1, 2, 2, 3, 4, 5, 6, 7), {"custody.sequence-repeated": 1}),
    "a line again later": (order(0, 1, 2, 3, 4, 5, 1, 6, 7), {"custody.line-inserted": 1}),
    "two lines again later": (order(0, 1, 2, 3, 4, 5, 1, 2, 6, 7), {"custody.line-inserted": 1}),
    "a foreign line": (
        lambda parts: [*parts[:4], *rewritten([parts[2]], 0, seq=99, prev=logs.DIGEST), *parts[4:]],
        {"custody.line-inserted": 1},
    ),
    "a foreign line behind the first": (
        lambda parts: [*parts[:1], *rewritten([parts[2]], 0, seq=99, prev=logs.DIGEST), *parts[1:]],
        {"custody.line-inserted": 1},
    ),
    "a foreign line in front of all": (
        lambda parts: [*rewritten([parts[2]], 0, seq=99, prev=logs.DIGEST), *parts],
        {"custody.line-inserted": 1},
    ),
    "a line put in under the number of another": (
        lambda parts: [*parts[:4], *rewritten([parts[4]], 0, actor="Bo"), *parts[4:]],
        {"custody.sequence-repeated": 1},
    ),
    "a foreign line at the end": (
        lambda parts: [*parts, *rewritten([parts[2]], 0, prev=logs.DIGEST)],
        {"custody.line-inserted": 1},
    ),
    "a writer who counts wrong": (
        lambda parts: chained(rewritten(parts, 4, seq=40), numbered=False),
        {"custody.sequence-wrong": 2},
    ),
    "a writer who repeats": (
        lambda parts: chained(order(0, 1, 2, 2, 3)(parts), numbered=False),
        {"custody.sequence-repeated": 1},
    ),
    "a line that is none": (
        lambda parts: [*parts[:3], b"nonsense\n", *parts[4:]],
        {"custody.line-unreadable": 1},
    ),
    "an empty line": (lambda parts: [*parts[:3], b"\n", *parts[3:]], {"custody.line-unreadable": 1}),
    "a line too long": (
        lambda parts: [*parts[:3], b"x" * 200_000 + b"\n", *parts[4:]],
        {"custody.line-unreadable": 1},
    ),
    "a line end taken away": (
        lambda parts: [*parts[:3], parts[3][:-1], *parts[4:]],
        {"custody.line-unreadable": 1, "custody.line-removed": 1},
    ),
    "the last line end taken away": (lambda parts: [*parts[:-1], parts[-1][:-1]], {"custody.line-torn": 1}),
    "a torn line": (lambda parts: [*parts, b'{"actor":'], {"custody.line-torn": 1}),
    "an unknown event": (
        lambda parts: chained(rewritten(parts, 4, event="polished")),
        {"custody.event-unknown": 1},
    ),
    "a time set back": (
        lambda parts: chained(rewritten(parts, 4, time="2025-12-31T00:00:00Z")),
        {"custody.time-backwards": 1},
    ),
    "a line of a later form": (
        lambda parts: chained_around(parts, 4, b'{"v":2,"what":"ever"}\n'),
        {"custody.form-unknown": 1},
    ),
    "a line of a later form, exchanged": (
        lambda parts: [*parts[:4], b'{"v":2,"what":"ever"}\n', *parts[5:]],
        {"custody.form-unknown": 1, "custody.line-edited": 1},
    ),
    "cut at a line": (order(0, 1, 2, 3), {}),
    "written anew": (lambda parts: chained(order(0, 2, 5)(parts)), {}),
}


def chained_around(parts: list[bytes], at: int, foreign: bytes) -> list[bytes]:
    """Return lines chained over one of another form."""
    made = chained(parts[:at])
    prev = digest_of_line(foreign[:-1])
    made.append(foreign)
    for number, part in enumerate(parts[at + 1 :], at + 1):
        raw = canonical({**json.loads(part), "prev": prev, "seq": number})
        made.append(raw + b"\n")
        prev = digest_of_line(raw)
    return made


@pytest.mark.parametrize("name", DAMAGE)
def test_what_was_done_is_named(log: Path, name: str) -> None:
    """Each damage has its own code and no other; what needs a checkpoint to be seen is not seen without one."""
    damage, expected = DAMAGE[name]
    logs.put(log, damage(logs.lines(log)))

    assert expected == logs.check(log)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("nothing", Verdict.SOUND),
        ("a torn line", Verdict.SOUND),
        ("a time set back", Verdict.SOUND),
        ("an unknown event", Verdict.SOUND),
        ("a line of a later form", Verdict.UNDECIDED),
        ("an actor changed", Verdict.UNSOUND),
        ("a line that is none", Verdict.UNSOUND),
    ],
)
def test_verdicts(log: Path, name: str, verdict: Verdict) -> None:
    """What was written otherwise fails; what may be innocent warns; what cannot be read here leaves it open."""
    logs.put(log, DAMAGE[name][0](logs.lines(log)))

    assert verdict is check_log(log).report.verdict


def test_the_plain_check_says_what_it_cannot_see(log: Path) -> None:
    """Without a checkpoint the check says that a cut end, and a log written anew, cannot be seen."""
    (finding,) = check_log(log).report.findings

    assert (finding.code, finding.status) == ("custody.tail-unchecked", Status.NOT_CHECKED)
    assert finding.where.record == "line 0"


def test_the_place_is_told(log: Path) -> None:
    """An edited line is named by its number and its byte."""
    parts = logs.lines(log)
    logs.put(log, rewritten(parts, 3, actor="Bo"))
    finding = check_log(log).report.findings[0]

    assert (finding.where.record, finding.where.offset_bytes) == ("line 3", len(b"".join(parts[:3])))


PLACES: dict[str, list[tuple[str, int, int | None, object, object]]] = {
    "a line removed": [("custody.line-removed", 3, 3, 3, 4)],
    "three lines removed": [("custody.line-removed", 2, 2, 2, 5)],
    "the last line moved forward": [("custody.line-moved", 3, 3, "line 8", "line 3")],
    "a line twice in a row": [("custody.sequence-repeated", 3, 3, 3, 2)],
    "a line again later": [("custody.line-inserted", 6, 6, None, None)],
    "two lines again later": [("custody.line-inserted", 6, None, None, None)],
    "a foreign line at the end": [("custody.line-inserted", 8, 8, 8, 2)],
    "a writer who counts wrong": [
        ("custody.sequence-wrong", 4, 4, 4, 40),
        ("custody.sequence-wrong", 5, 5, 41, 5),
    ],
    "a writer who repeats": [("custody.sequence-repeated", 3, 3, 3, 2)],
    "a time set back": [
        ("custody.time-backwards", 4, 4, logs.TIME.format(5 + 3), "2025-12-31T00:00:00Z"),
    ],
    "an unknown event": [("custody.event-unknown", 4, 4, None, "polished")],
    "a line that is none": [("custody.line-unreadable", 3, 3, None, None)],
    "a line of a later form": [("custody.form-unknown", 4, 4, None, None)],
    "a torn line": [("custody.line-torn", 8, 8, None, None)],
}
"""Damage -> code, the number of the line, the line at whose first byte it is told, what is expected and what is there."""


@pytest.mark.parametrize("name", PLACES)
def test_where_it_was_done_is_told(log: Path, name: str) -> None:
    """Each finding names the line by its number in the file and its first byte, and says which number or time is wrong."""
    parts = DAMAGE[name][0](logs.lines(log))
    logs.put(log, parts)
    starts = [len(b"".join(parts[:number])) for number in range(len(parts))]
    expected = [
        (code, f"line {line}", None if at is None else starts[at], wanted, actual)
        for code, line, at, wanted, actual in PLACES[name]
    ]

    assert expected == [
        (each.code, each.where.record, each.where.offset_bytes, each.expected, each.actual)
        for each in check_log(log).report.findings
        if each.code != "custody.tail-unchecked"
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a line removed", "line 3 is not here"),
        ("three lines removed", "lines 2 to 4 are not here"),
        ("the first line removed", "line 0 is not here"),
        ("a line twice in a row", "two lines have the number 2, and both follow the same line"),
        ("a line again later", "1 line between two that follow each other"),
        ("two lines again later", "2 lines between two that follow each other"),
        ("a foreign line at the end", "line 2 follows no line of this log"),
        ("a writer who repeats", "two lines have the number 2"),
        ("an actor changed", "line 3 is not what it was when the line behind it was written"),
        ("the last line moved forward", "line 7 does not stand behind the line that it follows"),
    ],
)
def test_which_lines_is_told(log: Path, name: str, message: str) -> None:
    """What is said of a damage names the very lines that it was done to."""
    logs.put(log, DAMAGE[name][0](logs.lines(log)))

    assert message == check_log(log).report.findings[0].message


def test_many_places_are_counted(tmp_path: Path) -> None:
    """A log without any order is told in a bounded number of findings."""
    log = logs.made(tmp_path, 2)
    first, second = logs.lines(log)
    logs.put(log, [first, second] * 1500 + [b"\n"] * 1500)

    assert len(check_log(log).report.findings) < 2100
    assert check_log(log).report.verdict is Verdict.UNSOUND


def test_further_places_are_counted(tmp_path: Path) -> None:
    """Of 1499 lines that follow none before them a thousand are told one by one, and how many more there are."""
    first, second = logs.lines(logs.made(tmp_path, 2))
    log = logs.put(tmp_path / "many", [first, second] * 1500)
    messages = [each.message for each in check_log(log).report.findings]

    assert 1 == messages.count("and 499 further places where a line follows no line before it")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (({"time": logs.TIME.format(9)}, {"time": logs.TIME.format(8)}), "custody.time-backwards"),
        (({"seq": 0}, {"seq": 0}), "custody.sequence-repeated"),
    ],
)
def test_a_thousand_places_are_told(tmp_path: Path, changes: tuple[dict[str, Any], ...], code: str) -> None:
    """A writer with no clock, or who cannot count, is told a thousand times and no more."""
    line = logs.lines(logs.made(tmp_path, 1))
    pair = [rewritten(line, 0, **change)[0] for change in changes]
    log = logs.put(tmp_path / "many", chained(pair * 1100, numbered=code != "custody.sequence-repeated"))

    assert {code: 1000} == logs.check(log)


def test_many_unknown_events_accuse_nobody(tmp_path: Path) -> None:
    """However many events are unknown, they warn, and what is counted at the end is told as what it is."""
    first = logs.lines(logs.made(tmp_path, 1))
    log = logs.put(tmp_path / "many", chained(rewritten(first, 0, event="polished") * 1100))
    checked = check_log(log)

    assert {"custody.event-unknown": 1001} == logs.found(checked)
    assert checked.report.verdict is Verdict.SOUND


def test_an_empty_log_is_nothing_to_go_by(tmp_path: Path) -> None:
    """A log without a line is neither sound nor unsound."""
    assert check_log(logs.put(tmp_path / "x", [])).report.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("name", ["missing", "."])
def test_no_log_at_all(tmp_path: Path, name: str) -> None:
    """Where there is no file, or none that can be read, the log is unreadable."""
    assert check_log(tmp_path / name).report.verdict is Verdict.UNREADABLE


class TestSubjects:
    """Packages that are looked for in the log."""

    @pytest.fixture
    def package(self, tmp_path: Path) -> Path:
        """Write something in the place of a package."""
        path = tmp_path / "x.wacz"
        path.write_bytes(b"a package")
        return path

    def found(self, log: Path, package: Path, manifest: str | None = None) -> Counter[str]:
        search = Search(str(package), subject_of(package, manifest=manifest))
        return logs.found(check_log(log, searches=[search]))

    def test_known(self, log: Path, package: Path) -> None:
        """A package that the log saw byte for byte is known, with the first and the last event about it."""
        subject = subject_of(package)
        for kind in (EventKind.COLLECTED, EventKind.VERIFIED, EventKind.EXPORTED):
            Log(log).append(logs.event(9, kind=kind, subject=subject))
        search = Search("x", subject)
        checked = check_log(log, searches=[search])

        assert not logs.found(checked)
        assert [("x", ["collected", "exported"])] == [
            (name, [line.event for line in known]) for name, known in checked.known
        ]

    def test_known_as_what_another_was_made_from(self, log: Path, package: Path) -> None:
        """A package that another one was made from is known too."""
        Log(log).append(logs.event(9, kind=EventKind.MERGED, sources=(subject_of(package),)))

        assert not self.found(log, package)

    def test_changed_outside_of_the_manifest(self, log: Path, package: Path) -> None:
        """Other bytes under the same manifest: what differs lies where the manifest does not reach, and that is said."""
        Log(log).append(logs.event(9, subject=subject_of(package, manifest=logs.DIGEST)))
        package.write_bytes(b"a packagE")
        search = Search("x", subject_of(package, manifest=logs.DIGEST))
        (finding,) = (f for f in check_log(log, searches=[search]).report.findings if "subject" in f.code)

        assert finding.code == "custody.subject-changed"
        assert "datapackage-digest.json" in finding.message

    def test_changed(self, log: Path, package: Path) -> None:
        """Other bytes under the same name are not what the log saw."""
        Log(log).append(logs.event(9, subject=subject_of(package)))
        package.write_bytes(b"another package")

        assert {"custody.subject-changed": 1} == self.found(log, package)

    def test_unknown(self, log: Path, package: Path) -> None:
        """A package that no line is about is unknown."""
        assert {"custody.subject-unknown": 1} == self.found(log, package)

    def test_a_package_without_a_digest_is_not_known(self, log: Path, package: Path) -> None:
        """That a package could once not be read does not make it known."""
        Log(log).append(logs.event(9, subject=Subject("y.wacz")))
        package.rename(package.with_name("y.wacz"))

        assert {"custody.subject-changed": 1} == self.found(log, package.with_name("y.wacz"))

    def test_a_name_is_no_path(self) -> None:
        """The log calls a file by its name alone, and an address by its last part: no folder, no query."""
        assert ["x.wacz"] * 3 == [
            name_of(f"{place}x.wacz") for place in ("", "some/folder/", "https://a:b@c/")
        ]
        assert name_of("https://host/x.wacz?token=secret#part") == "x.wacz"

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        """A folder, or nothing at all, is no package."""
        for path in (tmp_path, tmp_path / "missing"):
            with pytest.raises(Unreadable):
                subject_of(path)

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        """A pipe is neither log nor package; nobody waits for who might write into it."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)

        assert "regular" in str(check_log(pipe).report.stopped_by)
        with pytest.raises(Unreadable, match="regular"):
            subject_of(pipe)
