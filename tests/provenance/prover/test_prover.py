"""Proofs of single articles: made, checked, and refused for each thing that is not as it was."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import harbour
import pytest
from damage import forge

import archive
from archive.checks.proofs import Expected
from archive.errors import InputError, LimitExceeded, UsageError
from archive.findings import Count, Report, Status, Verdict
from archive.wacz import prooffile
from archive.wacz.prooffile import read_proof
from provenance.examiner import Checked, check
from provenance.prover import prove

Json = dict[str, Any]
Change = Callable[[Json], object]


def good(**options: Any) -> Json:
    """Return the proof of the skipper's report."""
    return json.loads(harbour.proof(**options))


def checked(tmp_path: Path, data: bytes, *files: Path, **options: Any) -> Checked:
    """Check a proof."""
    path = tmp_path / "checked.json"
    path.write_bytes(data)
    return check(path, files, **options)


def codes(report: Report) -> Counter[str]:
    """Count what was found, without notes."""
    return Counter(finding.code for finding in report.findings if finding.status is not Status.NOTE)


def test_a_proof_is_sound(tmp_path: Path) -> None:
    """A proof of an article is sound by itself, and says what it is a proof of."""
    made = checked(tmp_path, harbour.proof())

    assert Verdict.SOUND is made.report.verdict
    assert ["signature.absent"] == [finding.code for finding in made.report.findings]
    assert Count(3, 3) == made.report.coverage["records"]
    assert Count(1, 1) == made.report.coverage["quotations"]
    assert ["source", "text", "articles"] == [role for role, _ in made.records]
    assert harbour.SKIPPER_URL == made.records[0][1].get("WARC-Target-URI")
    assert ["Skipper praised by the coastguard"] == [told.headline for told in made.articles]


def test_each_record_is_proven(tmp_path: Path) -> None:
    """Every record of a package can be proven by its id: alone, or with what was derived from it."""
    with archive.open(io.BytesIO(harbour.package()), name="a.wacz") as package:
        ids = [record.header.get("WARC-Record-ID") for record in package.records()]
    documents = [ids[at] for at in (harbour.FERRY_AT, harbour.SKIPPER_AT, harbour.BREAKWATER_AT)]

    for identity in documents:
        made = checked(tmp_path, harbour.proof(identity))

        assert Verdict.SOUND is made.report.verdict
        assert identity == made.records[0][1].get("WARC-Record-ID")


def test_the_file_is_spelled_in_one_way() -> None:
    """A proof is the JSON of its content with an indent of one, a line end behind it, whatever is in it."""
    assert harbour.dumps(good()) == harbour.proof()
    assert harbour.dumps(good(content=False)) == harbour.proof(content=False)


def test_blocks_in_pieces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """However a block is cut into pieces while it is written, the proof has the same bytes."""
    whole = harbour.proof()
    monkeypatch.setattr(prooffile, "_PIECE_BYTES", 3)
    (tmp_path / "a.wacz").write_bytes(harbour.package())
    prove(tmp_path / "a.wacz", harbour.SKIPPER_URL, tmp_path / "p.json")

    assert whole == (tmp_path / "p.json").read_bytes()


