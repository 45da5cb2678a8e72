"""Withholding: what goes, what stays as it was, what is still told, and what can be guessed."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import harbour
import pytest
from damage import forge

import archive
import provenance
from archive.errors import InputError, OutputExists, UsageError
from archive.findings import Finding, Verdict
from archive.wacz.withheld import ORIGINAL, ROWS
from archive.warc.record import NewRecord
from provenance.examiner import check
from provenance.verifier import verify
from provenance.withholder import Choice, Made, withhold

REASON = "to protect a source"


def made(
    tmp_path: Path, package: bytes, *wanted: str, told: list[Finding] | None = None, **options: object
) -> Made:
    """Withhold from a package."""
    (tmp_path / "whole.wacz").write_bytes(package)
    choice = Choice(wanted, REASON, **options)
    tell = told.append if told is not None else str
    return withhold(tmp_path / "whole.wacz", tmp_path / "left.wacz", choice, tell=tell, overwrite=True)


def records(package: bytes) -> list[bytes]:
    """Return the records of a package as they are stored."""
    return forge.records(forge.members(package))


def test_what_stays_is_as_it_was() -> None:
    """Every record that stays has the bytes that it had, compressed, in the same order; the others are gone."""
    whole, left = records(harbour.package()), records(harbour.withheld())

    assert whole[: harbour.SKIPPER_AT] + whole[harbour.BREAKWATER_AT :] == left


def test_the_rest_is_sound(tmp_path: Path) -> None:
    """The new package is sound, read and traced again, whichever of its documents is withheld; so is the original still."""
    for url in (harbour.FERRY_URL, harbour.SKIPPER_URL, harbour.BREAKWATER_URL):
        path = tmp_path / "left.wacz"
        path.write_bytes(harbour.withheld(url))
        report = verify(str(path))

        assert Verdict.SOUND is report.verdict, report.findings
        assert ["signature.absent", "signature.absent", "withheld.records"] == sorted(
            f.code for f in report.findings
        )


def test_nothing_of_it_is_told() -> None:
    """No address, headline, name, id or word of what is withheld stands anywhere in the new package."""
    parts = forge.members(harbour.withheld(harbour.FERRY_URL))
    whole = gzip.decompress(records(harbour.package())[harbour.FERRY_AT])
    header = dict(line.split(": ", 1) for line in whole.partition(b"\r\n\r\n")[0].decode().splitlines()[1:])
    everything = b"".join(
        gzip.decompress(data) if name.endswith(".gz") else data for name, data in parts.items()
    )
    for word in ("harbour.example", "Ferry returns", "Ann Lee", "and nobody was hurt", "Harbour Post"):
        assert word.encode() not in everything
    for name in ("WARC-Record-ID", "WARC-Page-ID", "WARC-Block-Digest", "Provenance-Salt"):
        assert header[name].strip("<>").rpartition(":")[2].encode() not in everything


def test_quotations_are_traced_without_it(tmp_path: Path) -> None:
    """A quotation whose source is withheld is not found any more, and the traces say so."""
    before, after = (
        [json.loads(row) for row in forge.members(package)["provenance/traces.jsonl"].splitlines()]
        for package in (harbour.package(), harbour.withheld(harbour.FERRY_URL))
    )
    skipper = [row for row in before if "second wave" in row["quotation"]["exact"] and row["passage"]]

    assert any("harbour.example" in json.dumps(row) for row in skipper)
    assert all(
        row["verdict"].startswith("UNTRACED") for row in after if "second wave" in row["quotation"]["exact"]
    )


def test_it_is_not_older_than_the_original(tmp_path: Path) -> None:
    """A new package says that it was made when the original was, or later; an earlier time is refused."""
    whole, path = tmp_path / "whole.wacz", tmp_path / "left.wacz"
    whole.write_bytes(harbour.package())
    choice = Choice((harbour.FERRY_URL,), REASON)
    with pytest.raises(UsageError, match="cannot have been made"):
        withhold(whole, path, choice, created="2024-03-06T09:59:59Z")
    assert not path.exists()

    withhold(whole, path, choice, created="2024-03-06T10:00:00Z")
    assert Verdict.SOUND is verify(str(path)).verdict


def test_the_original_is_carried() -> None:
    """The original's manifest and its digest are there, byte for byte."""
    row = json.loads(forge.members(harbour.withheld())[ORIGINAL])
    whole = forge.members(harbour.package())

    assert whole[forge.MANIFEST] == row["manifest"].encode()
    assert whole[forge.DIGEST] == row["manifest_digest"].encode()


