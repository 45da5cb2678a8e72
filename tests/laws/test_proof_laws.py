"""The laws of proofs: any altered byte is refused, no proof fits another record, and taking away never improves."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path

import attrs
import harbour
import pytest
from damage import forge
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.findings import Report, Verdict, worst
from archive.wacz.tree import Content, RecordTree, Stated
from provenance.examiner import check

WHOLE = harbour.proof()
BARE = harbour.proof(content=False)
RECORDS = b"".join(gzip.decompress(record) for record in forge.records(forge.members(harbour.package()))[4:7])


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place to write proofs to."""
    return tmp_path_factory.mktemp("proofs")


def report(scratch: Path, data: bytes, records: bytes | None = None) -> Report:
    """Return what checking a proof says, with records beside it or without."""
    path, beside = scratch / "p.json", scratch / "r.warc"
    path.write_bytes(data)
    if records is not None:
        beside.write_bytes(records)
    return check(path, () if records is None else (beside,)).report


@given(data=st.data())
@settings(max_examples=150)
def test_any_flipped_bit_of_a_proof(scratch: Path, data: st.DataObject) -> None:
    """Whichever bit of a proof is flipped, it is refused, and no exception escapes."""
    altered = bytearray(WHOLE)
    altered[data.draw(st.integers(0, len(WHOLE) - 1), label="offset_bytes")] ^= 1 << data.draw(
        st.integers(0, 7)
    )

    assert report(scratch, bytes(altered)).verdict in (Verdict.UNSOUND, Verdict.UNREADABLE)


@given(data=st.data())
@settings(max_examples=100)
def test_any_flipped_bit_of_a_proof_without_content(scratch: Path, data: st.DataObject) -> None:
    """The same of a proof by digests alone, with the records beside it."""
    altered = bytearray(BARE)
    altered[data.draw(st.integers(0, len(BARE) - 1), label="offset_bytes")] ^= 1 << data.draw(
        st.integers(0, 7)
    )

    assert report(scratch, bytes(altered), RECORDS).verdict in (Verdict.UNSOUND, Verdict.UNREADABLE)


@given(data=st.data())
@settings(max_examples=100)
def test_any_cut_of_a_proof(scratch: Path, data: st.DataObject) -> None:
    """Wherever a proof is cut, it is refused."""
    cut = WHOLE[: data.draw(st.integers(0, len(WHOLE) - 1), label="length_bytes")]

    assert report(scratch, cut).verdict in (Verdict.UNSOUND, Verdict.UNREADABLE)


def _inside() -> list[int]:
    """Return the places of the bytes of headers and blocks, without the line ends behind each."""
    places, start = list[int](), 0
    for record in (gzip.decompress(each) for each in forge.records(forge.members(harbour.package()))[4:7]):
        head = record.index(b"\r\n\r\n")
        places += [*range(start, start + head + 2), *range(start + head + 4, start + len(record) - 4)]
        start += len(record)
    return places


@given(st.sampled_from(_inside()), st.integers(0, 7))
@settings(max_examples=150)
def test_any_flipped_bit_of_a_record(scratch: Path, place: int, bit: int) -> None:
    """Whichever bit of a proven record's header or block is flipped, the proof does not speak for it."""
    altered = bytearray(RECORDS)
    altered[place] ^= 1 << bit
    found = report(scratch, BARE, bytes(altered))

    assert found.verdict is not Verdict.SOUND
    assert found.coverage.get("records") is None or found.coverage["records"].checked < 3


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40, unique=True), st.data())
def test_a_proof_is_of_one_record_in_one_place(blocks: list[bytes], data: st.DataObject) -> None:
    """In any tree, the proof of a record leads to the root for that record in that place and for no other one."""
    rows = [
        Content("archive/a.warc.gz", n, forge.sha256(b"h"), forge.sha256(each))
        for n, each in enumerate(blocks)
    ]
    tree = RecordTree.of(rows)
    mine, other = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    proof, stated = tree.prove(mine), Stated(len(rows), tree.root)

    assert proof.leads_to(stated)
    for changed in (
        {"content": rows[other]},
        {"index": other},
        {"salt": tree.salts[other]},
        {"path": tree.prove(other).path},
    ):
        altered = attrs.evolve(proof, **changed)
        assert altered.leads_to(stated) == (altered == proof)


@given(data=st.data())
@settings(max_examples=60)
def test_taking_away_never_improves(scratch: Path, data: st.DataObject) -> None:
    """Whatever is taken out of a proof, sound or damaged, the verdict is the same or worse."""
    proof = json.loads(WHOLE)
    if data.draw(st.booleans(), label="damaged"):
        row = proof["records"][data.draw(st.integers(0, 2))]
        row["block"] = base64.b64encode(base64.b64decode(row["block"]) + b"!").decode()
    before = report(scratch, harbour.dumps(proof)).verdict
    for row in proof["records"]:
        if data.draw(st.booleans(), label="without content"):
            row["header"] = row["block"] = None
    if proof["records"][0]["proof"]["path"] and data.draw(st.booleans(), label="shorter"):
        proof["records"][0]["proof"]["path"].pop()
    after = report(scratch, harbour.dumps(proof)).verdict

    if before is Verdict.SOUND:
        assert worst([before, after]) is after
    else:  # what is not shown any more is not damaged any more, but it is not sound either
        assert after is not Verdict.SOUND


@given(data=st.data())
@settings(max_examples=100)
def test_any_flipped_bit_of_what_is_left(scratch: Path, data: st.DataObject) -> None:
    """Whichever bit of a package with withheld records is flipped, it is unsound or unreadable."""
    from provenance.verifier import verify

    altered = bytearray(harbour.withheld())
    altered[data.draw(st.integers(0, len(altered) - 1), label="offset_bytes")] ^= 1 << data.draw(
        st.integers(0, 7)
    )
    (scratch / "left.wacz").write_bytes(altered)

    assert verify(str(scratch / "left.wacz")).verdict in (Verdict.UNSOUND, Verdict.UNREADABLE)
