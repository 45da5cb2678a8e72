"""What other people's programs say of packages that we signed: authsign 0.6 through `wacz validate`, and OpenSSL."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import authorities
import pytest
import tsa
from authorities import DOMAIN, Holder
from cryptography.hazmat.primitives.asymmetric import ec
from interop.packages_made import foreign_environment, repack, run, tool

import archive
import provenance
from provenance.cli import main

VALIDATE = """
import sys
import authsign.verifier
authsign.verifier.DEFAULT_TRUSTED_ROOTS = sys.argv[1]
from wacz.main import main
sys.exit(main(["validate", "-f", sys.argv[2], "--verify-auth"]))
"""
DIGEST, MANIFEST = "datapackage-digest.json", "datapackage.json"


@attrs.frozen
class Published:
    """A package that a newsroom signed for its host, with everything that others need to believe it."""

    path: Path
    holder: Holder
    folder: Path

    @property
    def signed(self) -> dict[str, str]:
        """What stands under `signedData`."""
        value: dict[str, str] = json.loads(self.member(DIGEST))["signedData"]
        return value

    def member(self, name: str) -> bytes:
        """Return the bytes of a member."""
        with archive.open(self.path) as package:
            return package.read_member(name)


@pytest.fixture(scope="module")
def published(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Build and sign the samples as a newsroom does, with a certificate of yesterday and an authority on loopback."""
    if tsa.OPENSSL is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("signed")
    begin = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    holder = authorities.host(authorities.intermediate(), begin=begin, end=begin + dt.timedelta(days=90))
    key, chain, trusted = folder / "key.pem", folder / "chain.pem", folder / "trust.toml"
    key.touch(0o600)
    key.write_bytes(holder.key_pem)
    chain.write_text(holder.pem)
    (folder / "tsa.pem").write_text(authorities.pem.written([tsa.root().der]))
    (folder / "root.pem").write_text(authorities.pem.written([authorities.root().der]))
    trusted.write_text(
        f'signers = ["{DOMAIN}"]\ndomain-roots = ["root.pem"]\ntimestamp-roots = ["tsa.pem"]\npublic-roots = false\n'
    )
    path = folder / "signed.wacz"
    with tsa.loopback(folder / "tsa") as authority:
        options = ["--sign", key, "--certificate", chain, "--timestamp", authority.url, "--trust", trusted]
        samples = project / "seeds" / "samples.toml"
        arguments = ["build", samples, "-o", path, "--quiet", *options]
        assert 0 == main(list(map(str, arguments)))
    return Published(path, holder, folder)


