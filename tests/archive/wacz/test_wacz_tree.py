"""The tree over the records of a package: what it commits to, what a proof shows, and what can be guessed."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tempfile
from pathlib import Path

import packages
import pytest
from damage import forge

import archive
from archive.checks.tree import tree_of
from archive.errors import UsageError
from archive.findings import Verdict
from archive.wacz.tree import KEY, SALT_FIELD, Proof, read_statement
from archive.warc.record import NewRecord

KEY_BYTES = b"a key of sixteen bytes or more"
GOOD = packages.build()
PARTS = forge.members(GOOD)


def stated(package: bytes) -> dict:
    """Return what a manifest says of the records."""
    return json.loads(forge.members(package)[forge.MANIFEST])[KEY]


STATED = read_statement(stated(GOOD))


def headers(package: bytes) -> list[bytes]:
    """Return the header of every record, from the version line to the end of the last field."""
    records = map(gzip.decompress, forge.records(forge.members(package)))
    return [record.partition(b"\r\n\r\n")[0] + b"\r\n" for record in records]


def tree(package: bytes):
    """Return the tree over a package's records."""
    with archive.open(io.BytesIO(package), name="x.wacz") as opened:
        return tree_of(opened)


def test_the_root_as_documented() -> None:
    """The root in the manifest is the one that the documented formats give, worked out without our code."""
    again = dict(PARTS)
    forge.reroot(again)

    assert stated(GOOD) == json.loads(again[forge.MANIFEST])[KEY]
    assert 6 == stated(GOOD)["records"]


def test_the_root_over_several_warcs() -> None:
    """The leaves go through all WARCs, and count from nought in each."""
    split = packages.build(3, warc_bytes=1)
    again = forge.members(split)
    forge.reroot(again)

    assert stated(split) == json.loads(again[forge.MANIFEST])[KEY]
    assert {0, 1} == {row.number for row in tree(split).contents}


def test_a_record_is_proven() -> None:
    """A proof read back from its JSON leads from header and block of its record to the root in the manifest."""
    made = tree(GOOD)
    for index, header in enumerate(headers(GOOD)):
        proof = Proof.from_json(json.loads(json.dumps(made.prove(index).to_json())))
        block = gzip.decompress(forge.records(PARTS)[index]).partition(b"\r\n\r\n")[2][:-4]

        assert stated(GOOD)["root"] == proof.root
        assert proof.leads_to(STATED)
        assert proof.is_about(header, forge.sha256(block))
        assert not proof.is_about(header.replace(b"2026", b"2025"), forge.sha256(block))
        assert not proof.is_about(header, forge.sha256(b"other"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("form", "other/1"),
        ("index", "1"),
        ("index", True),
        ("records", -1),
        ("salt", "00"),
        ("salt", None),
        ("salt", "zz"),
        ("member", 7),
        ("member", "a\nb"),
        ("path", {}),
        ("path", [7]),
        ("path", ["00" * 32] * 65),
        ("header_digest", None),
    ],
)
def test_a_proof_that_cannot_be_read(field: str, value: object) -> None:
    """What is no proof is refused with a ValueError that says why, and nothing else."""
    with pytest.raises(ValueError, match=r"\w"):
        Proof.from_json({**tree(GOOD).prove(1).to_json(), field: value})
    with pytest.raises(ValueError, match="form"):
        Proof.from_json([])


@pytest.mark.parametrize(
    ("field", "value"),
    [("index", 2), ("records", 7), ("records", 0), ("salt", "00" * 32), ("number", 7), ("path", [])],
)
def test_a_proof_of_something_else(field: str, value: object) -> None:
    """A proof altered in any part leads to another root, to none, or from another number of records."""
    proof = Proof.from_json({**tree(GOOD).prove(1).to_json(), field: value})

    assert not proof.leads_to(STATED)


def test_what_a_statement_is() -> None:
    """A statement of another form is not read; one that is broken is refused."""
    assert read_statement({"form": "source-provenance-record-tree/9"}) is None
    for broken in (None, [], {}, {"form": 1}, {**stated(GOOD), "records": "6"}, {**stated(GOOD), "root": 1}):
        with pytest.raises(ValueError, match=r"\w"):
            read_statement(broken)


def test_all_records_make_the_salts() -> None:
    """Another last record gives every other leaf another salt: without it, no guess about a neighbour can be tested."""
    one, other = tree(packages.build(1)), tree(packages.build(2))

    assert one.contents[1] == other.contents[1]
    assert one.salts[1] != other.salts[1]
    assert one.leaves[1] != other.leaves[1]


def keyed(key: bytes | None, block: bytes | io.BytesIO = b"x") -> bytes:
    """Return a package of one record, salted or not."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.wacz")
        with archive.PackageWriter(path, salt_key=key) as writer:
            writer.write(NewRecord("resource", packages.DATE.format(0), block, "urn:x:1", "text/plain"))
        return path.read_bytes()


def test_a_salt_key() -> None:
    """With a key every record carries a salt; the same key makes the same bytes, another key or none makes others."""
    package = keyed(KEY_BYTES)
    lines = gzip.decompress(forge.members(package)[forge.INDEX]).splitlines()

    assert Verdict.SOUND is packages.verify(package).verdict
    assert all(SALT_FIELD.encode() in header for header in headers(package))
    assert all(b'"recordId"' in line for line in lines)
    assert package == keyed(KEY_BYTES) == keyed(KEY_BYTES, io.BytesIO(b"x"))
    assert package != keyed(KEY_BYTES + b"2")
    assert SALT_FIELD.encode() not in b"".join(headers(keyed(None)))


def test_a_salt_that_is_there_stays() -> None:
    """A record that brings its salt keeps it, so that it stays the same record."""
    own = NewRecord(
        "resource", packages.DATE.format(0), b"x", "urn:x:1", "text/plain", fields=((SALT_FIELD, "0" * 32),)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.wacz")
        with archive.PackageWriter(path, salt_key=KEY_BYTES) as writer:
            placed = writer.write(own)

    assert ("0" * 32,) == placed.header.all(SALT_FIELD)


def test_a_key_too_short(tmp_path: Path) -> None:
    """A key that could be guessed is refused before anything is written."""
    with pytest.raises(UsageError, match="16 bytes"):
        archive.PackageWriter(tmp_path / "x.wacz", salt_key=b"short")
    assert [] == list(tmp_path.iterdir())


def test_a_guess_without_the_key() -> None:
    """Who knows a document, its address and its time cannot make the header that was hashed without the key."""
    unsalted, hidden = headers(keyed(None))[1], headers(keyed(KEY_BYTES))[1]

    assert hashlib.sha256(unsalted).digest() != hashlib.sha256(hidden).digest()
