"""What docs/independent-verification.md says works as it stands there, and comes to the same verdict as we do.

Program and commands are taken out of the page, so that they cannot be other than those that a stranger reads.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import authorities
import packages
import pytest
import signers
import tsa
from damage import forge
from damage import test_damage_table as table
from damage.forge import DIGEST, MANIFEST, WARC
from house import ROOT

import provenance
from archive.findings import Verdict
from archive.wacz.evidence import Kind, Row
from provenance.collection import Statement

PAGE = (ROOT / "docs" / "independent-verification.md").read_text(encoding="utf-8")
(PROGRAM,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [
    line.partition("  #")[0]
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
CODE = compile(PROGRAM, "check.py", "exec")
WHOLE = packages.build(3)
PARTS = forge.members(WHOLE)
OPENSSL = shutil.which("openssl")


def check(data: bytes, folder: Path, *expected: str) -> str:
    """Run the program of the page in this process; return what it says, `sound: …` or `unsound: …` or its error."""
    (folder / "package.wacz").write_bytes(data)
    before, sys.argv = sys.argv, ["check.py", "package.wacz", *expected]
    out = io.StringIO()
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(out):
            exec(CODE, {"__name__": "__main__"})
    except SystemExit as stopped:
        return str(stopped.code)
    except Exception as error:  # noqa: BLE001 - a program that fails has not said `sound`
        return f"error: {error!r}"
    finally:
        sys.argv = before
    return out.getvalue()


def is_sound(data: bytes) -> bool:
    """Say whether the checks of this software have nothing against a package."""
    return packages.verify(data).verdict is Verdict.SOUND


class TestProgram:
    """The program by itself."""

    def test_it_is_short(self):
        """The program has sixty lines at most, and imports nothing that does not come with Python."""
        lines = [line for line in PROGRAM.splitlines() if line.strip()]
        imported = set(re.findall(r"\w+", lines[0].removeprefix("import ")))

        assert len(lines) <= 60
        assert imported <= sys.stdlib_module_names
        assert not [line for line in lines[1:] if re.match(r"\s*(import|from) ", line)]

    def test_as_a_stranger_runs_it(self, tmp_path: Path):
        """Run by a bare Python it says `sound` with status 0, and `unsound` with status 1."""
        (tmp_path / "check.py").write_text(PROGRAM, encoding="utf-8")
        (tmp_path / "good.wacz").write_bytes(WHOLE)
        (tmp_path / "bad.wacz").write_bytes(WHOLE.replace(b"Part 1", b"Part 7"))

        def ran(name: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-I", "-S", "check.py", name]
            return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        good, bad = ran("good.wacz"), ran("bad.wacz")
        assert (good.returncode, good.stdout.split()[:2]) == (0, ["sound:", forge.sha256(PARTS[MANIFEST])])
        assert (bad.returncode, bad.stderr.split(":")[0]) == (1, "unsound")

    @pytest.mark.parametrize("pages", [0, 1, 2, 5, 40])
    def test_packages_of_any_size(self, tmp_path: Path, pages: int):
        """A sound package is sound, whatever the form of its tree."""
        assert check(packages.build(pages), tmp_path).startswith("sound")

    def test_packages_of_many_kinds(self, tmp_path: Path):
        """Split over several WARCs, salted, or of another compressor: sound."""
        salted = packages.build(salt_key=b"0123456789abcdef")

        assert check(packages.build(3, warc_bytes=900), tmp_path).startswith("sound")
        assert check(salted, tmp_path).startswith("sound")
        assert check(packages.tiny(), tmp_path).startswith("sound")

    def test_a_package_of_documents(self, tmp_path: Path, project: Path):
        """The samples, read and traced, with what is stated of the collection: sound."""
        about = Statement(collector="Ilse Brandt")
        with provenance.build(tmp_path / "made.wacz", about=about) as package:
            package.add(project / "seeds" / "samples")

        assert check((tmp_path / "made.wacz").read_bytes(), tmp_path).startswith("sound")

    def test_the_manifest_that_was_expected(self, tmp_path: Path):
        """With the manifest's digest from elsewhere, another package is refused however well it is made."""
        expected = forge.sha256(PARTS[MANIFEST])

        assert check(WHOLE, tmp_path, expected).startswith("sound")
        assert check(packages.build(2), tmp_path, expected).startswith("unsound")