def test_leaves_by_hand() -> None:
    """The rows lead to the original's root as documented, without our code."""
    parts = forge.members(harbour.withheld())
    leaves, here = [], (gzip.decompress(record) for record in forge.records(parts))
    for line in parts[ROWS].splitlines():
        row = json.loads(line)
        if row["leaf"] is not None:
            leaves.append(bytes.fromhex(row["leaf"]))
            continue
        head, _, rest = next(here).partition(b"\r\n\r\n")
        own = f"{row['member']} {row['number']} {forge.sha256(head + bytes([13, 10]))} {forge.sha256(rest[:-4])}\n"
        leaf = f"\0source-provenance-leaf/1\n{row['salt']}\n{own}".encode()
        leaves.append(bytes.fromhex(forge.sha256(leaf)[7:]))
    stated = json.loads(json.loads(parts[ORIGINAL])["manifest"])["provenance:records"]

    assert stated["root"] == "sha256:" + forge.root(leaves).hex()
    assert stated["records"] == len(leaves)


def test_a_second_withholding(tmp_path: Path) -> None:
    """From what is left more can be withheld: it leads to the first root still, and both reasons stand there."""
    first = made(tmp_path, harbour.package(), harbour.FERRY_URL)
    second = made(tmp_path, first.package.read_bytes(), harbour.BREAKWATER_URL)
    report = verify(str(second.package))
    at_once = made(tmp_path, harbour.package(), harbour.FERRY_URL, harbour.BREAKWATER_URL)

    assert Verdict.SOUND is report.verdict
    assert first.root == second.root == at_once.root
    assert first.original_digest == second.original_digest
    assert (6, 4, 10) == (at_once.withheld, at_once.kept, at_once.of_records)
    assert (3, 4, 10) == (second.withheld, second.kept, second.of_records)
    message = next(f.message for f in report.findings if f.code == "withheld.records")
    assert "6 of 10 records are withheld (places 1-3, 7-9)" in message
    assert f"{REASON}; {REASON}" in message


def test_a_proof_out_of_what_is_left(tmp_path: Path) -> None:
    """What is left proves its articles against the original's manifest: the same proof that the whole package gives."""
    left = harbour.withheld(harbour.FERRY_URL)

    assert harbour.proof(harbour.SKIPPER_URL) == harbour.proof(harbour.SKIPPER_URL, of=left)
    (tmp_path / "p.json").write_bytes(harbour.proof(harbour.SKIPPER_URL, of=left))
    assert Verdict.SOUND is check(tmp_path / "p.json").report.verdict


def test_several_warcs(tmp_path: Path) -> None:
    """Records keep their WARC, also where one is left with its description alone."""
    whole = harbour.build(tmp_path / "split.wacz", warc_bytes=1).read_bytes()
    left = made(tmp_path, whole, harbour.SKIPPER_URL)

    assert Verdict.SOUND is verify(str(left.package)).verdict
    names = [name for name in forge.members(whole) if name.startswith("archive/")]
    assert names == [name for name in forge.members(left.package.read_bytes()) if name.startswith("archive/")]


def test_guesses() -> None:
    """Who guesses a withheld record can build the whole again and compare: not without the key, where there is one."""

    def stated(package: bytes) -> dict[str, str]:
        manifest = json.loads(json.loads(forge.members(package)[ORIGINAL])["manifest"])
        rows = {row["path"]: row["hash"] for row in manifest["resources"]}
        return {**rows, "root": manifest["provenance:records"]["root"]}

    guess = {name: forge.sha256(data) for name, data in forge.members(harbour.package(salted=False)).items()}
    plain, salted = stated(harbour.withheld(salted=False)), stated(harbour.withheld())

    assert plain[forge.WARC] == guess[forge.WARC]
    assert [] == [name for name in salted if salted[name] == guess.get(name)]
    assert plain["root"] != salted["root"]


