"""The page on the custody log: its program and openssl come to the same as `custody check`, without any code of ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import logs
import pytest

from archive.custody import checkpoint as checkpoints
from archive.custody.note import Signature, Type, VerifierKey

ed25519 = pytest.importorskip(
    "cryptography.hazmat.primitives.asymmetric.ed25519", reason="the extra sign is not installed"
)
PRIVATE = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = VerifierKey(logs.ORIGIN, Type.ED25519, PUBLIC)
VERIFY = "pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature"


@pytest.fixture
def program(project: Path, tmp_path: Path) -> Path:
    """Take the program out of the page."""
    page = (project / "docs" / "format" / "custody.md").read_text(encoding="utf-8")
    assert f"$ openssl {VERIFY}\n" in page
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "check.py"
    path.write_text(code, encoding="utf-8")
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a log of seven events, with a signed checkpoint of the first six beside it."""
    path = logs.made(tmp_path, 7, origin=logs.ORIGIN)
    size, root = logs.root(logs.lines(path)[:6])
    made = checkpoints.signed(logs.ORIGIN, size, root, key=PUBLIC, sign=PRIVATE.sign)
    (tmp_path / "head").write_text(str(made), encoding="utf-8")
    return path


def by_hand(program: Path, log: Path, key: str = str(KEY)) -> tuple[bool, str]:
    """Run the page's program, and openssl behind it; say whether both agree, and what was said."""
    command = [sys.executable, "-I", program, log, log.with_name("head"), key]
    ran = subprocess.run(command, cwd=log.parent, capture_output=True, text=True, check=False)
    if ran.returncode:
        return False, ran.stderr
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    signed = subprocess.run([openssl, *VERIFY.split()], cwd=log.parent, capture_output=True, check=False)
    return signed.returncode == 0, ran.stdout


def test_a_good_log(program: Path, log: Path) -> None:
    """A log that only grew agrees with its checkpoint, by hand as well."""
    assert by_hand(program, log)[0]


@pytest.mark.parametrize(
    ("order", "told"),
    [((0, 1, 2, 4, 5, 6), "line 3"), ((0, 1, 3, 2, 4, 5, 6), "line 2"), ((0, 1, 2), "missing")],
)
def test_a_log_that_was_changed(program: Path, log: Path, order: tuple[int, ...], told: str) -> None:
    """What was removed, moved or cut is found by hand as well."""
    parts = logs.lines(log)
    logs.put(log, [parts[number] for number in order])

    assert (False, True) == (by_hand(program, log)[0], told in by_hand(program, log)[1])


def test_a_log_written_anew(program: Path, log: Path) -> None:
    """A log that hangs together and is another one is found by its root."""
    log.unlink()
    for number in range(7):
        logs.Log(log).append(logs.event(number, actor="Bo"))

    assert (False, True) == (by_hand(program, log)[0], "not the one" in by_hand(program, log)[1])


def test_a_checkpoint_by_somebody_else(program: Path, log: Path) -> None:
    """A key that did not sign it is found by its hash, and a signature that is not the key's by openssl."""
    other = VerifierKey(logs.ORIGIN, Type.ED25519, bytes(32))
    head = log.with_name("head")
    note = checkpoints.parse(head.read_bytes()).note
    false = note.signatures[0].data[::-1]

    assert (False, True) == (
        by_hand(program, log, str(other))[0],
        "did not sign" in by_hand(program, log, str(other))[1],
    )
    head.write_text(
        str(attrs.evolve(note, signatures=(Signature(logs.ORIGIN, KEY.id, false),))), encoding="utf-8"
    )
    assert (False, True) == (by_hand(program, log)[0], "6 lines" in by_hand(program, log)[1])
