"""Packages with withheld records: what is honest about them is sound, and what is not has a finding of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import harbour
import packages
import pytest
from damage import forge

from archive.checks.withheld import _places
from archive.findings import Finding, Report, Status, Verdict
from archive.wacz.tree import KEY as TREE
from archive.wacz.withheld import KEY, ORIGINAL, ROWS

Parts = dict[str, bytes]
Damage = Callable[[Parts], None]


def verified(parts: Parts) -> Report:
    """Return the archive's checks of a package of these members, everything around them made right by a forger."""
    return packages.verify(forge.rebuild(parts, forge.Depth.TREE))


def left(**options: Any) -> Parts:
    """Return the members of the package without the skipper's report."""
    return forge.members(harbour.withheld(**options))


def rows_of(parts: Parts) -> list[dict[str, Any]]:
    """Return the rows of the original's records."""
    return [json.loads(line) for line in parts[ROWS].splitlines()]


def set_rows(parts: Parts, rows: list[dict[str, Any]]) -> None:
    """Write these rows, numbered anew, and count them in the manifest."""
    numbered = [{**row, "index": index} for index, row in enumerate(rows)]
    parts[ROWS] = b"".join((json.dumps(row) + "\n").encode() for row in numbered)
    state(parts, records=len(rows), withheld=sum(row["leaf"] is not None for row in rows))


def state(parts: Parts, **stated: Any) -> None:
    """Let the manifest say something else of what is withheld."""
    manifest = json.loads(parts[forge.MANIFEST])
    manifest[KEY].update(stated)
    forge.set_manifest(parts, manifest)


def say(parts: Parts, **stated: Any) -> None:
    """Let the manifest say something else of the package."""
    manifest = json.loads(parts[forge.MANIFEST])
    forge.set_manifest(parts, {**manifest, **stated})


def main_page(parts: Parts) -> dict[str, str]:
    """Return how a manifest names the last page of the list as the main one."""
    page = json.loads(parts[forge.PAGES].splitlines()[-1])
    return {"mainPageUrl": page["url"], "mainPageURL": page["url"]}


def set_records(parts: Parts, change: Callable[[list[bytes]], object]) -> None:
    """Change the stored records."""
    records = forge.records(parts)
    change(records)
    parts[forge.WARC] = b"".join(records)


def original(parts: Parts, change: Callable[[dict[str, Any]], object], *, digest: bool = True) -> None:
    """Change the original's manifest, and make its digest right or not."""
    row = json.loads(parts[ORIGINAL])
    manifest = json.loads(row["manifest"])
    change(manifest)
    row["manifest"] = json.dumps(manifest, indent=2) + "\n"
    if digest:
        value = {"path": forge.MANIFEST, "hash": forge.sha256(row["manifest"].encode())}
        row["manifest_digest"] = json.dumps(value, indent=2) + "\n"
    parts[ORIGINAL] = (json.dumps(row) + "\n").encode()


def notes(report: Report) -> list[Finding]:
    """Return what is only noted about withheld records."""
    return [
        each for each in report.findings if each.status is Status.NOTE and each.code.startswith("withheld")
    ]


def test_what_a_new_package_may_say_of_itself() -> None:
    """When it was made, not before the original, and which page of its list is the main one, is for it to say."""
    parts = left()
    date = json.loads(parts[forge.PAGES].splitlines()[-1])["ts"]
    original(parts, lambda manifest: manifest.update(created="2026-01-02T03:04:05Z", publisher="The Harbour"))
    say(parts, created="2026-01-02T03:04:05Z", publisher="The Harbour", mainPageDate=date, **main_page(parts))

    assert Verdict.SOUND is verified(parts).verdict


def test_what_is_left_is_sound() -> None:
    """A package with withheld records is sound, and a note says how many, and where in the order they stood."""
    report = packages.verify(harbour.withheld())

    assert Verdict.SOUND is report.verdict
    assert {} == packages.codes(report)
    assert ["withheld.records"] == [each.code for each in notes(report)]
    assert "3 of 10 records are withheld (places 4-6)" in notes(report)[0].message
    assert "Reason given: to protect a source" in notes(report)[0].message