def test_too_large_for_a_proof(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Records too large for a JSON file are refused with what to do, and proven by their digests beside a WARC."""
    monkeypatch.setattr("provenance.prover.MOST_CONTENT_BYTES", 100)
    (tmp_path / "a.wacz").write_bytes(harbour.package())
    with pytest.raises(UsageError, match="too large") as refused:
        prove(tmp_path / "a.wacz", "2", tmp_path / "p.json")

    assert "--without-content" in (refused.value.hint or "")
    assert ["a.wacz"] == [path.name for path in tmp_path.iterdir()]


def test_too_large_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond what is read as a whole is refused by its limit."""
    monkeypatch.setattr(prooffile, "MOST_BYTES", 1000)
    with pytest.raises(LimitExceeded):
        read_proof(io.BytesIO(harbour.proof()), "p.json")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Return a WARC with the proven records, as `prove` writes it."""
    (tmp_path / "a.wacz").write_bytes(harbour.package())
    out = tmp_path / "records.warc.gz"
    prove(tmp_path / "a.wacz", "2", tmp_path / "p.json", with_content=False, records_to=out)
    return out


def test_nothing_that_is_read_is_written_over(tmp_path: Path) -> None:
    """Neither proof nor records replace the package, by whatever name, nor one the other; beside it both are written."""
    package, link, out = tmp_path / "a.wacz", tmp_path / "b.wacz", tmp_path / "p.json"
    package.write_bytes(harbour.package())
    link.hardlink_to(package)
    for path, records_to in ((package, None), (link, None), (out, package), (out, out)):
        with pytest.raises(UsageError):
            prove(package, "2", path, records_to=records_to, overwrite=True)
    assert harbour.package() == package.read_bytes()
    assert not out.exists()

    prove(package, "2", out, records_to=tmp_path / "r.warc.gz", overwrite=True)
    assert Verdict.SOUND is check(out).report.verdict


def test_without_content(tmp_path: Path, records: Path) -> None:
    """Digests alone are undecided; with the records beside them sound, gzipped, plain or in the package itself."""
    alone = checked(tmp_path, harbour.proof(content=False))
    plain = tmp_path / "records.warc"
    plain.write_bytes(gzip.decompress(records.read_bytes()))

    assert Verdict.UNDECIDED is alone.report.verdict
    assert {"proof.content-not-given": 3} == codes(alone.report)
    assert () == alone.records
    for file in (records, plain, tmp_path / "a.wacz"):
        beside = checked(tmp_path, harbour.proof(content=False), file)

        assert Verdict.SOUND is beside.report.verdict
        assert Count(3, 3) == beside.report.coverage["records"]
        assert ["Skipper praised by the coastguard"] == [told.headline for told in beside.articles]


def test_some_of_the_records(tmp_path: Path, records: Path) -> None:
    """Where only one of three records is given, the other two stay unchecked."""
    one = tmp_path / "one.warc"
    one.write_bytes(gzip.decompress(forge.records(forge.members(harbour.package()))[harbour.SKIPPER_AT]))
    made = checked(tmp_path, harbour.proof(content=False), one)

    assert Verdict.UNDECIDED is made.report.verdict
    assert {"proof.content-not-given": 2} == codes(made.report)
    assert Count(1, 3) == made.report.coverage["records"]


def test_another_record_beside_a_proof(tmp_path: Path) -> None:
    """A file that holds none of the records is found, even beside a proof that has its content."""
    other = tmp_path / "other.warc"
    other.write_bytes(gzip.decompress(forge.records(forge.members(harbour.package()))[harbour.FERRY_AT]))

    for content in (True, False):
        found = codes(checked(tmp_path, harbour.proof(content=content), other).report)
        assert 1 == found["proof.record-not-here"]


def test_an_altered_record_beside_a_proof(tmp_path: Path, records: Path) -> None:
    """Whichever byte of a record's header or block is altered, the proof does not speak for it."""
    plain, altered = gzip.decompress(records.read_bytes()), tmp_path / "altered.warc"
    head, _, rest = plain.partition(b"\r\n\r\n")
    for place in (20, len(head) - 1, len(head) + 4 + 30, len(head) + 4 + len(harbour.SKIPPER.encode()) - 1):
        data = bytearray(plain)
        data[place] ^= 1
        altered.write_bytes(data)
        made = checked(tmp_path, harbour.proof(content=False), altered).report

        assert made.verdict in (Verdict.UNSOUND, Verdict.UNDECIDED)
        assert made.coverage["records"].checked < 3
    assert 1 == codes(made)["proof.block-differs"]
    assert rest


def _manifest(change: Change) -> Change:
    """Return a change of the manifest, with its digest made right."""

    def altered(proof: Json) -> None:
        manifest = json.loads(proof["manifest"])
        change(manifest)
        proof["manifest"] = json.dumps(manifest, indent=2) + "\n"
        value = {"path": forge.MANIFEST, "hash": forge.sha256(proof["manifest"].encode())}
        proof["manifest_digest"] = json.dumps(value, indent=2) + "\n"

    return altered


def _content(number: int, name: str, change: Callable[[bytes], bytes], *, digest: bool = False) -> Change:
    """Return a change of a record's header or block, with its digest in the leaf made right or not."""

    def altered(proof: Json) -> None:
        record = proof["records"][number]
        data = change(base64.b64decode(record[name]))
        record[name] = base64.b64encode(data).decode()
        if digest:
            record["proof"][f"{name}_digest"] = forge.sha256(data)

    return altered


def _own(name: str, value: Any) -> Change:
    return lambda proof: proof["records"][0]["proof"].update({name: value})


def _signed(proof: Json) -> None:
    value = json.loads(proof["manifest_digest"])
    value["signedData"] = {"hash": "sha256:" + "0" * 64, "created": None}
    proof["manifest_digest"] = json.dumps(value, indent=2) + "\n"


DAMAGES: dict[str, tuple[Change, set[str]]] = {
    "the digest is that of another manifest": (
        lambda proof: proof.update(manifest=proof["manifest"].replace("Harbour", "Harbor")),
        {"proof.manifest-differs"},
    ),
    "the digest has another form": (
        lambda proof: proof.update(manifest_digest=json.dumps(json.loads(proof["manifest_digest"]))),
        {"proof.manifest-differs"},
    ),
    "the digest is no JSON": (lambda proof: proof.update(manifest_digest="{"), {"proof.manifest-differs"}),
    "the digest is a list": (lambda proof: proof.update(manifest_digest="[]"), {"proof.manifest-differs"}),
    "the signature is over another manifest": (_signed, {"signature.other-content", "signature.incomplete"}),
    "the manifest has no root": (
        _manifest(lambda manifest: manifest.pop("provenance:records")),
        {"proof.manifest-broken"},
    ),
    "the manifest has a root of an unknown form": (
        _manifest(lambda manifest: manifest["provenance:records"].update(form="another/9")),
        {"proof.manifest-broken"},
    ),
    "the manifest is a list": (
        lambda proof: proof.update(manifest="[]"),
        {"proof.manifest-broken", "proof.manifest-differs"},
    ),
    "the manifest has another root": (
        _manifest(lambda manifest: manifest["provenance:records"].update(root="sha256:" + "0" * 64)),
        {"proof.root-differs"},
    ),
    "the manifest counts other records": (
        _manifest(lambda manifest: manifest["provenance:records"].update(records=11)),
        {"proof.size-differs"},
    ),
    "the manifest lists no WARC": (
        _manifest(lambda manifest: manifest["resources"].pop(0)),
        {"proof.member-unlisted"},
    ),
    "the tree is larger": (_own("records", 11), {"proof.size-differs"}),
    "the path is shorter": (
        lambda proof: proof["records"][0]["proof"]["path"].pop(),
        {"proof.path-broken"},
    ),
    "the path is longer": (
        lambda proof: proof["records"][0]["proof"]["path"].append("00" * 32),
        {"proof.path-broken"},
    ),
    "a neighbour is another": (
        lambda proof: proof["records"][0]["proof"]["path"].__setitem__(0, "00" * 32),
        {"proof.root-differs"},
    ),
    "the salt is another": (_own("salt", "00" * 32), {"proof.root-differs"}),
    "the place in the tree is another": (_own("index", 5), {"proof.root-differs"}),
    "the place in the WARC is another": (_own("number", 5), {"proof.root-differs"}),
    "the date in the header is another": (
        _content(0, "header", lambda data: data.replace(b"2024-03-06", b"2023-03-06")),
        {"proof.header-differs"},
    ),
    "the date in the header is another, and its digest right": (
        _content(0, "header", lambda data: data.replace(b"2024-03-06", b"2023-03-06"), digest=True),
        {"proof.root-differs", "text.differs", "article.differs"},
    ),
    "a word of the document is another": (
        _content(0, "block", lambda data: data.replace(b"second", b"third")),
        {"proof.block-differs"},
    ),
    "a word of the document is another, and its digest right": (
        _content(0, "block", lambda data: data.replace(b"praised", b"accused"), digest=True),
        {"proof.root-differs", "text.differs", "article.differs"},
    ),
    "a word of the articles is another": (
        _content(2, "block", lambda data: data.replace(b"Gazette", b"Herald")),
        {"proof.block-differs"},
    ),
    "another article is meant": (lambda proof: proof.update(part=1), {"proof.part-missing"}),
    "the document is there alone, and one article meant": (
        lambda proof: proof.update(records=proof["records"][:1]),
        {"proof.role-differs"},
    ),
    "the text is gone": (lambda proof: proof["records"].pop(1), {"proof.role-differs"}),
    "two records are exchanged": (lambda proof: proof["records"].reverse(), {"proof.role-differs"}),
    "two roles are exchanged": (
        lambda proof: (
            proof["records"][1].update(role="articles"),
            proof["records"][2].update(role="text"),
            proof["records"].insert(1, proof["records"].pop()),
        ),
        {"proof.role-differs"},
    ),
    "the text is the document once more": (
        lambda proof: proof["records"].__setitem__(1, {**proof["records"][0], "role": "text"}),
        {"proof.role-differs"},
    ),
    "the text is that of another document": (
        lambda proof: proof["records"].__setitem__(1, json.loads(harbour.proof("1"))["records"][1]),
        {"proof.role-differs"},
    ),
    "the articles are those of another document": (
        lambda proof: proof["records"].__setitem__(2, json.loads(harbour.proof("1"))["records"][2]),
        {"proof.role-differs"},
    ),
    "a derived record is said to be a document": (
        lambda proof: proof.update(part=None, records=[{**proof["records"][1], "role": "source"}]),
        {"proof.role-differs"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_proof(name: str, tmp_path: Path) -> None:
    """Each link of the chain has its own finding, and with it the proof is unsound."""
    change, expected = DAMAGES[name]
    proof = good()
    change(proof)
    made = checked(tmp_path, harbour.dumps(proof)).report

    assert expected == set(codes(made))
    assert Verdict.UNSOUND is made.verdict


@pytest.mark.parametrize(
    "spelled",
    [
        lambda data: data + b" ",
        lambda data: data[:-1],
        lambda data: data.replace(b'"part": 0', b'"part":  0'),
        lambda data: data.replace(b'"part"', b'"\\u0070art"'),
        lambda data: json.dumps(json.loads(data)).encode(),
        lambda data: data.replace(b'"part": 0', b'"part": 1,\n "part": 0'),
    ],
)
def test_another_spelling(tmp_path: Path, spelled: Callable[[bytes], bytes]) -> None:
    """The same content in another spelling is found, so that no byte can be altered unnoticed."""
    report = checked(tmp_path, spelled(harbour.proof())).report

    assert {"proof.not-canonical": 1} == codes(report)
    assert Verdict.UNSOUND is report.verdict


NOT_PROOFS: dict[str, Change] = {
    "another form": lambda proof: proof.update(form="source-provenance-proof/2"),
    "a key more": lambda proof: proof.update(more=1),
    "a key less": lambda proof: proof.pop("part"),
    "keys in another order": lambda proof: proof.update(form=proof.pop("form")),
    "a part that is none": lambda proof: proof.update(part=True),
    "a part below nought": lambda proof: proof.update(part=-1),
    "a manifest that is no text": lambda proof: proof.update(manifest={}),
    "half a character": lambda proof: proof.update(manifest="\ud800"),
    "no records": lambda proof: proof.update(records=[]),
    "a record that is none": lambda proof: proof.update(records=[1]),
    "a role that is no text": lambda proof: proof["records"][0].update(role=1),
    "a header without a block": lambda proof: proof["records"][0].update(block=None),
    "no base64": lambda proof: proof["records"][0].update(block="?"),
    "base64 beyond ASCII": lambda proof: proof["records"][0].update(block="é"),
    "base64 with bits to spare": lambda proof: proof["records"][0].update(block="QR=="),
    "a block that is no text": lambda proof: proof["records"][0].update(block=1),
    "a proof that is none": lambda proof: proof["records"][0].update(proof=[]),
    "a proof with more": lambda proof: proof["records"][0]["proof"].update(more=1),
    "a salt in capitals": lambda proof: proof["records"][0]["proof"].update(
        salt=proof["records"][0]["proof"]["salt"].upper()
    ),
    "a digest with a blank": lambda proof: proof["records"][0]["proof"].update(header_digest="sha256:1 2"),
    "half a character in a name": lambda proof: proof["records"][0]["proof"].update(member="\ud800"),
}


@pytest.mark.parametrize("name", NOT_PROOFS)
def test_what_is_no_proof(name: str, tmp_path: Path) -> None:
    """What is not of the form is unreadable, with the reason; nothing escapes."""
    proof = good()
    NOT_PROOFS[name](proof)
    report = checked(tmp_path, harbour.dumps(proof)).report

    assert Verdict.UNREADABLE is report.verdict
    assert "not a proof that can be read" in report.stopped_by.message


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, harbour.package()[:5000]])
def test_other_files(data: bytes, tmp_path: Path) -> None:
    """Files that are something else are unreadable."""
    assert Verdict.UNREADABLE is checked(tmp_path, data).report.verdict


def test_a_pipe_is_no_proof(tmp_path: Path) -> None:
    """A pipe is no proof; nobody waits for who might write into it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert "regular" in str(check(pipe).report.stopped_by)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A proof that cannot be opened is unreadable."""
    assert Verdict.UNREADABLE is check(tmp_path / "nowhere.json").report.verdict


def test_what_is_known_by_another_way(tmp_path: Path) -> None:
    """A root or a manifest that the checker has by another way is compared with the proof's."""
    manifest = forge.members(harbour.package())[forge.MANIFEST]
    root, mine = json.loads(manifest)["provenance:records"]["root"], forge.sha256(manifest)
    other = "sha256:" + "1" * 64

    def found(**expected: str) -> Report:
        return checked(tmp_path, harbour.proof(), expected=Expected(**expected)).report

    assert Verdict.SOUND is found(root=root, manifest_digest=mine).verdict
    assert {"proof.other-root": 1} == codes(found(root=other))
    assert {"proof.other-manifest": 1} == codes(found(manifest_digest=other))
    assert Verdict.UNSOUND is found(root=other).verdict


def test_a_required_signature(tmp_path: Path) -> None:
    """Where a signature is required, a proof without one is unsound."""
    report = checked(tmp_path, harbour.proof(), require=("signature",)).report

    assert Verdict.UNSOUND is report.verdict
    assert {"verify.requirement-missing": 1} == codes(report)


def test_less_said_is_less_proven(tmp_path: Path) -> None:
    """A proof of the document alone is sound, and says nothing of articles."""
    proof = good()
    proof.update(part=None, records=proof["records"][:1])
    made = checked(tmp_path, harbour.dumps(proof))

    assert Verdict.SOUND is made.report.verdict
    assert () == made.articles
    assert ["source"] == [role for role, _ in made.records]


def test_no_proof_for_another_record(tmp_path: Path) -> None:
    """The proof of one record never proves another one: whichever two are paired, header and block differ."""
    records = {number: json.loads(harbour.proof(str(number)))["records"] for number in (1, 2, 3)}
    rows = [row for number in records for row in records[number]]
    for mine in rows:
        for other in rows:
            proof = good()
            paired = {**mine, "role": "source", "header": other["header"], "block": other["block"]}
            proof.update(part=None, records=[paired])
            found = codes(checked(tmp_path, harbour.dumps(proof)).report)
            same_text = (
                mine["block"] == other["block"]
            )  # a document and its canonical text have the same bytes

            assert (mine is other) == ("proof.header-differs" not in found)
            assert same_text == ("proof.block-differs" not in found)


def test_a_package_that_is_not_what_it_says(tmp_path: Path) -> None:
    """Nothing is proven out of a package whose records its manifest does not vouch for."""
    parts = forge.members(harbour.package())
    records = [gzip.decompress(record) for record in forge.records(parts)]
    records[4] = records[4].replace(b"2024-03-06", b"2023-03-06")
    parts[forge.WARC] = b"".join(map(forge.repack, records))
    no_root = dict(forge.members(harbour.package()))
    manifest = json.loads(no_root[forge.MANIFEST])
    del manifest["provenance:records"]
    forge.set_manifest(no_root, manifest)
    other_digest = {**forge.members(harbour.package()), forge.DIGEST: b"{}"}
    for damaged in (parts, no_root, other_digest):
        (tmp_path / "bad.wacz").write_bytes(forge.pack(damaged))
        with pytest.raises(InputError):
            prove(tmp_path / "bad.wacz", "2", tmp_path / "p.json")
    assert ["bad.wacz"] == [path.name for path in tmp_path.iterdir()]


def test_same_package_same_proof() -> None:
    """The same article of the same package gives the same bytes."""
    again = harbour.proof.__wrapped__()

    assert harbour.proof() == again


def test_a_proof_tells_nothing_of_the_others() -> None:
    """No address, headline or word of the other records stands in a proof."""
    decoded = harbour.proof() + b"".join(
        base64.b64decode(row[name]) for row in good()["records"] for name in ("header", "block")
    )
    for word in (b"harbour.example", b"Ferry returns", b"breakwater", b"Ann Lee"):
        assert word not in decoded