def validated(path: Path, folder: Path, *roots: Holder) -> subprocess.CompletedProcess[str]:
    """Run `wacz validate --verify-auth` with the fingerprints of these roots in place of the public ones."""
    pytest.importorskip("authsign", reason="authsign is not installed: see .ci/run")
    pytest.importorskip("wacz", reason="wacz is not installed: see .ci/run")
    prints = [hashlib.sha256(root.der).hexdigest() for root in roots]
    listed = folder / f"roots-{len(roots)}-{prints[0][:8]}.yaml"
    listed.write_text(
        f"domain_cert_roots: {json.dumps(prints)}\ntimestamp_cert_roots: {json.dumps(prints)}\n"
    )
    return subprocess.run(
        [sys.executable, "-c", VALIDATE, str(listed), str(path)],
        env=foreign_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


def test_we_verify_it(published: Published) -> None:
    """With the newsroom's trust file the package is sound, its signature and its time-stamp are checked."""
    report = provenance.verify(published.path, trust=published.folder / "trust.toml", require=["timestamp"])

    assert "sound" == report.verdict
    for aspect in ("signatures", "timestamps"):
        assert (1, 1) == (report.coverage[aspect].checked, report.coverage[aspect].present)


class TestAuthsign:
    """`wacz validate --verify-auth`: the field's own verifier, with our test roots."""

    def test_it_accepts_ours(self, published: Published) -> None:
        """A package signed for a host is valid, signature and time-stamp with it."""
        said = validated(published.path, published.folder, authorities.root(), tsa.root())

        assert 0 == said.returncode, said.stdout
        assert "Successfully verified signature" in said.stdout

    def test_it_knows_the_roots_it_was_given(self, published: Published) -> None:
        """With other roots the same package is refused: the test above can fail."""
        said = validated(published.path, published.folder, authorities.rogue())

        assert "Successfully verified signature" not in said.stdout
        assert 0 != said.returncode or "Validation failed" in said.stdout

    def test_a_package_signed_afterwards(self, published: Published) -> None:
        """Signing anew a package that is there gives one that is accepted as well."""
        again = published.folder / "again.wacz"
        shutil.copy(published.path, again)
        with tsa.loopback(published.folder / "tsa-again") as authority:
            options = ["--certificate", published.folder / "chain.pem", "--timestamp", authority.url]
            options += ["--trust", published.folder / "trust.toml", "--force", "--quiet"]
            arguments = ["sign", again, "--key", published.folder / "key.pem", *options]
            assert 0 == main(list(map(str, arguments)))
        said = validated(again, published.folder, authorities.root(), tsa.root())

        assert 0 == said.returncode, said.stdout
        assert "Successfully verified signature" in said.stdout

    def test_what_it_overlooks_and_we_do_not(self, published: Published) -> None:
        """A package rewritten under an old signature is valid to it, and unsound to us."""
        manifest = published.member(MANIFEST).replace(b'"title"', b'"Title"')
        value = json.loads(published.member(DIGEST))
        value["hash"] = f"sha256:{hashlib.sha256(manifest).hexdigest()}"
        text = (json.dumps(value, indent=2) + "\n").encode()
        forged = repack(published.path, published.folder / "forged.wacz", {MANIFEST: manifest, DIGEST: text})
        said = validated(forged, published.folder, authorities.root(), tsa.root())
        report = provenance.verify(forged, trust=published.folder / "trust.toml")

        assert "Successfully verified signature" in said.stdout
        assert "unsound" == report.verdict
        assert "signature.other-content" in {finding.code for finding in report.findings}


class TestOpenssl:
    """A stranger with `openssl` verifies signature, certificates and time-stamp by hand."""

    def test_the_signature(self, published: Published, tmp_path: Path) -> None:
        """`openssl dgst` verifies the signature over the text of the hash, and not over another."""
        openssl, signed = tool("openssl"), published.signed
        (tmp_path / "chain.pem").write_text(signed["domainCert"])
        public = run(openssl, "x509", "-in", tmp_path / "chain.pem", "-pubkey", "-noout").stdout
        (tmp_path / "public.pem").write_text(public)
        (tmp_path / "signature").write_bytes(base64.b64decode(signed["signature"]))
        for text, status in ((signed["hash"], 0), (signed["hash"] + " ", 1)):
            (tmp_path / "hash").write_text(text)
            said = run(
                openssl, "dgst", "-sha256", "-verify", tmp_path / "public.pem", "-signature",
                tmp_path / "signature", tmp_path / "hash",
            )  # fmt: skip
            assert status == said.returncode, said.stdout

    def test_the_time_stamp(self, published: Published, tmp_path: Path) -> None:
        """`openssl ts -verify` verifies the token over the base64 text of the signature."""
        openssl, signed = tool("openssl"), published.signed
        (tmp_path / "token").write_bytes(base64.b64decode(signed["timeSignature"]))
        (tmp_path / "chain.pem").write_text(signed["timestampCert"])
        for text, status in ((signed["signature"], 0), (signed["signature"] + " ", 1)):
            (tmp_path / "signature").write_text(text)
            said = run(
                openssl, "ts", "-verify", "-in", tmp_path / "token", "-data", tmp_path / "signature",
                "-CAfile", published.folder / "tsa.pem", "-untrusted", tmp_path / "chain.pem",
            )  # fmt: skip
            assert status == said.returncode, said.stdout


def test_the_layout(published: Published) -> None:
    """Clients split chains at blank lines, compare dates letter by letter, and rebuild the base64 text."""
    signed = published.signed
    manifest = json.loads(published.member(MANIFEST))

    assert 3 == len(signed["domainCert"].split("\n\n"))
    assert 2 == len(signed["timestampCert"].split("\n\n"))
    assert manifest["created"] == signed["created"]
    assert f"sha256:{hashlib.sha256(published.member(MANIFEST)).hexdigest()}" == signed["hash"]
    assert isinstance(published.holder.key.curve, ec.SECP256R1)
    assert 0x30 == base64.b64decode(signed["signature"])[0]
    assert {
        "hash", "created", "software", "version", "signature", "domain", "domainCert", "timeSignature", "timestampCert",
    } == set(signed)  # fmt: skip


def test_real_packages_of_others(gold: Path) -> None:
    """Of the real signed packages, each labelled valid has a right signature, and the others are refused for theirs."""
    rows = json.loads((gold / "warc" / "manifest.json").read_text())
    seen = set()
    for row in (row for row in rows if row["file"].endswith(".wacz") and row["label"]):
        report = provenance.verify(gold / "warc" / "files" / row["file"])
        if not report.coverage["signatures"].present:
            continue
        codes = {each.code for each in report.findings if each.level == "authenticity"}
        failed = {each.code for each in report.findings if each.status == "failed"}
        seen.add(row["label"])
        if row["label"] == "valid":
            assert {"signature.signer-unknown"} == codes, row["file"]
            assert "sound" == report.verdict
            host = json.loads(_digest(gold / "warc" / "files" / row["file"]))["signedData"]["domain"]
            assert "sound" == provenance.verify(gold / "warc" / "files" / row["file"], signer=host).verdict
        else:
            assert {"signature"} == {code.partition(".")[0] for code in failed}, row["file"]
    assert {"valid", "invalid"} == seen


def _digest(path: Path) -> bytes:
    with archive.open(path) as package:
        return package.read_member(DIGEST)
