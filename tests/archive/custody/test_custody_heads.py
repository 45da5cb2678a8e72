"""Checkpoints held against a log: cut ends, logs written anew, forks, false and unknown signatures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import logs
import pytest

from archive.custody import checkpoint as checkpoints
from archive.custody.checks import Checked, check_log
from archive.custody.ed25519 import NotInstalled, verify
from archive.custody.heads import Held, hold
from archive.custody.note import Signature, Type, VerifierKey
from archive.findings import Count, Status, Verdict

ed25519 = pytest.importorskip(
    "cryptography.hazmat.primitives.asymmetric.ed25519", reason="the extra sign is not installed"
)
OWN, OTHER = (ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))


def public(key: object) -> bytes:
    """Return the 32 public bytes of a key."""
    data: bytes = key.public_key().public_bytes_raw()  # type: ignore[attr-defined]
    return data


KEY = VerifierKey(logs.ORIGIN, Type.ED25519, public(OWN))


def head(parts: list[bytes], *, key: object = OWN, origin: str = logs.ORIGIN) -> bytes:
    """Return a signed checkpoint of some lines."""
    size, root = logs.root(parts)
    made = checkpoints.signed(origin, size, root, key=public(key), sign=key.sign)  # type: ignore[attr-defined]
    return str(made).encode()


def against(log: Path, *heads: bytes, keys: tuple[VerifierKey, ...] = (KEY,)) -> Checked:
    """Check a log against checkpoints."""
    held = [hold(f"checkpoint {number}", raw, keys, verify) for number, raw in enumerate(heads)]
    return check_log(log, held=held, keys=keys)


def told(checked: Checked) -> tuple[Verdict, Counter[str]]:
    """Return the verdict and what was found."""
    return checked.report.verdict, logs.found(checked)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a log of eight events."""
    return logs.made(tmp_path, 8, origin=logs.ORIGIN)


@pytest.mark.parametrize("size", range(1, 9))
def test_a_log_that_only_grew(log: Path, size: int) -> None:
    """A checkpoint of any beginning of the log agrees with it."""
    checked = against(log, head(logs.lines(log)[:size]))

    assert (Verdict.SOUND, Counter()) == told(checked)
    notes = [f.status for f in checked.report.findings if f.code == "custody.tail-unchecked"]
    assert ([Status.NOTE] if size < 8 else []) == notes


def test_a_checkpoint_of_nothing(log: Path) -> None:
    """The checkpoint of an empty log agrees with every log, and speaks for none of its lines."""
    assert (Verdict.SOUND, Counter()) == told(against(log, head([])))


@pytest.mark.parametrize("size", range(9))
def test_what_no_checkpoint_speaks_for(log: Path, size: int) -> None:
    """The report says from which line on nobody vouches for the log, however short the checkpoint is."""
    checked = against(log, head(logs.lines(log)[:size]))
    since = f"{8 - size} lines were written since: no checkpoint speaks for them"
    unseen = [each for each in checked.report.findings if each.code == "custody.tail-unchecked"]

    assert [(f"line {size}", since)] * (size < 8) == [(each.where.record, each.message) for each in unseen]


def test_what_is_contradicted_vouches_for_nothing(log: Path) -> None:
    """A checkpoint that the log contradicts is told as that, and never as one that speaks for its first lines."""
    parts = logs.lines(log)
    whole, three = head(parts), head(parts[:3])
    logs.put(log, [*parts[:-1], parts[-1].replace(b"Ana", b"Bob")])

    for heads, lines in (((whole,), []), ((three, whole), ["line 3"])):
        findings = against(log, *heads).report.findings
        assert lines == [each.where.record for each in findings if each.code == "custody.tail-unchecked"]


def test_one_false_signature_spoils_a_checkpoint(log: Path) -> None:
    """A right signature beside one that is none does not make a checkpoint verified: it speaks for no line."""
    witness = VerifierKey("witness.example", Type.COSIGNATURE, public(OTHER))
    false = str(Signature("witness.example", witness.id, bytes(72))).encode()
    checked = against(log, head(logs.lines(log)) + false, keys=(KEY, witness))
    unseen = [each for each in checked.report.findings if each.code == "custody.tail-unchecked"]

    assert (Verdict.UNSOUND, {"custody.signature-wrong": 1}) == told(checked)
    assert Count(0, 1) == checked.report.coverage["checkpoints"]
    assert [("line 0", Status.NOT_CHECKED)] == [(each.where.record, each.status) for each in unseen]