def test_the_main_page_is_named(tmp_path: Path) -> None:
    """Without a key the signed manifest names the main page: to withhold that is refused, and nothing is written."""
    told = list[Finding]()
    with pytest.raises(UsageError, match="still named in 1 places"):
        made(tmp_path, harbour.package(salted=False), harbour.FERRY_URL, told=told)

    assert ["withheld.mentioned"] == [finding.code for finding in told]
    assert "the original's manifest says the address" in told[0].message
    assert ["whole.wacz"] == [path.name for path in tmp_path.iterdir()]


def test_even_so(tmp_path: Path) -> None:
    """It is written where somebody asks for it all the same, and everything is told."""
    told = list[Finding]()
    left = made(tmp_path, harbour.package(salted=False), harbour.FERRY_URL, told=told, even_so=True)

    assert ["withheld.mentioned", "withheld.guessable"] == [finding.code for finding in told]
    assert [finding.code for finding in left.findings] == [finding.code for finding in told]
    assert Verdict.SOUND is verify(str(left.package)).verdict


def test_without_a_key_it_is_said(tmp_path: Path) -> None:
    """Without a salt key withholding says that a guess could be tested; with one it says nothing."""
    plain, salted = list[Finding](), list[Finding]()
    made(tmp_path, harbour.package(salted=False), harbour.SKIPPER_URL, told=plain)
    made(tmp_path, harbour.package(), harbour.SKIPPER_URL, told=salted)

    assert ["withheld.guessable"] == [finding.code for finding in plain]
    assert [] == salted


@pytest.mark.parametrize(
    "text",
    [
        f"They link to {harbour.SKIPPER_URL} here.",
        "They link to //bay.example/skipper?",
        "As the Gazette had it: Skipper praised by the coastguard, and more.",
        f'{{"u": "{harbour.SKIPPER_URL.replace("/", "/")}#top"}}',
    ],
)
def test_another_report_names_it(tmp_path: Path, text: str) -> None:
    """A report that stays and names the withheld one by address or headline is told, and nothing is written."""
    whole = harbour.build(
        tmp_path / "a.wacz", *harbour.REPORTS, (text, "https://more.example/x")
    ).read_bytes()
    told = list[Finding]()
    with pytest.raises(UsageError, match="still named"):
        made(tmp_path, whole, harbour.SKIPPER_URL, told=told)

    assert {"withheld.mentioned"} == {finding.code for finding in told}
    assert any(finding.where.record for finding in told)


def test_another_address_is_no_mention(tmp_path: Path) -> None:
    """A longer address is another one."""
    text = "They link to https://bay.example/skipper-two and https://bay.example/skipper.html and the like."
    whole = harbour.build(
        tmp_path / "a.wacz", *harbour.REPORTS, (text, "https://more.example/x")
    ).read_bytes()
    told = list[Finding]()
    made(tmp_path, whole, harbour.SKIPPER_URL, told=told)

    assert [] == told


def test_the_same_bytes_under_another_address(tmp_path: Path) -> None:
    """A second capture of the same bytes gives them away by its digest: told, and withheld with --all by headline."""
    twice = (*harbour.REPORTS, (harbour.SKIPPER, "https://mirror.example/copy"))
    whole = harbour.build(tmp_path / "a.wacz", *twice).read_bytes()
    told = list[Finding]()
    with pytest.raises(UsageError, match="still named"):
        made(tmp_path, whole, harbour.SKIPPER_URL, told=told)
    assert any("the digest" in finding.message for finding in told)

    with pytest.raises(UsageError, match="2 articles answer"):
        made(tmp_path, whole, "Skipper praised by the coastguard")
    both = made(tmp_path, whole, "Skipper praised by the coastguard", every=True)
    assert (6, 2) == (both.withheld, len(both.documents))


