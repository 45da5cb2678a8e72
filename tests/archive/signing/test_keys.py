"""Private keys: their files, what they sign, and that nothing of them gets out."""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Callable
from pathlib import Path

import authorities
import pytest
from authorities import DOMAIN, host, intermediate, newsroom
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
    pkcs12,
)

from archive.errors import OutputExists, SigningError
from archive.signing.keys import Key, key_of, load_key, new_key
from archive.signing.signed import Form

SECRET = b"correct horse battery staple"


def kept(path: Path, data: bytes, mode: int = 0o600) -> Path:
    """Write a file that only its owner can read."""
    path.touch(mode)
    path.write_bytes(data)
    path.chmod(mode)
    return path


def pkcs8(key: object) -> bytes:
    """Return a key in PEM, not encrypted."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[attr-defined,no-any-return]


class TestFiles:
    """Keys in files."""

    @pytest.mark.parametrize("form", list(Form))
    @pytest.mark.parametrize(("name", "passphrase"), [("k.pem", None), ("k.pem", SECRET), ("k.p12", SECRET)])
    def test_made_and_read(self, tmp_path: Path, form: Form, name: str, passphrase: bytes | None) -> None:
        """A key that was made is read again: the same key, in a file that only its owner can read."""
        path = tmp_path / name
        made = new_key(path, form=form, passphrase=passphrase)

        assert made == load_key(path, passphrase=passphrase)
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)
        assert (b"ENCRYPTED" in path.read_bytes()) == (passphrase is not None and name.endswith(".pem"))

    def test_never_overwritten(self, tmp_path: Path) -> None:
        """No key takes the place of a file, nor goes where a link leads."""
        path = tmp_path / "k.pem"
        kept(path, b"another key")
        (tmp_path / "link.pem").symlink_to(tmp_path / "elsewhere.pem")
        for name in ("k.pem", "link.pem"):
            with pytest.raises(OutputExists):
                new_key(tmp_path / name)
        assert b"another key" == path.read_bytes()
        assert not (tmp_path / "elsewhere.pem").exists()

    def test_nowhere_to_write(self, tmp_path: Path) -> None:
        """A key that cannot be written is an error of ours."""
        with pytest.raises(SigningError, match="cannot be written"):
            new_key(tmp_path / "no" / "k.pem")

    @pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644])
    def test_open_to_others(self, tmp_path: Path, mode: int) -> None:
        """A key that others can read or write is refused, with what to do."""
        path = kept(tmp_path / "k.pem", newsroom().key_pem, mode)
        with pytest.raises(SigningError, match="others") as stopped:
            load_key(path)
        assert "chmod 600" in (stopped.value.hint or "")

    @pytest.mark.parametrize("passphrase", [None, b"tell no one"])
    @pytest.mark.parametrize("name", ["k.pem", "k.p12"])
    def test_wrong_passphrases(self, tmp_path: Path, name: str, passphrase: bytes | None) -> None:
        """A passphrase that is missing or wrong is said, and neither it nor the key is in the message."""
        path = tmp_path / name
        new_key(path, passphrase=SECRET)
        with pytest.raises(SigningError, match="cannot be read") as stopped:
            load_key(path, passphrase=passphrase)
        assert "tell no one" not in repr(stopped.value)
        assert stopped.value.__cause__ is None

    def test_a_passphrase_for_nothing(self, tmp_path: Path) -> None:
        """A passphrase for a key that has none is a mistake somewhere, and is said."""
        new_key(tmp_path / "k.pem")
        with pytest.raises(SigningError, match="cannot be read"):
            load_key(tmp_path / "k.pem", passphrase=SECRET)

    def test_pkcs12_needs_one(self, tmp_path: Path) -> None:
        """A key in PKCS#12 is not made without a passphrase."""
        with pytest.raises(SigningError, match="needs a passphrase"):
            new_key(tmp_path / "k.p12")
        assert not (tmp_path / "k.p12").exists()

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"x" * 100,
            b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            newsroom().pem.encode(),
            b"x" * (1 << 20) + b"xx",
        ],
    )
    @pytest.mark.parametrize("name", ["k.pem", "k.p12"])
    def test_no_key(self, tmp_path: Path, data: bytes, name: str) -> None:
        """A file that holds no key is refused."""
        with pytest.raises(SigningError):
            load_key(kept(tmp_path / name, data), passphrase=SECRET if name == "k.p12" else None)

    @pytest.mark.parametrize(
        "make",
        [
            lambda: rsa.generate_private_key(65537, 2048),
            ed25519.Ed25519PrivateKey.generate,
            lambda: ec.generate_private_key(ec.SECP521R1()),
            lambda: ec.generate_private_key(ec.SECP256K1()),
        ],
    )
    def test_other_kinds(self, tmp_path: Path, make: Callable[[], object]) -> None:
        """A key of a kind that no client verifies is refused, with how to make one."""
        with pytest.raises(SigningError, match="P-256 or P-384") as stopped:
            load_key(kept(tmp_path / "k.pem", pkcs8(make())))
        assert "provenance key new" in (stopped.value.hint or "")