@pytest.mark.parametrize("left", range(8))
def test_a_cut_end(log: Path, left: int) -> None:
    """A log that is shorter than the checkpoint lacks its end."""
    whole = head(logs.lines(log))
    logs.put(log, logs.lines(log)[:left])

    assert (Verdict.UNSOUND, {"custody.tail-missing": 1}) == told(against(log, whole))


def test_a_log_written_anew(log: Path, tmp_path: Path) -> None:
    """A log that hangs together and is not the one of the checkpoint is found by its root."""
    whole = head(logs.lines(log))
    other = tmp_path / "other"
    for number in range(8):
        logs.Log(other).append(logs.event(number, actor="Bo", origin=None if number else logs.ORIGIN))

    assert not logs.check(other)
    assert (Verdict.UNSOUND, {"custody.checkpoint-differs": 1}) == told(against(other, whole))


def test_the_last_line_edited(log: Path) -> None:
    """An edit of the last line, which nothing hangs on, is found by the checkpoint."""
    parts = logs.lines(log)
    whole = head(parts)
    logs.put(log, [*parts[:-1], parts[-1].replace(b"Ana", b"Bob")])

    assert not logs.check(log)
    assert (Verdict.UNSOUND, {"custody.checkpoint-differs": 1}) == told(against(log, whole))


def test_a_fork_of_one_size(log: Path) -> None:
    """Two checkpoints of one name and size with two roots are a fork."""
    parts = logs.lines(log)
    heads = (head(parts[:5]), head([*parts[:4], parts[6]]))

    assert (Verdict.UNSOUND, {"custody.fork": 2}) == told(against(log, *heads))


def test_a_stranger_proves_no_fork(log: Path) -> None:
    """A checkpoint that anybody could have made contradicts none by a signer who is known: it alone is told."""
    parts = logs.lines(log)
    checked = against(log, head(parts[:5]), head([*parts[:4], parts[6]], key=OTHER))
    forked = [each.where.member for each in checked.report.findings if each.code == "custody.fork"]

    assert ["checkpoint 1"] == forked


def test_a_fork_behind_the_log(log: Path) -> None:
    """An earlier checkpoint that the log contradicts, while a later one agrees, is a fork: one key signed both."""
    parts = logs.lines(log)
    heads = (head([*parts[:4], parts[6]]), head(parts))

    assert (Verdict.UNSOUND, {"custody.fork": 1}) == told(against(log, *heads))


def test_no_fork_where_one_explains_it(log: Path) -> None:
    """A later checkpoint that differs, beside an earlier one that agrees, shows a log written anew and proves no fork."""
    parts = logs.lines(log)
    heads = (head(parts[:3]), head([*parts[:4], parts[6]]))

    assert (Verdict.UNSOUND, {"custody.checkpoint-differs": 1}) == told(against(log, *heads))


def test_no_fork_between_two_logs(log: Path) -> None:
    """Checkpoints of two names contradict nothing; the one of the other log is not compared."""
    parts = logs.lines(log)
    heads = (head(parts[:5]), head(parts[1:6], origin="elsewhere.example/log"))
    other = VerifierKey("elsewhere.example/log", Type.ED25519, public(OWN))

    expected = (Verdict.UNDECIDED, {"custody.other-log": 1})
    assert expected == told(against(log, *heads, keys=(KEY, other)))


def test_a_log_without_a_name_is_compared(tmp_path: Path) -> None:
    """A log that gives itself no name is held against whatever checkpoint is given."""
    log = logs.made(tmp_path, 3)

    assert (Verdict.SOUND, Counter()) == told(against(log, head(logs.lines(log))))


def test_the_key_of_another_log(log: Path) -> None:
    """The key of one log vouches for no checkpoint of another: whoever is trusted with one log is not with all."""
    name = "else.example/log"
    size, root = logs.root(logs.lines(log))
    other = VerifierKey(name, Type.ED25519, public(OTHER))
    made = checkpoints.signed(logs.ORIGIN, size, root, key=other.key, sign=OTHER.sign, name=name)
    own = checkpoints.signed(name, size, root, key=other.key, sign=OTHER.sign)

    assert (Verdict.UNSOUND, {"custody.signer-unknown": 1}) == told(
        against(log, str(made).encode(), keys=(KEY, other))
    )
    assert hold("x", str(own).encode(), (KEY, other), verify).verified


