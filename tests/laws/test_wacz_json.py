"""Any JSON in any place of a package where JSON stands: reported on, and never an error that is not ours."""

from __future__ import annotations

import json
from typing import Any

import packages
from damage import forge
from damage.forge import BLOCKS, DIGEST, MANIFEST, PAGES
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.findings import Verdict

PARTS = forge.members(packages.build(1))
MANIFEST_KEYS = [*json.loads(PARTS[MANIFEST]), "software", "mainPageURL"]
ROW_KEYS = ["name", "path", "hash", "bytes", "stats", "hashing"]
DIGEST_KEYS = ["path", "hash", "signedData"]
PAGE_KEYS = ["id", "page_id", "url", "ts", "title", "format"]
LINE_KEYS = ["url", "mime", "status", "digest", "length", "offset", "filename", "recordDigest", "method"]
BLOCK_KEYS = ["offset", "length", "digest"]
TEXTS = [*PARTS, "", "sha256:" + "0" * 64, "md5:x", ":", "sha512:\u00e9", "1" * 5000, "\ud800", "0"]
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(TEXTS)
    | st.text(max_size=6)
)
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*ROW_KEYS, *DIGEST_KEYS, "created"]), inner, max_size=4)
    ),
    max_leaves=6,
)


def some(keys: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with any of these keys, and anything under them."""
    return st.dictionaries(st.sampled_from(keys), JSON, max_size=len(keys))


def report(parts: dict[str, bytes]) -> None:
    """Verify a package, whatever it holds: an error that is not ours escapes from here."""
    packages.verify(forge.pack(parts))


def text(value: object) -> bytes:
    """Return a value as JSON in ASCII, so that half a surrogate pair can be written too."""
    return json.dumps(value).encode() + b"\n"


@settings(max_examples=80)
@given(JSON | some(MANIFEST_KEYS), st.lists(some(ROW_KEYS) | JSON, max_size=4) | JSON, st.booleans())
@example({}, [{"path": [], "hash": {}}], False)
@example({}, [{"path": "None", "hash": {}, "bytes": True}], True)
def test_manifest(over: object, rows: object, ours: bool) -> None:
    """Anything may stand in a manifest: in each field, in each row, or instead of it."""
    value = over
    if isinstance(over, dict):
        value = {**json.loads(PARTS[MANIFEST]), **over, "resources": rows}
        value["software"] = "source-provenance" if ours else over.get("software")
    parts = {**PARTS, MANIFEST: text(value)}
    forge.redigest(parts)
    report(parts)


@settings(max_examples=80)
@given(JSON | some(DIGEST_KEYS), st.booleans())
def test_digest(over: object, signed: bool) -> None:
    """Anything may stand in the digest of the manifest, under its signature too."""
    own = json.loads(PARTS[DIGEST])
    value = (
        {**own, **({"signedData": over} if signed else over)} if signed or isinstance(over, dict) else over
    )
    report({**PARTS, DIGEST: text(value)})


@settings(max_examples=80)
@given(st.lists(some(PAGE_KEYS) | JSON, max_size=4))
def test_pages(rows: list[object]) -> None:
    """Anything may stand in each row of a page list, its header among them."""
    good = [json.loads(row) for row in PARTS[PAGES].splitlines()]
    mixed = [{**good[-1], **row} if isinstance(row, dict) else row for row in rows]
    report({**PARTS, PAGES: b"".join(map(text, [good[0], *rows, *mixed]))})
    report({**PARTS, PAGES: b"".join(map(text, mixed))})


@settings(max_examples=80)
@given(st.lists(some(LINE_KEYS) | JSON, max_size=3), st.sampled_from([b"", b"20260101000000", b"9", b"\xb2"]))
def test_index(rows: list[object], when: bytes) -> None:
    """Anything may stand in each field of an index line that points at a record, or instead of all fields."""
    raw = forge.lines_of(PARTS)[0]
    prefix, _, fields = raw.partition(b"{")
    good = json.loads(b"{" + fields)
    parts = dict(PARTS)
    values = [{**good, **row} if isinstance(row, dict) else row for row in rows] + rows
    lines = [(b"k " + when + b" " if when else prefix) + text(value) for value in values]
    forge.set_index(parts, [raw])
    parts[forge.INDEX] += b"".join(map(forge.repack, lines))
    report(parts)


@settings(max_examples=80)
@given(st.lists(some(BLOCK_KEYS) | JSON, max_size=3))
def test_block_list(rows: list[object]) -> None:
    """Anything may stand in each row of the list of blocks."""
    listed = b"".join(b"key 2026 " + text(row) for row in rows)
    report({**PARTS, BLOCKS: PARTS[BLOCKS] + listed})
    report({**PARTS, BLOCKS: listed})


def test_untouched() -> None:
    """The package that is altered here is sound, or these laws would prove nothing."""
    assert Verdict.SOUND is packages.verify(forge.pack(PARTS)).verdict
