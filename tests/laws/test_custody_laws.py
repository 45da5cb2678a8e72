"""What holds of every custody log: no edit and no cut agrees with a checkpoint, and a log that grew agrees with all."""

from __future__ import annotations

import tempfile
from pathlib import Path

import logs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive import merkle
from archive.custody import checkpoint as checkpoints
from archive.custody.checks import Checked, check_log
from archive.custody.ed25519 import verify
from archive.custody.events import START, EventKind, Subject, line_bytes, read_line
from archive.custody.heads import hold
from archive.custody.note import Type, VerifierKey
from archive.findings import Verdict

ed25519 = pytest.importorskip(
    "cryptography.hazmat.primitives.asymmetric.ed25519", reason="the extra sign is not installed"
)

PRIVATE = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = VerifierKey(logs.ORIGIN, Type.ED25519, PUBLIC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def head(parts: list[bytes]) -> bytes:
    """Return a signed checkpoint of some lines."""
    size, root = logs.root(parts)
    return str(checkpoints.signed(logs.ORIGIN, size, root, key=PUBLIC, sign=PRIVATE.sign)).encode()


with tempfile.TemporaryDirectory() as made:
    PARTS = logs.lines(logs.made(Path(made), 5, origin=logs.ORIGIN))
WHOLE = b"".join(PARTS)
HEAD = head(PARTS)


def check(data: bytes, raw: bytes = HEAD) -> Checked:
    """Check the bytes of a log against a checkpoint."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        path.write_bytes(data)
        return check_log(path, held=[hold("checkpoint", raw, [KEY], verify)], keys=[KEY])


def test_the_log_itself_is_sound() -> None:
    """The log agrees with its own checkpoint: what the laws below find is what was done to it."""
    assert check(WHOLE).report.verdict is Verdict.SOUND


def test_every_byte(tmp_path: Path) -> None:
    """With any one byte altered, in whatever line, the log is unsound."""
    path = tmp_path / "log"
    held = [hold("checkpoint", HEAD, [KEY], verify)]
    for at in range(len(WHOLE)):
        for bit in (1, 2 << at % 7):
            altered = bytearray(WHOLE)
            altered[at] ^= bit
            path.write_bytes(altered)
            assert check_log(path, held=held).report.verdict is Verdict.UNSOUND, (at, bit)


def test_every_cut() -> None:
    """Cut anywhere, the log lacks lines that the checkpoint has."""
    for size in range(len(WHOLE)):
        codes = logs.found(check(WHOLE[:size]))
        assert codes["custody.tail-missing"] == 1, size


def test_every_byte_of_the_checkpoint() -> None:
    """With any one byte altered, the checkpoint does not make the log sound any more."""
    for at in range(len(HEAD)):
        altered = bytearray(HEAD)
        altered[at] ^= 1
        assert check(WHOLE, bytes(altered)).report.verdict is not Verdict.SOUND, at


@given(st.binary(max_size=40), st.integers(0, len(WHOLE)), st.integers(0, 60))
@settings(max_examples=150)
def test_any_edit(put_in: bytes, at: int, taken: int) -> None:
    """Whatever bytes are put in the place of whatever others, the log is unsound, or the bytes were the same."""
    altered = WHOLE[:at] + put_in + WHOLE[at + taken :]
    assume(altered != WHOLE)
    behind = altered.startswith(WHOLE)  # what comes later is no edit of what the checkpoint speaks for

    assert behind or check(altered).report.verdict is not Verdict.SOUND


@given(st.lists(st.integers(0, len(PARTS) - 1), max_size=8))
def test_any_other_order(numbers: list[int]) -> None:
    """Without any checkpoint: lines moved, left out or doubled hang together only as a beginning of the log."""
    with tempfile.TemporaryDirectory() as folder:
        checked = check_log(logs.put(Path(folder, "log"), [PARTS[number] for number in numbers]))

    assert (numbers != list(range(len(numbers)))) == logs.failed(checked)


@given(st.integers(1, 12), st.data())
@settings(max_examples=25)
def test_appending_keeps_every_checkpoint(count: int, data: st.DataObject) -> None:
    """A log that was only appended to agrees with every checkpoint that was ever made of it, and proves that it grew."""
    with tempfile.TemporaryDirectory() as folder:
        path = logs.made(Path(folder), count, origin=logs.ORIGIN)
        parts = logs.lines(path)
    earlier = data.draw(st.integers(0, count))

    assert check(b"".join(parts), head(parts[:earlier])).report.verdict is Verdict.SOUND
    if earlier:
        leaves = [merkle.leaf_hash(part[:-1]) for part in parts]
        proof = merkle.consistency_proof(leaves, earlier)
        before, after = logs.root(parts[:earlier])[1], logs.root(parts)[1]
        assert merkle.is_consistent(earlier, count, before, after, proof)


@given(
    st.sampled_from(list(EventKind)),
    st.none() | TEXT,
    st.none() | TEXT,
    TEXT,
    st.dictionaries(st.sampled_from(["a", "b", "checked"]), TEXT | st.integers(-99, 99) | st.none()),
)
def test_what_is_written_is_read(
    kind: EventKind, actor: str | None, reason: str | None, name: str, details: dict[str, object]
) -> None:
    """Whatever an event says, its line says the same, and writing what was read gives the same line."""
    event = logs.event(kind=kind, actor=actor, reason=reason, subject=Subject(name), details=details)
    raw = line_bytes(event, seq=7, prev=START)
    line = read_line(raw)

    assert b"\n" not in raw
    assert (str(kind), actor, reason, name) == (
        line.event,
        line.actor,
        line.body["reason"],
        line.body["subject"]["name"],
    )
    assert details.items() <= line.body.items()


@given(st.binary(max_size=300))
def test_any_bytes_are_no_mistake_of_ours(data: bytes) -> None:
    """Whatever a file or a checkpoint holds, the check ends with a verdict."""
    assert check(data).report.verdict is not Verdict.SOUND
    assert check(WHOLE, data).report.verdict is not Verdict.SOUND