def test_a_false_signature(log: Path) -> None:
    """A checkpoint that claims a named key which did not sign it is forged, and nothing that it says is heard."""
    note = checkpoints.parse(head(logs.lines(log)[:5], key=OTHER)).note
    forged = f"{note.text}\n{Signature(logs.ORIGIN, KEY.id, note.signatures[0].data)}"

    assert (Verdict.UNSOUND, {"custody.signature-wrong": 1}) == told(against(log, forged.encode()))


@pytest.mark.parametrize(("at", "text"), [(0, "else.example/log"), (1, "7"), (2, "A" * 43 + "=")])
def test_an_altered_checkpoint(log: Path, at: int, text: str) -> None:
    """Name, size and root of a checkpoint cannot be altered: its signature does not fit any more."""
    rows = head(logs.lines(log)).decode().split("\n")
    rows[at] = text

    assert (Verdict.UNSOUND, {"custody.signature-wrong": 1}) == told(against(log, "\n".join(rows).encode()))


def test_an_unknown_signer(log: Path) -> None:
    """Where a key was named, a checkpoint by somebody else fails, whatever it says."""
    checked = against(log, head(logs.lines(log), key=OTHER))

    assert (Verdict.UNSOUND, {"custody.signer-unknown": 1}) == told(checked)


def test_no_key_named(log: Path) -> None:
    """Where no key was named, a checkpoint that agrees is worth no more than whoever made it: undecided."""
    checked = against(log, head(logs.lines(log)), keys=())

    assert (Verdict.UNDECIDED, {"custody.signer-unknown": 1}) == told(checked)


def test_no_key_named_and_another_log(log: Path) -> None:
    """Where no key was named, a checkpoint that contradicts the log is told all the same, with the doubt."""
    checked = against(log, head(logs.lines(log)[1:]), keys=())

    assert (Verdict.UNSOUND, {"custody.signer-unknown": 1, "custody.checkpoint-differs": 1}) == told(checked)
    (finding,) = (f for f in checked.report.findings if f.code == "custody.checkpoint-differs")
    assert "not known" in finding.message


def test_a_key_and_no_checkpoint(log: Path) -> None:
    """Who names a key asks for a checkpoint; where none is given, the log is not sound."""
    assert check_log(log, keys=[KEY]).report.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("raw", [b"", b"nonsense", b"\xff\xfe", b"a\n1\n\n\xe2\x80\x94 x AAAAAAA=\n"])
def test_no_checkpoint_at_all(log: Path, raw: bytes) -> None:
    """What is no checkpoint leaves the log undecided."""
    assert (Verdict.UNDECIDED, {"custody.checkpoint-unreadable": 1}) == told(against(log, raw))


def test_without_the_library(log: Path) -> None:
    """Where the library for signatures is missing, that is said; the checkpoint is compared all the same."""

    def missing(key: bytes, signature: bytes, message: bytes) -> bool:
        raise NotInstalled

    parts = logs.lines(log)
    for raw, verdict, codes in (
        (head(parts), Verdict.UNDECIDED, {"custody.signature-not-checked": 1}),
        (
            head(parts[1:]),
            Verdict.UNSOUND,
            {"custody.signature-not-checked": 1, "custody.checkpoint-differs": 1},
        ),
    ):
        held: list[Held] = [hold("x", raw, (KEY,), missing)]
        assert (verdict, codes) == told(check_log(log, held=held, keys=(KEY,)))


def test_a_known_witness(log: Path) -> None:
    """A witness whose key was named vouches for a checkpoint and says when; lines by others are kept and not counted."""
    from archive.custody.note import cosigned_message

    note = checkpoints.parse(head(logs.lines(log))).note
    witness = VerifierKey("witness.example/w", Type.COSIGNATURE, public(OTHER))
    seconds = 1_790_000_000
    data = seconds.to_bytes(8, "big") + OTHER.sign(cosigned_message(note.text, seconds))
    cosigned = f"{note}{Signature(witness.name, witness.id, data)}".encode()
    held = hold("x", cosigned, (witness,), verify)

    assert held.verified
    assert [("unknown", None), ("verified", "2026-09-21T14:13:20")] == [
        (str(each.standing), each.at and each.at.isoformat()[:19]) for each in held.signatures
    ]
    assert (Verdict.SOUND, Counter()) == told(check_log(log, held=[held], keys=(witness,)))
    late = (
        f"{note}{Signature(witness.name, witness.id, (seconds + 1).to_bytes(8, 'big') + data[8:])}".encode()
    )
    assert (Verdict.UNSOUND, {"custody.signature-wrong": 1}) == told(against(log, late, keys=(witness,)))
