"""The keys of logs: in files for their owner alone, and nothing secret anywhere else."""

from __future__ import annotations

import pickle
import stat
from pathlib import Path

import pytest

from archive.errors import OutputExists, SigningError

keys = pytest.importorskip("archive.custody.keys", reason="the extra sign is not installed")


def test_made_and_read(tmp_path: Path) -> None:
    """A key that was made is read again, signs as its public part verifies, and its file is its owner's alone."""
    from archive.custody.ed25519 import verify

    path = tmp_path / "k.pem"
    made = keys.new_key(path)

    assert keys.load_key(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert verify(made.public, made.sign(b"text"), b"text")
    assert not verify(made.public, made.sign(b"text"), b"texT")
    assert not verify(b"short", made.sign(b"text"), b"text")


def test_a_passphrase(tmp_path: Path) -> None:
    """A key with a passphrase is read with it, and neither without nor with another."""
    path = tmp_path / "k.pem"
    made = keys.new_key(path, passphrase=b"correct horse")

    assert b"ENCRYPTED" in path.read_bytes()
    assert keys.load_key(path, passphrase=b"correct horse") == made
    for passphrase in (None, b"wrong"):
        with pytest.raises(SigningError) as raised:
            keys.load_key(path, passphrase=passphrase)
        assert "wrong" not in str(raised.value)


def test_nothing_secret_is_shown(tmp_path: Path) -> None:
    """Neither the `repr` of a key nor a pickle holds what is secret."""
    path = tmp_path / "k.pem"
    made = keys.new_key(path)
    secret = made._private.private_bytes_raw()

    assert repr(secret)[2:-1] not in repr(made)
    assert secret.hex() not in repr(made)
    with pytest.raises(TypeError):
        pickle.dumps(made)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_that_others_can_reach(tmp_path: Path, mode: int) -> None:
    """A key whose file others can read or write is refused, with what to do."""
    path = tmp_path / "k.pem"
    keys.new_key(path)
    path.chmod(mode)

    with pytest.raises(SigningError, match="others") as raised:
        keys.load_key(path)
    assert "chmod 600" in str(raised.value.hint)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """Where there is a file, no key is made."""
    path = tmp_path / "k.pem"
    path.write_text("precious")

    with pytest.raises(OutputExists):
        keys.new_key(path)
    assert path.read_text() == "precious"


@pytest.mark.parametrize("data", [b"", b"nonsense", b"x" * 70_000])
def test_what_is_no_key(tmp_path: Path, data: bytes) -> None:
    """Bytes that are no key are refused."""
    path = tmp_path / "k.pem"
    path.touch(0o600)
    path.write_bytes(data)

    with pytest.raises(SigningError):
        keys.load_key(path)


def test_another_kind_of_key(tmp_path: Path) -> None:
    """A key that signs packages does not sign checkpoints, and the hint says how to make one that does."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    path = tmp_path / "k.pem"
    path.touch(0o600)
    path.write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )

    with pytest.raises(SigningError, match="Ed25519"):
        keys.load_key(path)


def test_no_place_for_a_key(tmp_path: Path) -> None:
    """Where no file can be written, or none is there, that is said."""
    with pytest.raises(SigningError):
        keys.new_key(tmp_path / "missing" / "k.pem")
    with pytest.raises(SigningError):
        keys.load_key(tmp_path / "missing.pem")