def damages() -> Iterator[object]:
    """Give every damage of the table at each depth, and whether the manifest got a new digest there."""
    digest = (forge.redigest,)
    for name, (damage, columns) in table.RECORD_DAMAGES.items():
        for depth in columns:
            repairs = forge.redigest in depth.value
            yield pytest.param(damage, depth.value, repairs, id=f"{name}-{depth.name}")
    for name, (damage, _) in table.INDEX_DAMAGES.items():
        for steps in ((), (forge.rehash,), (forge.rehash, *digest)):
            yield pytest.param(damage, steps, len(steps) > 1, id=f"{name}-{len(steps)}")
    for name, (damage, _) in table.MANIFEST_DAMAGES.items():
        yield pytest.param(damage, (), False, id=name)
        yield pytest.param(damage, digest, True, id=f"{name}-redigested")
    for name, (damage, _) in table.DIGEST_DAMAGES.items():
        yield pytest.param(damage, (), False, id=f"digest {name}")


@pytest.mark.parametrize(("damage", "steps", "redigested"), list(damages()))
def test_the_same_verdict(tmp_path: Path, damage: table.Damage, steps: tuple, redigested: bool) -> None:
    """Of every damage of the table, at every depth of repair, the program says what `verify` says.

    Where the digest of the manifest was made anew too, the program is given the one that was published: then it refuses
    what no check of the bytes alone can, and never accepts what `verify` refuses.
    """
    parts = dict(table.PARTS)
    damage(parts)
    for step in steps:
        step(parts)
    data = forge.pack(parts)
    expected = (forge.sha256(table.PARTS[MANIFEST]),) if redigested else ()
    said = check(data, tmp_path, *expected).startswith("sound")

    if data == forge.pack(table.PARTS):
        assert said
    elif redigested:
        assert not said
    else:
        assert said == is_sound(data)


def test_every_byte(tmp_path: Path) -> None:
    """No byte of a package can be flipped without the program noticing."""
    whole = packages.tiny()
    for place in range(len(whole)):
        flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert not check(flipped, tmp_path).startswith("sound"), place


