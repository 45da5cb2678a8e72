"""The file of a proof: records of a package with their ways to the root, and the manifest that states the root.

docs/format/proof.md states it byte for byte. A proof is one JSON object in one spelling, so that no byte of the file can be
altered without being noticed; blocks are written and hashed in pieces, however long they are.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import attrs

from archive.errors import InputError, LimitExceeded, Location
from archive.jsontext import parse as parse_json
from archive.limits import DEFAULT, MIB, Limits
from archive.wacz.tree import Proof
from archive.wacz.withheld import Statement

FORM = "source-provenance-proof/1"
MOST_BYTES = 192 * MIB
"""Of a file that is read: it is read as a whole. Larger blocks are checked as records of a WARC."""
MOST_CONTENT_BYTES = 48 * MIB
"""Of blocks that are written into a file; in base64 they leave room for the largest manifest there may be."""
_KEYS = ("form", "part", "manifest", "manifest_digest", "records")
_RECORD_KEYS = ("role", "proof", "header", "block")
_PIECE_BYTES = 3 << 18
"""Divisible by three: base64 of the pieces is then the base64 of the whole."""


class NotAProof(InputError):
    """The file is no proof that can be read."""

    code = "not-a-proof"


@attrs.frozen
class Proven:
    """One record of a proof: what it is there for, its way to the root, and its bytes where the file has them."""

    role: str
    proof: Proof
    header: bytes | None = None
    block: bytes | None = None


@attrs.frozen
class ProofFile:
    """A proof as read. `part` is which article of the document is meant, None for all of it.

    `canonical` is False where the file is spelled in another way than it is written.
    """

    part: int | None
    statement: Statement
    records: tuple[Proven, ...]
    canonical: bool = True


@attrs.frozen
class ToProve:
    """One record to be written into a proof; `chunks` gives its block, or None where only digests are wanted."""

    role: str
    proof: Proof
    header: bytes
    chunks: Callable[[], Iterable[bytes]] | None


def pieces(part: int | None, statement: Statement, records: Sequence[ToProve]) -> Iterator[bytes]:
    """Yield the bytes of a proof's file in pieces. Raises UnicodeDecodeError for a manifest that is no UTF-8."""
    rows = [
        {
            "role": record.role,
            "proof": record.proof.to_json(),
            "header": _text(record.header) if record.chunks is not None else None,
            "block": _MARK if record.chunks is not None else None,
        }
        for record in records
    ]
    text = _dumps(
        {
            "form": FORM,
            "part": part,
            "manifest": statement.manifest.decode(),
            "manifest_digest": statement.digest.decode(),
            "records": rows,
        }
    )
    front, *behind = text.split(json.dumps(_MARK))
    yield front.encode("ascii")
    with_content = [record.chunks for record in records if record.chunks is not None]
    for chunks, rest in zip(with_content, behind, strict=True):
        yield b'"'
        yield from (base64.b64encode(piece) for piece in _even(chunks()))
        yield b'"' + rest.encode("ascii")


_MARK = "\0block"
"""Stands for a block until its bytes come. It can stand nowhere else: no text of a manifest begins and ends like it."""


def _even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces whose length is divisible by three, but for the last."""
    kept = bytearray()
    for chunk in chunks:
        kept += chunk
        whole = len(kept) - len(kept) % 3
        if whole >= _PIECE_BYTES:
            yield bytes(kept[:whole])
            del kept[:whole]
    yield bytes(kept)


def _dumps(value: object) -> str:
    return json.dumps(value, indent=1) + "\n"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def read_proof(file: BinaryIO, name: str, *, limits: Limits = DEFAULT) -> ProofFile:
    """Return the proof that a file holds.

    Raises NotAProof where it holds none that can be read, LimitExceeded where it is larger than `MOST_BYTES`.
    """
    raw, where = file.read(MOST_BYTES + 1), Location(package=name)
    if len(raw) > MOST_BYTES:
        message, hint = "the proof is larger than allowed", "prove large records without their content"
        raise LimitExceeded(message, where, hint, limit="MOST_BYTES", allowed=MOST_BYTES, seen=len(raw))
    try:
        parsed = parse_json(raw, limits=limits)
        made = _proof(parsed.value)
    except ValueError as error:
        raise NotAProof(f"not a proof that can be read: {error}", where) from error
    return attrs.evolve(made, canonical=_dumps(parsed.value).encode("ascii") == raw)


def _proof(value: object) -> ProofFile:
    if not isinstance(value, dict) or value.get("form") != FORM:
        raise ValueError(f"not an object of the form {FORM}")
    if tuple(value) != _KEYS or not isinstance(value["records"], list) or not value["records"]:
        raise ValueError("it has other parts than a proof")
    part = value["part"]
    if part is not None and (type(part) is not int or part < 0):
        raise ValueError("the part is no number")
    texts = value["manifest"], value["manifest_digest"]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("the manifest or its digest is no text")
    records = tuple(_record(row) for row in value["records"])
    return ProofFile(part, Statement(*(text.encode() for text in texts)), records)


def _record(row: Any) -> Proven:
    if not isinstance(row, dict) or tuple(row) != _RECORD_KEYS or not isinstance(row["role"], str):
        raise ValueError("a record has other parts than role, proof, header and block")
    if (row["header"] is None) != (row["block"] is None):
        raise ValueError("a record has a header without a block, or a block without a header")
    proof = Proof.from_json(row["proof"])
    if list(proof.to_json().items()) != list(row["proof"].items()):
        raise ValueError("the proof of a record has further parts, or other ones")
    return Proven(row["role"], proof, _bytes(row["header"]), _bytes(row["block"]))


def _bytes(text: object) -> bytes | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise ValueError("header and block are texts in base64")  # noqa: TRY004 - the file is at fault
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except binascii.Error as error:
        raise ValueError(f"not base64: {error}") from None
    if _text(data) != text:  # the last character has bits that no byte takes
        raise ValueError("not base64 as it is written")
    return data
