"""The verbs prove, check-proof and withhold, and building with a salt key."""

from __future__ import annotations

import json
from pathlib import Path

import harbour
import pytest
from cli.command import run
from damage import forge


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Return the package of three reports."""
    path = tmp_path / "whole.wacz"
    path.write_bytes(harbour.package())
    return path


def test_prove_and_check(whole: Path, tmp_path: Path) -> None:
    """A proof is written once, says what it proves, and is sound; asked for in words it names the record."""
    proof = tmp_path / "p.json"
    made = run("prove", whole, "2", "-o", proof, "--json")
    checked = run("check-proof", proof, "--json")
    words = run("check-proof", proof)

    assert (0, 3, 10) == (made.status, made.last["records"], made.last["of_records"])
    assert harbour.SKIPPER_URL == made.last["target_uri"]
    assert forge.sha256(forge.members(harbour.package())[forge.MANIFEST]) == made.last["manifest_digest"]
    assert proof.stat().st_size == made.last["bytes"]
    assert (0, "sound") == (checked.status, checked.last["verdict"])
    assert ["source", "text", "articles"] == [row["role"] for row in checked.of("proven")[0]["records"]]
    assert "Skipper praised by the coastguard" in words.out
    assert 2 == run("prove", whole, "2", "-o", proof).status
    assert 0 == run("prove", whole, "2", "-o", proof, "--force").status


def test_only_the_proof_is_missing() -> None:
    """Without arguments only the proof is asked for: the files beside it are for a proof that has digests only."""
    assert "required: PROOF.json\n" in run("check-proof").err


def test_an_output_that_exists(whole: Path, tmp_path: Path) -> None:
    """An output that is there is not replaced, and it is said how to have it replaced."""
    proof = tmp_path / "proof.json"
    proof.write_text("mine", encoding="utf-8")
    ran = run("prove", whole, "1", "-o", proof)

    assert ran.status == 2
    assert "--force" in ran.err
    assert proof.read_text(encoding="utf-8") == "mine"


def test_an_ambiguous_article(whole: Path, tmp_path: Path) -> None:
    """What could be meant is listed, and nothing is written."""
    made = run("prove", whole, "e", "-o", tmp_path / "p.json")

    assert 2 == made.status
    assert harbour.SKIPPER_URL in made.err
    assert not (tmp_path / "p.json").exists()


def test_exit_statuses(whole: Path, tmp_path: Path) -> None:
    """Checking exits as verify does: 0 sound, 1 unsound, 2 misused, 3 unreadable, 4 undecided."""
    proof, bare, records = tmp_path / "p.json", tmp_path / "bare.json", tmp_path / "r.warc.gz"
    run("prove", whole, "2", "-o", proof)
    run("prove", whole, "2", "-o", bare, "--without-content", "--records", records)
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(proof.read_bytes().replace(b'"index": 4', b'"index": 3'))

    assert 0 == run("check-proof", bare, records).status
    assert 1 == run("check-proof", damaged).status
    assert [] == run("check-proof", damaged, "--json").of("proven")
    assert "in the package" not in run("check-proof", damaged).out
    assert 2 == run("check-proof", proof, "--root", "abc").status
    assert 2 == run("check-proof", proof, "--manifest", "sha256:abc").status
    assert 3 == run("check-proof", whole).status
    assert 3 == run("check-proof", tmp_path / "nowhere").status
    assert 3 == run("check-proof", proof, "--manifest", tmp_path / "nowhere").status
    assert 4 == run("check-proof", bare).status
    assert 1 == run("check-proof", proof, "--require", "signature").status


def test_what_is_known_by_another_way(whole: Path, tmp_path: Path) -> None:
    """A manifest is given as a file or by its digest, a root by its digest; another one makes the proof unsound."""
    proof, manifest, other = tmp_path / "p.json", tmp_path / "datapackage.json", tmp_path / "other.json"
    root = run("prove", whole, "2", "-o", proof, "--json").last["root"]
    manifest.write_bytes(forge.members(harbour.package())[forge.MANIFEST])
    other.write_bytes(b"{}")

    assert 0 == run("check-proof", proof, "--manifest", manifest, "--root", root).status
    assert 0 == run("check-proof", proof, "--manifest", forge.sha256(manifest.read_bytes())).status
    assert 1 == run("check-proof", proof, "--manifest", other).status
    assert 1 == run("check-proof", proof, "--root", "sha256:" + "0" * 64).status


def test_withhold(whole: Path, tmp_path: Path) -> None:
    """A report is withheld, the rest verifies, and verify says so; the reason is asked for."""
    left = tmp_path / "left.wacz"
    made = run(
        "withhold", whole, harbour.SKIPPER_URL, "-o", left, "--reason", "to protect a source", "--json"
    )
    verified = run("verify", left, "--json")

    assert (0, 3, 7, 1) == (made.status, made.last["withheld"], made.last["kept"], made.last["documents"])
    assert (0, "sound") == (verified.status, verified.last["verdict"])
    assert "withheld.records" in [row["code"] for row in verified.of("finding")]
    assert 2 == run("withhold", whole, "1", "-o", tmp_path / "x.wacz").status
    assert harbour.withheld() == left.read_bytes()
    assert ["resource", "conversion", "metadata"] == [row["record_type"] for row in made.of("withheld")]
    assert 2 == run("withhold", whole, "1", "-o", tmp_path / "x.wacz", "--reason", " ").status


def test_what_is_still_told(tmp_path: Path) -> None:
    """Without a key it is said that guesses can be tested; what is named in the manifest is refused unless asked for."""
    whole, left = tmp_path / "whole.wacz", tmp_path / "left.wacz"
    whole.write_bytes(harbour.package(salted=False))
    refused = run("withhold", whole, "1", "-o", left, "--reason", "x")

    assert 2 == refused.status
    assert "withheld.mentioned" in refused.out
    assert "--even-so" in refused.err
    assert not left.exists()
    even_so = run("withhold", whole, "1", "-o", left, "--reason", "x", "--even-so")
    assert 0 == even_so.status
    assert "withheld.guessable" in even_so.out


def test_build_with_a_salt_key(tmp_path: Path) -> None:
    """`build --salt-key` salts every record, refuses a key that others can read, and the same key gives the same bytes."""
    key, text = tmp_path / "salt.key", tmp_path / "a.txt"
    key.write_bytes(harbour.KEY)
    key.chmod(0o600)
    text.write_text(harbour.FERRY)
    packages = [tmp_path / "1.wacz", tmp_path / "2.wacz"]
    for package in packages:
        arguments = ("build", text, "-o", package, "--created-at", "2024-03-06T10:00:00Z", "--salt-key", key)
        assert 0 == run(*arguments).status
    rows = json.loads(forge.members(packages[0].read_bytes())[forge.MANIFEST])
    key.chmod(0o644)

    assert packages[0].read_bytes() == packages[1].read_bytes()
    assert "mainPageUrl" not in rows
    assert 0 == run("verify", packages[0]).status
    assert 2 == run("build", text, "-o", tmp_path / "3.wacz", "--salt-key", key).status
    assert not (tmp_path / "3.wacz").exists()


def test_a_withholding_is_recorded(whole: Path, tmp_path: Path) -> None:
    """The custody log is told which package was made, out of which, by whom and why; without `--record` there is none."""
    left, log = tmp_path / "left.wacz", tmp_path / "log"
    asked = ("withhold", whole, "2", "-o", left, "--force", "--reason", "a source is in danger", "--even-so")

    assert 0 == run(*asked).status
    assert not log.exists()
    assert 0 == run(*asked, "--record", log, "--actor", "Cy").status
    (line,) = map(json.loads, log.read_bytes().splitlines())
    assert ("withheld", "Cy", "a source is in danger") == (line["event"], line["actor"], line["reason"])
    assert ("left.wacz", "whole.wacz") == (line["subject"]["name"], line["from"][0]["name"])
    assert forge.sha256(left.read_bytes()) == line["subject"]["digest"]


def test_a_proof_says_what_it_does_not_prove(whole: Path, tmp_path: Path) -> None:
    """The answer ends with what is not proven, in words and in the summary."""
    proof = tmp_path / "p.json"
    run("prove", whole, "2", "-o", proof)

    assert run("check-proof", proof, "--json").last["not_proven"]
    assert "not proven" in run("check-proof", proof).out.lower()
