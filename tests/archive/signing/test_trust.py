"""Trust files, names of signers, and the public roots."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import authorities
import pytest
from authorities import DOMAIN

from archive.errors import UsageError
from archive.signing import pem
from archive.signing.certificates import load
from archive.signing.trust import Roots, Trust, fingerprint, load_trust, public_trust, signer_name

PRINT = "ab" * 32


def written(folder: Path, text: str) -> Path:
    """Write a trust file."""
    path = folder / "trust.toml"
    path.write_text(text, encoding="utf-8")
    return path


class TestNames:
    """How signers are named."""

    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ("newsroom.example", "newsroom.example"),
            (" News-Room.Example. ", "news-room.example"),
            (f"sha256:{PRINT}", f"sha256:{PRINT}"),
            (PRINT.upper(), f"sha256:{PRINT}"),
            (":".join(["AB"] * 32), f"sha256:{PRINT}"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ],
    )
    def test_spellings(self, given: str, name: str) -> None:
        """A host, or a fingerprint as the usual tools print it."""
        assert name == signer_name(given)

    @pytest.mark.parametrize(
        "given",
        [
            "",
            "newsroom",
            "*.example",
            "-a.example",
            "a b.example",
            "https://a.example",
            "sha256:ab",
            "bücher.example",
        ],
    )
    def test_nobody(self, given: str) -> None:
        """What names nobody is refused, so that a slip of the pen demands nothing impossible, or nothing at all."""
        with pytest.raises(UsageError, match="names no signer"):
            signer_name(given)


class TestFiles:
    """What a trust file says."""

    def test_all_of_it(self, tmp_path: Path) -> None:
        """Signers, roots by file and by fingerprint, keys of logs, and how many time-stamps there must be."""
        (tmp_path / "own.pem").write_text(pem.written([authorities.root().der]))
        path = written(
            tmp_path,
            f'signers = ["{DOMAIN}"]\ndomain-roots = ["own.pem", "sha256:{PRINT}"]\n'
            'timestamp-roots = ["own.pem"]\nlog-keys = ["log+1+key"]\ntimestamps = 2\npublic-roots = false\n',
        )
        own = (authorities.root().der,)

        assert Trust(
            (DOMAIN,), Roots(own, frozenset({f"sha256:{PRINT}"})), Roots(own), ("log+1+key",), 2
        ) == load_trust(path)

    def test_nothing_of_it(self, tmp_path: Path) -> None:
        """An empty file trusts the public roots and names nobody."""
        assert public_trust() == load_trust(written(tmp_path, ""))

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("signers = 'a.example'", "signers"),
            ("signers = ['nobody']", "names no signer"),
            ("signer = ['a.example']", "no such key"),
            ("timestamps = 0", "timestamps"),
            ("timestamps = true", "timestamps"),
            ("public-roots = 1", "public-roots"),
            ("domain-roots = ['absent.pem']", "cannot be read"),
            ("domain-roots = ['trust.toml']", "PEM"),
            ("domain-roots = [1]", "list of strings"),
            ("= 1", "cannot be read"),
        ],
    )
    def test_mistakes(self, tmp_path: Path, text: str, said: str) -> None:
        """A mistake in it is never passed over: it would trust more, or other people, than was meant."""
        with pytest.raises(UsageError, match=said):
            load_trust(written(tmp_path, text))

    def test_no_file(self, tmp_path: Path) -> None:
        """A trust file that is not there is refused."""
        with pytest.raises(UsageError, match="cannot be read"):
            load_trust(tmp_path / "absent.toml")


class TestPublic:
    """The roots that come with the software."""

    def test_certificates(self) -> None:
        """They are roots: authorities that signed themselves, and are valid for years to come."""
        for der in public_trust().domain_roots.certificates:
            root = load(der)
            root.verify_directly_issued_by(root)
            assert root.not_valid_after_utc > dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
            assert fingerprint(der) in public_trust().domain_roots.fingerprints

    def test_nobody_is_named(self) -> None:
        """Trusting public authorities names no signer."""
        assert () == public_trust().signers

    def test_named_ones_only(self) -> None:
        """Of the certificates that a package brings, only those named by fingerprint become roots."""
        own, other = authorities.root().der, authorities.rogue().der
        roots = Roots(fingerprints=frozenset({fingerprint(own)}))

        assert (own,) == roots.among([other, own])
        assert () == Roots().among([own])
