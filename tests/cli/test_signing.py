"""`provenance key`, `sign`, `build --sign` and `verify --signer`, as a user runs them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import authorities
import packages
import pytest
import tsa
from authorities import DOMAIN
from cli.command import run
from damage import forge

SECRET = "correct horse battery staple"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Make a key that goes without a certificate."""
    path = tmp_path / "key.pem"
    assert 0 == run("key", "new", path).status
    return path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Build a small package that nobody signed."""
    text, path = tmp_path / "gate.txt", tmp_path / "made.wacz"
    text.write_text("Nothing is known of the gate.\n", encoding="utf-8")
    assert 0 == run("build", text, "-o", path, "--created-at", packages.CREATED).status
    return path


def fingerprint(key: Path, *options: object) -> str:
    """Return the fingerprint that `key show` prints."""
    value: str = run("key", "show", key, "--json", *options).last["fingerprint"]
    return value


def codes(package: Path, *options: object) -> list[str]:
    """Return the codes about signatures that `verify` finds."""
    ran = run("verify", package, "--json", *options)
    return [line["code"] for line in ran.of("finding") if line["level"] == "authenticity"]


class TestKeys:
    """`provenance key`."""

    def test_new_and_show(self, key: Path) -> None:
        """A new key is shown with its fingerprint and its form; nothing secret is printed."""
        made, shown = run("key", "new", key.with_name("other.pem"), "--json"), run("key", "show", key)

        assert [line["type"] for line in made.lines] == ["summary"]
        assert {"anonymous", None, 0} == {made.last[name] for name in ("form", "domain", "certificates")}
        assert shown.out.startswith(fingerprint(key))
        secret = "".join(key.read_text().splitlines()[1:-1])
        assert secret[20:60] not in shown.out + shown.err + made.out

    def test_for_a_host(self, tmp_path: Path) -> None:
        """A key for a host is on the curve that hosts' signatures want."""
        assert "domain" == run("key", "new", tmp_path / "h.pem", "--for-host", "--json").last["form"]

    def test_passphrases(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A passphrase comes from a file or the environment, and never from an argument."""
        path, said = tmp_path / "k.p12", tmp_path / "passphrase"
        said.write_text(f"{SECRET}\n")
        assert 0 == run("key", "new", path, "--passphrase-file", said).status
        without = run("key", "show", path)
        monkeypatch.setenv("PROVENANCE_PASSPHRASE", SECRET)
        shown = run("key", "show", path, "--json")

        assert 2 == without.status
        assert "PROVENANCE_PASSPHRASE" in without.err
        assert shown.last["fingerprint"] == fingerprint(path, "--passphrase-file", said)
        assert SECRET not in shown.out + shown.err + without.err

    @pytest.mark.parametrize("text", ["", "\n\nlater\n"])
    def test_no_passphrase(self, tmp_path: Path, text: str) -> None:
        """A file that is to hold a passphrase and holds none is a mistake: the key would be made without one."""
        said = tmp_path / "passphrase"
        said.write_text(text)
        ran = run("key", "new", tmp_path / "k.pem", "--passphrase-file", said)

        assert 2 == ran.status
        assert not (tmp_path / "k.pem").exists()
        assert 2 == run("key", "new", tmp_path / "k.pem", "--passphrase-file", tmp_path / "absent").status

    def test_never_overwritten(self, key: Path) -> None:
        """A key that is there is not overwritten."""
        before = key.read_bytes()

        assert 2 == run("key", "new", key).status
        assert before == key.read_bytes()

    def test_no_certificate_yet(self, tmp_path: Path) -> None:
        """A new key is not made with a certificate, which can only be issued for it afterwards."""
        assert 2 == run("key", "new", tmp_path / "k.pem", "--certificate", tmp_path / "c.pem").status

    def test_without_the_libraries(self, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the extra the verbs say what to install."""
        monkeypatch.setitem(sys.modules, "archive.signing.keys", None)
        monkeypatch.delattr("archive.signing.keys", raising=False)
        ran = run("key", "show", key)

        assert 2 == ran.status
        assert "source-provenance[sign]" in ran.err


class TestSigning:
    """`provenance sign` and `build --sign`."""

    def test_in_place(self, package: Path, key: Path) -> None:
        """A package is signed in its place; the answer says by which key, and over which manifest."""
        manifest = forge.sha256(forge.members(package.read_bytes())[forge.MANIFEST])
        ran = run("sign", package, "--key", key, "--json")

        assert (0, fingerprint(key), manifest) == (
            ran.status,
            ran.last["fingerprint"],
            ran.last["manifest_digest"],
        )
        assert ["signature.verified"] == codes(package, "--signer", fingerprint(key))

    def test_elsewhere(self, package: Path, key: Path, tmp_path: Path) -> None:
        """With -o the package stays as it is, and a file that is there is not replaced."""
        before, signed = package.read_bytes(), tmp_path / "signed.wacz"

        assert 0 == run("sign", package, "--key", key, "-o", signed).status
        assert 2 == run("sign", package, "--key", key, "-o", signed).status
        assert before == package.read_bytes()
        assert ["signature.absent"] == codes(package)

    def test_twice(self, package: Path, key: Path, tmp_path: Path) -> None:
        """A signature that is there is replaced only where that is asked for."""
        other = tmp_path / "other.pem"
        run("key", "new", other)
        run("sign", package, "--key", key)
        again = run("sign", package, "--key", other)

        assert 2 == again.status
        assert "signed already" in again.err
        assert 0 == run("sign", package, "--key", other, "--force").status
        assert ["signature.verified"] == codes(package, "--signer", fingerprint(other))

    def test_damaged(self, package: Path, key: Path) -> None:
        """Nobody is made to vouch for a package that is damaged."""
        parts = forge.members(package.read_bytes())
        package.write_bytes(forge.pack({**parts, forge.PAGES: parts[forge.PAGES] + b"x\n"}))
        ran = run("sign", package, "--key", key)

        assert 2 == ran.status
        assert "unsound" in ran.err
        assert b"signedData" not in package.read_bytes()

    def test_while_building(self, tmp_path: Path, key: Path) -> None:
        """`build --sign` dates the package and signs it in one go; with a date of its own the bytes are the same again."""
        text = tmp_path / "a.txt"
        text.write_text("Nothing is known of this.\n", encoding="utf-8")
        now, twice = tmp_path / "now.wacz", [tmp_path / "one.wacz", tmp_path / "two.wacz"]
        assert 0 == run("build", text, "-o", now, "--sign", key).status
        for path in twice:
            run("build", text, "-o", path, "--sign", key, "--created-at", packages.CREATED)

        assert ["signature.verified"] == codes(now, "--signer", fingerprint(key))
        assert twice[0].read_bytes() == twice[1].read_bytes()

    @pytest.mark.parametrize("option", ["--certificate", "--passphrase-file", "--timestamp"])
    def test_what_goes_with_a_key_and_no_key(self, tmp_path: Path, package: Path, option: str) -> None:
        """A build that is given what goes with a key, and no key, is misuse: it would be left unsigned in silence."""
        made = tmp_path / "unsigned.wacz"
        ran = run("build", package, "-o", made, option, "http://127.0.0.1:9/")

        assert ran.status == 2
        assert f"{option} goes with a key" in ran.err
        assert ("--tsa" in ran.err) == (option == "--timestamp")
        assert not made.exists()

    def test_for_a_host(self, tmp_path: Path, package: Path) -> None:
        """A host's key takes its chain and an authority; what is missing is said, each with the option that gives it."""
        holder = authorities.newsroom()
        key, chain, trust = tmp_path / "h.pem", tmp_path / "chain.pem", tmp_path / "trust.toml"
        key.touch(0o600)
        key.write_bytes(holder.key_pem)
        chain.write_text(holder.pem)
        (tmp_path / "tsa.pem").write_text(authorities.pem.written([tsa.root().der]))
        (tmp_path / "root.pem").write_text(authorities.pem.written([authorities.root().der]))
        trust.write_text('domain-roots = ["root.pem"]\ntimestamp-roots = ["tsa.pem"]\n')
        for missing, options in (("--certificate", []), ("--timestamp", ["--certificate", chain])):
            ran = run("sign", package, "--key", key, *options)
            assert 2 == ran.status
            assert missing in ran.err
        post = tsa.answering(at=tsa.AT)
        with tsa.serving(
            lambda path, body: (200, "application/timestamp-reply", post(path, body))
        ) as address:
            options = ["--certificate", chain, "--timestamp", address, "--trust", trust]
            ran = run("sign", package, "--key", key, *options, "--json")

        assert (0, DOMAIN) == (ran.status, ran.last["domain"])
        assert "signature.verified" in codes(package, "--signer", DOMAIN, "--trust", trust)

    @pytest.mark.parametrize("status", [200, 404, 500])
    def test_an_authority_that_does_not_stamp(self, tmp_path: Path, package: Path, status: int) -> None:
        """An answer that is no token stops the signing, and leaves the package as it was."""
        holder = authorities.newsroom()
        key, chain, before = tmp_path / "h.pem", tmp_path / "chain.pem", package.read_bytes()
        key.touch(0o600)
        key.write_bytes(holder.key_pem)
        chain.write_text(holder.pem)
        with tsa.serving(lambda path, body: (status, "text/html", b"<p>Welcome</p>")) as address:
            ran = run("sign", package, "--key", key, "--certificate", chain, "--timestamp", address)

        assert ran.status in (2, 3)
        assert "authority" in ran.err
        assert before == package.read_bytes()


class TestVerifying:
    """`verify --signer`, `--trust` and `--require signature`."""

    def test_exit_statuses(self, package: Path, key: Path, tmp_path: Path) -> None:
        """0 by whom was named; 1 by somebody else, or by nobody; 4 where it was only required, and by whom is unknown."""
        stranger = f"sha256:{'0' * 64}"
        unsigned = tmp_path / "unsigned.wacz"
        unsigned.write_bytes(package.read_bytes())
        run("sign", package, "--key", key)
        expected = {
            (package, "--signer", fingerprint(key)): 0,
            (package, "--signer", stranger): 1,
            (package, "--signer", stranger, "--signer", fingerprint(key)): 0,
            (package, "--signer", "newsroom.example"): 1,
            (package, "--require", "signature"): 4,
            (package,): 0,
            (unsigned, "--signer", fingerprint(key)): 1,
            (unsigned, "--require", "signature"): 1,
            (unsigned,): 0,
            (package, "--signer", "nobody"): 2,
            (package, "--trust", tmp_path / "absent.toml"): 2,
        }

        assert expected == {arguments: run("verify", *arguments).status for arguments in expected}

    def test_a_trust_file(self, package: Path, key: Path, tmp_path: Path) -> None:
        """Whom a trust file names must have signed, as with --signer."""
        trust = tmp_path / "trust.toml"
        trust.write_text(f"signers = {json.dumps([fingerprint(key)])}\n")

        assert 1 == run("verify", package, "--trust", trust).status
        run("sign", package, "--key", key)
        assert 0 == run("verify", package, "--trust", trust).status

    def test_words(self, package: Path, key: Path) -> None:
        """Of a signature by nobody who was named the words say just that, and not that something is missing."""
        run("sign", package, "--key", key)
        unknown, known = run("verify", package).out, run("verify", package, "--signer", fingerprint(key)).out

        assert "signed, by someone whom nobody named" in unknown
        assert "- signed\n" in known
