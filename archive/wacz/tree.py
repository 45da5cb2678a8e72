"""The tree over the records of a package: what each leaf says, its root in the manifest, and proofs of single records.

A leaf commits to a record's file, its place among the records of that file, the bytes of its header and the bytes of
its block, and to a salt. The digests of WARC cover blocks only; this covers `WARC-Date` and `WARC-Target-URI` too.
docs/format/record-tree.md states every format byte for byte.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from archive import lazily
from archive.digest import ALGORITHM, spell
from archive.merkle import HASH_BYTES, inclusion_proof, leaf_hash, root_from_inclusion, root_of
from archive.warc.record import NewRecord

KEY = "provenance:records"
"""Under this key the manifest has the root."""
FORM = "source-provenance-record-tree/1"
PROOF_FORM = "source-provenance-record-proof/1"
SALT_FIELD = "Provenance-Salt"
_SEED = b"source-provenance-seed/1\n"
_LEAF = b"source-provenance-leaf/1\n"
_SALT_HEX = 32
_DIGEST = lazily.compile(f"{ALGORITHM}:[0-9a-f]{{64}}")


@attrs.frozen
class Content:
    """What a leaf says of a record: its WARC member, its place there (from 0), digests of header and block."""

    member: str
    number: int
    header_digest: str
    block_digest: str

    def __bytes__(self) -> bytes:
        text = f"{self.member} {self.number} {self.header_digest} {self.block_digest}\n"
        return text.encode("utf-8", "surrogateescape")


def content(member: str, number: int, raw_header: bytes, block_digest: str) -> Content:
    """Return what a leaf says of a record. `raw_header` goes from the version line to the end of the last field."""
    return Content(member, number, spell(ALGORITHM, hashlib.sha256(raw_header).digest()), block_digest)


@attrs.frozen
class RecordTree:
    """The tree over all records of a package, WARC by WARC in the order of the ZIP, record by record."""

    contents: tuple[Content, ...]
    salts: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    root: str

    @classmethod
    def of(cls, contents: Iterable[Content]) -> RecordTree:
        """Return the tree over these records.

        The salts come out of all records together: whoever lacks any part of them that cannot be guessed, cannot
        test a guess about a leaf. See docs/decisions/0010 for what that protects and what needs a salt key.
        """
        kept = tuple(contents)
        seed = hashlib.sha256(_SEED)
        for row in kept:
            seed.update(bytes(row))
        salts = tuple(_salt(seed.digest(), index) for index in range(len(kept)))
        leaves = tuple(leaf_of(salt, row) for salt, row in zip(salts, kept, strict=True))
        return cls(kept, salts, leaves, spell(ALGORITHM, root_of(leaves)))

    def statement(self) -> dict[str, Any]:
        """Return what the manifest says of the tree."""
        return {"form": FORM, "records": len(self.contents), "root": self.root}

    def prove(self, index: int) -> Proof:
        """Return the proof that record `index` (from 0) is in the tree. Raises ValueError where there is no such record."""
        path = inclusion_proof(self.leaves, index)
        return Proof(index, len(self.leaves), self.salts[index], self.contents[index], path)


@attrs.frozen
class Proof:
    """That one record is in a package, for somebody who has the record and the root and nothing else."""

    index: int
    size: int
    salt: bytes
    content: Content
    path: tuple[bytes, ...]

    @property
    def root(self) -> str | None:
        """The root that the proof leads to, or None where it leads nowhere. It is worth what vouches for that root."""
        reached = root_from_inclusion(leaf_of(self.salt, self.content), self.index, self.size, self.path)
        return None if reached is None else spell(ALGORITHM, reached)

    def leads_to(self, stated: Stated) -> bool:
        """Say whether the proof leads to the root that a manifest states, in a tree of as many records as it states.

        Only the root is hashed, so a proof may lead to the right root from a wrong number of records.
        """
        return self.size == stated.records and self.root == stated.root

    def is_about(self, raw_header: bytes, block_digest: str) -> bool:
        """Say whether the proof is about a record of this header and a block of this digest."""
        mine = content(self.content.member, self.content.number, raw_header, block_digest)
        return mine == self.content

    def to_json(self) -> dict[str, Any]:
        """Return the proof as the object of docs/format/record-tree.md."""
        return {
            "form": PROOF_FORM,
            "index": self.index,
            "records": self.size,
            "salt": self.salt.hex(),
            **attrs.asdict(self.content),
            "path": [step.hex() for step in self.path],
        }

    @classmethod
    def from_json(cls, value: object) -> Proof:
        """Return the proof that an object holds. Raises ValueError, whose text says what is wrong."""
        if not isinstance(value, Mapping) or value.get("form") != PROOF_FORM:
            raise ValueError(f"not an object of the form {PROOF_FORM}")
        path = value.get("path")
        if not isinstance(path, list) or len(path) > 64:
            raise ValueError("the path is no list of hashes")
        row = Content(
            line_in(value, "member"),
            count_in(value, "number"),
            digest_in(value, "header_digest"),
            digest_in(value, "block_digest"),
        )
        steps = tuple(hash_of(step) for step in path)
        return cls(
            count_in(value, "index"), count_in(value, "records"), hash_of(value.get("salt")), row, steps
        )


@attrs.frozen
class Stated:
    """What a manifest says of the tree: how many records, and the root."""

    records: int
    root: str


def read_statement(value: object) -> Stated | None:
    """Return what stands under `KEY` in a manifest, or None where it is of another form. Raises ValueError if broken."""
    if not isinstance(value, Mapping) or not isinstance(value.get("form"), str):
        raise ValueError("not an object that names its form")  # noqa: TRY004 - the text is at fault, not the caller
    if value["form"] != FORM:
        return None
    return Stated(count_in(value, "records"), line_in(value, "root"))


def salted(record: NewRecord, block_digest: str, key: bytes) -> NewRecord:
    """Return the record with a field that nobody can guess who has not the key, and that the same key makes again.

    It makes header, id and stored bytes of the record unguessable, and with them everything that is hashed over them.
    """
    if any(name.lower() == SALT_FIELD.lower() for name, _ in record.fields):
        return record
    said = (record.type, record.date, record.target_uri, record.content_type, record.fields, block_digest)
    salt = hmac.new(key, repr(said).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
    return attrs.evolve(record, fields=(*record.fields, (SALT_FIELD, salt[:_SALT_HEX])))


def leaf_of(salt: bytes, row: Content) -> bytes:
    """Return the hash of a leaf (RFC 6962 §2.1) with this salt."""
    return leaf_hash(_LEAF + salt.hex().encode() + b"\n" + bytes(row))


def _salt(seed: bytes, index: int) -> bytes:
    return hmac.new(seed, str(index).encode(), hashlib.sha256).digest()


def line_in(value: Mapping[str, Any], name: str) -> str:
    """Return a text without line ends that stands under a name. Raises ValueError where there is none."""
    text = value.get(name)
    if not isinstance(text, str) or "\n" in text:
        raise ValueError(f"{name} is no line of text")
    text.encode("utf-8", "surrogateescape")  # raises a ValueError for half a character
    return text


def digest_in(value: Mapping[str, Any], name: str) -> str:
    """Return the labelled SHA-256 that stands under a name. Raises ValueError where there is none."""
    text = line_in(value, name)
    if not _DIGEST.fullmatch(text):
        raise ValueError(f"{name} is no digest")
    return text


def count_in(value: Mapping[str, Any], name: str) -> int:
    """Return the whole number that stands under a name, from 0. Raises ValueError where there is none."""
    count = value.get(name)
    if type(count) is not int or not 0 <= count < 1 << 63:
        raise ValueError(f"{name} is no whole number")
    return count


def hash_of(text: object) -> bytes:
    """Return the 32 bytes that a text gives in lower-case hex. Raises ValueError for anything else."""
    value = bytes.fromhex(text) if isinstance(text, str) else b""
    if len(value) != HASH_BYTES or value.hex() != text:
        raise ValueError("not a hash of 32 bytes in hex")
    return value