def test_a_whole_package_says_nothing_of_it() -> None:
    """Of a package from which nothing is withheld no such thing is said."""
    assert [] == notes(packages.verify(harbour.package()))


def test_guessing() -> None:
    """Without a salt key verify says that what is withheld could be guessed; with one it does not."""
    salted, plain = (packages.verify(harbour.withheld(salted=salted)) for salted in (True, False))

    assert "withheld.guessable" not in [each.code for each in notes(salted)]
    assert ["withheld.records", "withheld.guessable"] == [each.code for each in notes(plain)]


def _swapped(parts: Parts) -> None:
    rows = rows_of(parts)
    rows[1], rows[2] = rows[2], rows[1]
    set_rows(parts, rows)
    set_records(parts, lambda records: records.insert(1, records.pop(2)))


def _leaf(parts: Parts) -> None:
    rows = rows_of(parts)
    rows[4]["leaf"] = "00" * 32
    set_rows(parts, rows)


def _leaves(parts: Parts) -> None:
    rows = rows_of(parts)
    rows[4], rows[5] = rows[5], rows[4]
    set_rows(parts, rows)


def _salt(parts: Parts) -> None:
    rows = rows_of(parts)
    rows[1]["salt"] = "00" * 32
    set_rows(parts, rows)


def _same_place(parts: Parts) -> None:
    rows = rows_of(parts)
    rows[2]["number"] = rows[1]["number"]
    set_rows(parts, rows)


def _made_up(parts: Parts) -> None:
    """Take a record out and call it withheld, without the leaf that it had."""
    rows = rows_of(parts)
    rows[9] = {"index": 9, "member": None, "number": None, "salt": None, "leaf": "11" * 32}
    set_rows(parts, rows)
    set_records(parts, lambda records: records.pop())


def _row_gone(parts: Parts) -> None:
    rows = rows_of(parts)
    del rows[5]
    set_rows(parts, rows)


def _dated(records: list[bytes]) -> None:
    record = gzip.decompress(records[2])
    records[2] = forge.repack(record.replace(b"2024-03-06", b"2023-03-06"))


def _moved(parts: Parts) -> None:
    rows = rows_of(parts)
    for row in rows[7:]:
        row["member"], row["number"] = "archive/data-2.warc.gz", row["number"] - 7
    set_rows(parts, rows)


def _root_of_what_is_here(parts: Parts) -> None:
    """Give the original a root that fits made-up leaves, as somebody does who cannot sign."""
    from archive.merkle import leaf_hash

    _made_up(parts)
    leaves = []
    rows = rows_of(parts)
    here = iter(gzip.decompress(record) for record in forge.records(parts))
    for row in rows:
        if row["leaf"] is not None:
            leaves.append(bytes.fromhex(row["leaf"]))
            continue
        head, _, rest = next(here).partition(b"\r\n\r\n")
        digests = f"{forge.sha256(head + bytes([13, 10]))} {forge.sha256(rest[:-4])}"
        line = f"source-provenance-leaf/1\n{row['salt']}\n{row['member']} {row['number']} {digests}\n"
        leaves.append(leaf_hash(line.encode()))
    root = "sha256:" + forge.root(leaves).hex()
    original(parts, lambda manifest: manifest[TREE].update(root=root), digest=False)