@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl on this machine")
class TestSignatures:
    """The commands of the page, on signed packages."""

    def commands(self, *words: str) -> Iterator[str]:
        """Give the openssl commands of the page that have none of these words in them."""
        return (
            line
            for line in COMMANDS
            if line.startswith("openssl ") and not any(word in line for word in words)
        )

    def run(
        self, folder: Path, command: str, at: dt.datetime = signers.AT
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the page with what a reader fills in."""
        filled = command.replace("SECONDS", str(int(at.timestamp()))).replace("HOST", authorities.DOMAIN)
        return subprocess.run(["sh", "-c", filled], cwd=folder, capture_output=True, text=True, check=False)

    def roots(self, folder: Path) -> None:
        """Put the authorities that are trusted into the folder."""
        (folder / "roots.pem").write_text(authorities.root().pem)
        (folder / "time-roots.pem").write_text(tsa.root().pem)

    def test_a_bare_key(self, tmp_path: Path):
        """A package signed by a bare key passes the commands for one, and the fingerprint is the key's."""
        data = forge.pack(signers.signed(signers.anonymous()))
        assert "openssl has to check" in check(data, tmp_path)
        ran = [self.run(tmp_path, each) for each in self.commands("domainCert", "timeSignature", "evidence")]

        assert [each.returncode for each in ran] == [0] * 3
        assert "Verified OK" in ran[1].stdout
        assert ran[2].stdout.split()[0] in signers.anonymous().fingerprint

    def test_a_host(self, tmp_path: Path):
        """A package signed by a host passes the others: the signature, its stamp, and the certificates at that time."""
        data = forge.pack(signers.signed(signers.newsroom()))
        assert "openssl has to check" in check(data, tmp_path)
        self.roots(tmp_path)
        ran = {each: self.run(tmp_path, each) for each in self.commands("publicKey")}

        assert {each: (done.returncode, done.stderr) for each, done in ran.items() if done.returncode} == {}
        assert len(ran) == 6

    def test_a_further_stamp(self, tmp_path: Path):
        """A stamp over the manifest itself passes the command that the text gives for it."""
        row = Row(Kind.RFC3161, tsa.token(PARTS[MANIFEST], at=signers.AT)).to_json()
        value = {"path": MANIFEST, "hash": forge.sha256(PARTS[MANIFEST]), "evidence": [row]}
        data = forge.pack({**PARTS, DIGEST: (json.dumps(value, indent=2) + "\n").encode()})
        assert check(data, tmp_path).startswith("sound")
        self.roots(tmp_path)
        (tmp_path / "package").mkdir()
        (tmp_path / "package" / MANIFEST).write_bytes(PARTS[MANIFEST])
        (command,) = re.findall(r"`(openssl ts -verify -in evidence[^`]*)`", PAGE)

        assert self.run(tmp_path, command).returncode == 0
        (tmp_path / "package" / MANIFEST).write_bytes(PARTS[MANIFEST] + b" ")
        assert self.run(tmp_path, command).returncode != 0

    def test_forged_content(self, tmp_path: Path):
        """A package altered under an old signature is refused by the program already, as by us."""
        parts = signers.signed(signers.newsroom())
        value = parts[DIGEST]
        altered = signers.altered(parts)
        new = value.replace(
            b'"hash": "' + forge.sha256(parts[MANIFEST]).encode(),
            b'"hash": "' + forge.sha256(altered[MANIFEST]).encode(),
            1,
        )
        data = forge.pack({**altered, DIGEST: new})

        assert check(data, tmp_path) == "unsound: what is signed is another package"
        assert not is_sound(data)

    def test_a_forged_signature(self, tmp_path: Path):
        """A signature of which a bit was flipped is refused by the command that checks it, as by us."""
        good = signers.signed(signers.newsroom())
        signature = signers.stated(signers.unsigned(), signers.newsroom())["signature"]
        data = forge.pack(signers.changed(signers.newsroom(), signature=signers.flipped(signature)))
        assert check(forge.pack(good), tmp_path).startswith("sound")
        assert check(data, tmp_path).startswith("sound")
        (dgst,) = [each for each in COMMANDS if "dgst" in each]
        self.run(tmp_path, next(each for each in COMMANDS if "x509" in each))

        assert self.run(tmp_path, dgst).returncode != 0
        assert not is_sound(data)

    def test_an_authority_that_nobody_trusts(self, tmp_path: Path):
        """A rogue authority's certificate does not lead to the roots that the reader trusts."""
        data = forge.pack(signers.signed(signers.key(authorities.host(authorities.rogue()))))
        assert check(data, tmp_path).startswith("sound")
        self.roots(tmp_path)

        assert self.run(tmp_path, COMMANDS[-1]).returncode != 0

    def test_unzip_and_sha256sum(self, tmp_path: Path):
        """The commands that look at the members by hand print the digest that is stated."""
        if not (shutil.which("unzip") and shutil.which("sha256sum")):
            pytest.skip("unzip or sha256sum is not installed")
        (tmp_path / "package.wacz").write_bytes(WHOLE)
        unzip, sums = COMMANDS[:2]

        assert self.run(tmp_path, unzip).returncode == 0
        assert forge.sha256(PARTS[MANIFEST]).partition(":")[2] in self.run(tmp_path, sums).stdout
        assert forge.sha256(PARTS[WARC]).partition(":")[2] in self.run(tmp_path, sums).stdout