class TestCertificates:
    """Keys that go with a certificate."""

    def test_beside_the_key(self, tmp_path: Path) -> None:
        """The chain stands in a file of its own."""
        (tmp_path / "chain.pem").write_text(newsroom().pem)
        key = load_key(kept(tmp_path / "k.pem", newsroom().key_pem), certificate=tmp_path / "chain.pem")

        assert (Form.DOMAIN, DOMAIN, newsroom().chain) == (key.form, key.domain, key.chain)
        assert newsroom().fingerprint == key.fingerprint

    def test_with_the_key(self, tmp_path: Path) -> None:
        """Key and chain stand in one PKCS#12 file, whatever their order there."""
        above = [authorities.root().certificate, intermediate().certificate]
        data = pkcs12.serialize_key_and_certificates(
            b"newsroom", newsroom().key, newsroom().certificate, above, BestAvailableEncryption(SECRET)
        )
        key = load_key(kept(tmp_path / "k.p12", data), passphrase=SECRET)

        assert (DOMAIN, newsroom().chain) == (key.domain, key.chain)

    def test_out_of_order(self, tmp_path: Path) -> None:
        """A chain in which something is missing is refused before anything is signed with it."""
        (tmp_path / "chain.pem").write_text(authorities.pem.written(newsroom().chain[::2]))
        with pytest.raises(SigningError, match="not issued by the next"):
            load_key(kept(tmp_path / "k.pem", newsroom().key_pem), certificate=tmp_path / "chain.pem")

    @pytest.mark.parametrize(
        ("chain", "said"),
        [
            (lambda: host(intermediate()).chain, "another key"),
            (lambda: authorities.issue("x", key=newsroom().key, ca=False).chain, "names no host"),
            (
                lambda: host(intermediate(), key=newsroom().key, usages=("key_agreement",)).chain,
                "not for signing",
            ),
            (lambda: (b"no certificate",), "cannot be read"),
        ],
    )
    def test_other_certificates(self, chain: Callable[[], tuple[bytes, ...]], said: str) -> None:
        """A certificate for another key, for no host, or for something else than signing is refused at once."""
        with pytest.raises(SigningError, match=said):
            key_of(newsroom().key, chain())

    def test_an_anonymous_key_has_none(self) -> None:
        """A key on P-384 does not go with a certificate: no client would verify that."""
        key = authorities.anonymous()
        with pytest.raises(SigningError, match="P-256"):
            key_of(key, host(intermediate(), key=key).chain)

    def test_the_name_in_the_subject_comes_first(self) -> None:
        """Of several hosts the one in the subject is claimed, where other programs look; a wildcard is no host."""
        holder = host(intermediate(), domains=("*.a.example", "b.example", DOMAIN))

        assert DOMAIN == key_of(holder.key, holder.chain).domain

    def test_no_chain_in_the_file(self, tmp_path: Path) -> None:
        """A file that holds no chain is refused."""
        (tmp_path / "chain.pem").write_text("newsroom")
        with pytest.raises(SigningError, match="no chain"):
            load_key(kept(tmp_path / "k.pem", newsroom().key_pem), certificate=tmp_path / "chain.pem")


class TestSecrets:
    """Nothing secret gets out."""

    def test_not_shown(self) -> None:
        """Neither `repr` nor `str` of a key shows any of its private number, nor does an error about it."""
        number = newsroom().key.private_numbers().private_value
        key = key_of(newsroom().key, newsroom().chain)
        for shown in (repr(key), str(key)):
            assert str(number) not in shown
            assert f"{number:x}" not in shown
            assert "_private" not in shown

    def test_not_pickled(self) -> None:
        """A key is not handed on by pickling, to another process or into a cache."""
        with pytest.raises(TypeError):
            pickle.dumps(key_of(newsroom().key, newsroom().chain))


@pytest.mark.parametrize("key", [key_of(newsroom().key, newsroom().chain), key_of(authorities.anonymous())])
def test_signing(key: Key) -> None:
    """A key signs as its form wants it, the same message always alike, with the lower number; DER is 70 bytes or so."""
    signature = key.sign(b"message")

    assert signature == key.sign(b"message")
    assert signature != key.sign(b"another")
    if key.form is Form.DOMAIN:
        load_der_public_key(key.public).verify(signature, b"message", ec.ECDSA(SHA256()))  # type: ignore[union-attr,call-arg,arg-type]
    else:
        assert 96 == len(signature)