DAMAGES: dict[str, tuple[Damage, set[str]]] = {
    "a leaf of a withheld record is another": (_leaf, {"withheld.root-differs"}),
    "two leaves are exchanged": (_leaves, {"withheld.root-differs"}),
    "a salt is another": (_salt, {"withheld.root-differs"}),
    "a record's date is another": (lambda parts: set_records(parts, _dated), {"withheld.root-differs"}),
    "a removal is called withheld": (_made_up, {"withheld.root-differs"}),
    "a removal is called withheld, under a root that was never signed": (
        _root_of_what_is_here,
        {"withheld.original-differs"},
    ),
    "two records are exchanged": (
        lambda parts: set_records(parts, lambda records: records.insert(1, records.pop(2))),
        {"withheld.root-differs"},
    ),
    "two records and their rows are exchanged": (_swapped, {"withheld.order-broken"}),
    "two records are said to have had one place": (_same_place, {"withheld.order-broken"}),
    "a record is added": (
        lambda parts: set_records(
            parts, lambda records: records.append(forge.records(forge.members(packages.build()))[-1])
        ),
        {"withheld.record-added"},
    ),
    "a record is taken out": (
        lambda parts: set_records(parts, lambda records: records.pop()),
        {"withheld.record-missing"},
    ),
    "a row is taken out": (_row_gone, {"withheld.count-differs"}),
    "a record is said to be of another WARC": (_moved, {"withheld.member-moved"}),
    "the original's manifest is another": (
        lambda parts: original(parts, lambda manifest: manifest.update(created="2020-01-01T00:00:00Z"), digest=False),
        {"withheld.original-differs"},
    ),
    "the original's root is another": (
        lambda parts: original(parts, lambda manifest: manifest[TREE].update(root="sha256:" + "0" * 64)),
        {"withheld.root-differs"},
    ),
    "the original counts other records": (
        lambda parts: original(parts, lambda manifest: manifest[TREE].update(records=11)),
        {"withheld.count-differs"},
    ),
    "the original has no root": (
        lambda parts: original(parts, lambda manifest: manifest.pop(TREE)),
        {"withheld.broken"},
    ),
    "the original's root is of an unknown form": (
        lambda parts: original(parts, lambda manifest: manifest[TREE].update(form="other/9")),
        {"withheld.broken"},
    ),
    "the original had another description": (
        lambda parts: original(parts, lambda manifest: manifest.update(description="Other")),
        {"withheld.manifest-differs"},
    ),
    "the original had another title": (
        lambda parts: original(parts, lambda manifest: manifest.update(title="Other")),
        {"withheld.manifest-differs"},
    ),
    "it says who published it": (
        lambda parts: say(parts, publisher="Somebody else"),
        {"withheld.manifest-differs"},
    ),
    "it says a title where other clients look for one": (
        lambda parts: say(parts, metadata={"title": "Other"}),
        {"withheld.manifest-differs"},
    ),
    "it says that it is older than the original": (
        lambda parts: (
            original(parts, lambda manifest: manifest.update(created="2026-01-02T03:04:05Z")),
            say(parts, created="2026-01-02T03:04:04Z"),
        ),
        {"withheld.manifest-differs"},
    ),
    "its main page is of no date": (
        lambda parts: say(parts, **main_page(parts), mainPageDate="2001-01-01T00:00:00Z"),
        {"withheld.manifest-differs"},
    ),
    "the original was of another software": (
        lambda parts: original(parts, lambda manifest: manifest.update(software="other 1")),
        {"withheld.manifest-differs"},
    ),
    "the rows are gone": (lambda parts: parts.pop(ROWS) and None, {"withheld.broken"}),
    "the original's manifest is gone": (lambda parts: parts.pop(ORIGINAL) and None, {"withheld.broken"}),
    "the original's manifest is no text": (
        lambda parts: parts.update({ORIGINAL: b'{"manifest": 1, "manifest_digest": ""}\n'}),
        {"withheld.broken"},
    ),
    "there are two originals": (
        lambda parts: parts.update({ORIGINAL: parts[ORIGINAL] * 2}),
        {"withheld.broken"},
    ),
    "a row's index is another": (
        lambda parts: parts.update({ROWS: parts[ROWS].replace(b'"index": 1,', b'"index": 2,')}),
        {"withheld.broken"},
    ),
    "a row cannot be read": (lambda parts: parts.update({ROWS: parts[ROWS] + b"?\n"}), {"withheld.broken"}),
    "a row has a key more": (
        lambda parts: set_rows(parts, [{**row, "more": 1} for row in rows_of(parts)]),
        {"withheld.broken"},
    ),
    "a row has salt and leaf": (
        lambda parts: set_rows(parts, [{**row, "leaf": row["leaf"] or "00" * 32} for row in rows_of(parts)]),
        {"withheld.broken"},
    ),
    "a row has neither": (
        lambda parts: set_rows(parts, [{**row, "leaf": None} for row in rows_of(parts)]),
        {"withheld.broken"},
    ),
    "the manifest counts otherwise": (lambda parts: state(parts, withheld=2), {"withheld.broken"}),
    "the reasons are no texts": (lambda parts: state(parts, reasons=[1]), {"withheld.broken"}),
    "the form is none": (lambda parts: state(parts, form=1), {"withheld.broken"}),
    "a member was not there before": (
        lambda parts: parts.update({"provenance/more.txt": b"x"}),
        {"withheld.member-differs"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_dishonest_withholding(name: str) -> None:
    """With everything around it made right, each of these has just its finding, and the package is unsound."""
    damage, expected = DAMAGES[name]
    parts = left()
    damage(parts)
    ordered = {key: parts[key] for key in sorted(parts, key=_rank)}
    report = verified(ordered)

    assert expected == set(packages.codes(report))
    assert Verdict.UNSOUND is report.verdict


def _rank(name: str) -> tuple[int, str]:
    if name in (forge.MANIFEST, forge.DIGEST):
        return 4, "~" if name == forge.DIGEST else ""
    folders = ("archive/", "indexes/", "pages/")
    return next((n for n, folder in enumerate(folders) if name.startswith(folder)), 3), name


def test_many_places() -> None:
    """Places in the order are told as runs, eight of them, and the others are counted."""
    assert "none" == _places(())
    assert "places 1" == _places((1,))
    assert "places 0-2, 4" == _places((0, 1, 2, 4))
    assert "places 0, 2, 4, 6, 8, 10, 12, 14" == _places(range(0, 16, 2))
    assert "places 0, 2, 4, 6, 8, 10, 12, 14 and 2 further runs" == _places(range(0, 20, 2))


def test_an_unknown_form() -> None:
    """Where records were withheld in a form unknown here, nothing is said of the rest: undecided."""
    parts = left()
    state(parts, form="source-provenance-withheld/9")
    report = verified(parts)

    assert {"withheld.form-unknown": 1} == packages.codes(report)
    assert Verdict.UNDECIDED is report.verdict


def test_a_signature_of_another_original() -> None:
    """A signature that was taken from another manifest is found in the original as in any package."""
    parts = left()
    row = json.loads(parts[ORIGINAL])
    value = json.loads(row["manifest_digest"])
    value["signedData"] = {"hash": "sha256:" + "0" * 64}
    row["manifest_digest"] = json.dumps(value, indent=2) + "\n"
    parts[ORIGINAL] = (json.dumps(row) + "\n").encode()
    report = verified(parts)

    assert "signature.other-content" in packages.codes(report)
    assert Verdict.UNSOUND is report.verdict


def test_further_members() -> None:
    """A further member is as in the original: altered or gone it is found; withheld it is only noted."""
    content = b"the harbour master's notes"
    kept = left(notes=content)
    altered, gone = {**kept, harbour.NOTES: b"other notes"}, dict(kept)
    del gone[harbour.NOTES]
    report = packages.verify(harbour.withheld(notes=content, members=(harbour.NOTES,)))

    assert Verdict.SOUND is verified(kept).verdict
    assert {"withheld.member-differs": 1} == packages.codes(verified(altered))
    assert {"withheld.member-differs": 1} == packages.codes(verified(gone))
    assert Verdict.SOUND is report.verdict
    assert ["withheld.member", "withheld.records"] == [each.code for each in notes(report)]


def test_taking_the_statement_away() -> None:
    """Whoever takes away what is said of the original leaves an unsigned package that claims nothing of it."""
    parts = left()
    manifest = json.loads(parts[forge.MANIFEST])
    del manifest[KEY], parts[ROWS], parts[ORIGINAL]
    forge.set_manifest(parts, manifest)
    report = packages.verify(forge.rebuild(parts, forge.Depth.TREE), required={"signatures"})

    assert [] == notes(report)
    assert "signature.absent" in packages.codes(report, notes=True)
