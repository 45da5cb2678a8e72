"""The lines of a custody log: one form for each event, and nothing that has two."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import logs
import pytest

from archive.custody import events
from archive.custody.canonical import canonical
from archive.custody.events import EventKind, OtherForm, Subject, line_bytes, read_line

LINE = (  # as docs/format/custody.md shows it
    '{"actor":"Ana Holt","event":"collected",'
    '"prev":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",'
    '"reason":"reason 0","seq":0,"subject":{"bytes":7,'
    '"digest":"sha256:abababababababababababababababababababababababababababababababab",'
    '"manifest":null,"name":"p0.wacz"},"time":"2026-01-02T03:04:05Z","tool":{"name":"a-tool","version":"1"},"v":1}'
)


def body(**changes: Any) -> bytes:
    """Return the line with other values; `...` takes a key away."""
    changed = {**json.loads(LINE), **changes}
    return canonical({key: value for key, value in changed.items() if value is not ...})


def test_the_form_of_a_line() -> None:
    """An event is written as the format's document shows it, keys in order, no spaces."""
    assert LINE.encode() == line_bytes(logs.event(), seq=0, prev=events.START)


def test_read_back() -> None:
    """A line says what was written."""
    line = read_line(LINE.encode())

    assert (0, events.START, "2026-01-02T03:04:05Z", "collected") == (
        line.seq,
        line.prev,
        line.time,
        line.event,
    )
    assert line.known
    assert line.actor == "Ana Holt"
    assert line.subject is not None
    assert line.subject["name"] == "p0.wacz"


def test_times_are_kept_in_utc() -> None:
    """A time with another zone is written in UTC."""
    at = dt.datetime(2026, 1, 2, 5, 4, 5, tzinfo=dt.timezone(dt.timedelta(hours=2)))

    assert b'"time":"2026-01-02T03:04:05Z"' in line_bytes(logs.event(at=at), seq=0, prev=events.START)


def test_nobody_is_said() -> None:
    """An event whose actor nobody named says so, with null."""
    assert b'"actor":null' in line_bytes(logs.event(actor=None), seq=0, prev=events.START)


def test_sources_and_details() -> None:
    """What a package was made from, and what was checked, stands in the line."""
    made = logs.event(
        kind=EventKind.REPAIRED, sources=(Subject("a.wacz"),), details={"checked": {"verdict": "sound"}}
    )
    line = read_line(line_bytes(made, seq=3, prev=logs.DIGEST))

    assert [{"name": "a.wacz", "digest": None, "bytes": None, "manifest": None}] == line.body["from"]
    assert {"verdict": "sound"} == line.body["checked"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"at": dt.datetime(2026, 1, 1)}, "zone"),  # noqa: DTZ001 - the mistake under test
        ({"reason": "x" * 4001}, "4001 characters"),
        ({"details": {"seq": 9}}, "'seq'"),
        ({"details": {"x": 0.5}}, "float"),
        ({"details": {"x": True}}, "bool"),
        ({"details": {"x": 1 << 53}}, "larger"),
        ({"details": {"x": "y" * 70000}}, "bytes"),
        ({"details": {"ж": 1}}, "ASCII"),
        ({"actor": "\ud800"}, "surrogates"),
        ({"origin": "two words"}, "name"),
    ],
)
def test_what_no_line_can_hold(changes: dict[str, Any], what: str) -> None:
    """An event that has no one form, or is too large, is refused before anything is written."""
    with pytest.raises(ValueError, match=what):
        line_bytes(logs.event(**changes), seq=0, prev=events.START)


def test_a_name_stands_in_the_first_line_only() -> None:
    """The log's name is refused in a later line."""
    with pytest.raises(ValueError, match="first line"):
        line_bytes(logs.event(origin=logs.ORIGIN), seq=1, prev=logs.DIGEST)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"nonsense",
        LINE.encode() + b" ",
        LINE.replace('"v":1', '"v": 1').encode(),
        LINE.replace('"seq":0', '"seq":0,"seq":0').encode(),
        LINE.replace('"seq":0', '"seq":0.0').encode(),
        LINE.replace("Ana", "\\u0041na").encode(),
        LINE.replace("Ana", "\xff").encode("latin-1"),
        b"[" * 60000,
        b"x" * 70000,
        body(v=...),
        body(v="1"),
        body(seq=-1),
        body(seq="0"),
        body(prev="sha256:AB"),
        body(event=None),
        body(event=""),
        body(time="2026-02-30T00:00:00Z"),
        body(time="2026-01-02 03:04:05"),
        body(time=None),
        body(actor=...),
        body(actor=7),
        body(reason=[]),
        body(subject=...),
        body(subject="x"),
        body(subject={"name": "x"}),
        body(subject={"name": "x", "digest": "md5:0", "bytes": 1, "manifest": None}),
        body(subject={"name": "x", "digest": None, "bytes": -1, "manifest": None}),
        body(tool="x"),
        body(**{"from": {}}),
        body(**{"from": ["x"]}),
        body(origin="two words"),
        body(origin="x", seq=1),
    ],
)
def test_what_is_no_line(raw: bytes) -> None:
    """What is not an event in its one form is not read, whatever it is."""
    with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
        read_line(raw)


def test_a_later_form_is_told_apart() -> None:
    """A line of a later form is no damage: it says of itself that it is another one."""
    with pytest.raises(OtherForm):
        read_line(canonical({"v": 2, "anything": "else"}))


def test_more_keys_are_read_over() -> None:
    """A key that is not known here does not make a line unreadable."""
    assert read_line(body(weather="rain")).body["weather"] == "rain"


@pytest.mark.parametrize(
    ("name", "fits"),
    [("x", True), ("x" * 4000, True), ("x" * 4001, False), ("", False), ("a+b", False), ("a\tb", False)],
)
def test_names_of_logs(name: str, fits: bool) -> None:
    """A log's name has no space, no plus and nothing invisible in it, and is neither empty nor endless."""
    assert fits == events.is_origin(name)


@pytest.mark.parametrize(("name", "known"), [("verified", True), ("polished", False)])
def test_the_list_is_closed(name: str, known: bool) -> None:
    """An event outside the list is read, and known to be outside."""
    assert known == read_line(body(event=name)).known