def captured(path: Path) -> bytes:
    """Write a WARC of a page, its request, and a revisit of it, and build a package of them."""
    url, date, later = "https://daily.example/a", "2024-03-04T05:06:07Z", "2024-03-05T05:06:07Z"
    body = b"<html><head><title>The harbour master resigns at once</title></head><body><p>He went.</p></body></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    payload = forge.sha256(body)
    page = NewRecord(
        "response",
        date,
        http,
        url,
        "application/http;msgtype=response",
        record_id="<urn:uuid:" + "1" * 8 + "-1111-4111-8111-" + "1" * 12 + ">",
    )
    concurrent = (("WARC-Concurrent-To", page.record_id or ""),)
    request = NewRecord(
        "request",
        date,
        b"GET /a HTTP/1.1\r\n\r\n",
        url,
        "application/http;msgtype=request",
        fields=concurrent,
    )
    revisit = NewRecord(
        "revisit", later, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", url, "application/http;msgtype=response",
        fields=(
            ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
            ("WARC-Refers-To", page.record_id or ""), ("WARC-Refers-To-Target-URI", url),
            ("WARC-Refers-To-Date", date), ("WARC-Payload-Digest", payload),
        ),
    )  # fmt: skip
    from archive.warc.writer import WarcWriter

    file = io.BytesIO()
    writer = WarcWriter(file, member="x.warc", compress=False)
    for record in (page, request, revisit):
        writer.write(record)
    (path / "x.warc").write_bytes(file.getvalue())
    with provenance.build(
        path / "c.wacz", salt_key=harbour.KEY, created_at="2024-03-06T10:00:00Z"
    ) as building:
        building.add(path / "x.warc")
        building.add(harbour.FERRY.encode(), original_url=harbour.FERRY_URL)
    return (path / "c.wacz").read_bytes()


def test_a_capture_goes_as_a_whole(tmp_path: Path) -> None:
    """With a captured page go its request, its text and articles, and a revisit of it."""
    whole = captured(tmp_path)
    left = made(tmp_path, whole, "https://daily.example/a", every=True)

    assert Verdict.SOUND is verify(str(left.package)).verdict
    assert 5 == left.withheld
    everything = b"".join(map(gzip.decompress, records(left.package.read_bytes())))
    assert b"daily.example" not in everything


def test_what_cannot_be_withheld(tmp_path: Path) -> None:
    """Nothing is written for what is not there, for all there is, and from what is not ours or not sound."""
    whole = harbour.package()
    for wanted, match in (
        (("Nowhere",), "nothing in the package"),
        (("1", "2", "3"), "nothing would be left"),
        (("bay.example",), "nothing"),
    ):
        with pytest.raises(UsageError, match=match):
            made(tmp_path, whole, *wanted)
    with pytest.raises(UsageError, match="no further member"):
        made(tmp_path, whole, "1", members=("provenance/articles.jsonl",))
    parts = forge.members(whole)
    manifest = json.loads(parts[forge.MANIFEST])
    other = {**parts}
    forge.set_manifest(other, {**manifest, "software": "other 1"})
    forge.redigest(other)
    unlisted = {**parts}
    unlisted["provenance/articles.jsonl"] += b"{}\n"
    for damaged, match in ((other, "of this software only"), (unlisted, "unsound")):
        with pytest.raises(InputError, match=match):
            made(tmp_path, forge.pack(damaged), "1")
    assert ["whole.wacz"] == [path.name for path in tmp_path.iterdir()]


def test_the_output(tmp_path: Path) -> None:
    """The original is never replaced, and nothing is overwritten unasked."""
    path = tmp_path / "a.wacz"
    path.write_bytes(harbour.package())
    with pytest.raises(UsageError, match="replace the package"):
        withhold(path, path, Choice(("1",), REASON), overwrite=True)
    (tmp_path / "b.wacz").write_bytes(b"mine")
    with pytest.raises(OutputExists):
        withhold(path, tmp_path / "b.wacz", Choice(("1",), REASON))

    assert b"mine" == (tmp_path / "b.wacz").read_bytes()
    assert harbour.package() == path.read_bytes()


def test_same_package_same_bytes() -> None:
    """The same withholding gives the same bytes."""
    assert harbour.withheld() == harbour.withheld.__wrapped__()


def test_it_can_be_opened() -> None:
    """What is left is a package like any other: its pages and index list what is left."""
    with archive.open(io.BytesIO(harbour.withheld()), name="a.wacz") as package:
        assert [harbour.FERRY_URL, harbour.BREAKWATER_URL] == [page.url for page in package.pages()]
        urls = {line.fields["url"] for line in package.index_lines()}
    assert harbour.SKIPPER_URL not in urls
    assert {harbour.FERRY_URL, harbour.BREAKWATER_URL} <= urls
