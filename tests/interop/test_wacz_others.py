"""Other people's tools on our packages, and our checks on theirs."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import packages
import pytest
from damage import forge

import archive
from archive.checks import check_all
from archive.findings import Report, Verdict


def tool(name: str) -> str:
    """Return a program that stands beside the interpreter or on the path; skip where there is none."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return our package as a file."""
    path = tmp_path / "made.wacz"
    path.write_bytes(packages.build())
    return path


@pytest.mark.parametrize("pages", [0, 1, 5])
def test_py_wacz_says_valid(tmp_path: Path, pages: int) -> None:
    """`wacz validate` accepts our package, with pages and without."""
    path = tmp_path / "made.wacz"
    path.write_bytes(packages.build(pages))
    run = subprocess.run([tool("wacz"), "validate", "-f", path], capture_output=True, text=True, check=False)

    assert "is valid" in run.stdout
    assert 0 == run.returncode


def test_cdxj_indexer_writes_the_same_lines(package: Path, tmp_path: Path) -> None:
    """`cdxj-indexer --sort` writes the same lines, but for the digest of metadata: it has none, and there it adds a SHA-1.

    ISO 28500 5.9 gives metadata no payload, so our records have no WARC-Payload-Digest and the line the block's.
    """
    parts = forge.members(package.read_bytes())
    warc = tmp_path / "data.warc.gz"
    warc.write_bytes(parts[forge.WARC])
    run = subprocess.run([tool("cdxj-indexer"), "--sort", warc], capture_output=True, text=True, check=True)
    theirs, ours = run.stdout.splitlines(), gzip.decompress(parts[forge.INDEX]).decode().splitlines()

    assert len(theirs) == len(ours)
    for their, our in zip(theirs, ours, strict=True):
        if "ld+json" not in our:
            assert their == our
        else:
            assert without_digest(their) == without_digest(our)
            assert json.loads(their.partition(" {")[2].join(["{", ""]))["digest"].startswith("sha1:")


def without_digest(line: str) -> tuple[str, dict[str, str]]:
    """Return key and time, and the fields but for the digest."""
    head, _, tail = line.partition("{")
    fields = json.loads("{" + tail)
    del fields["digest"]
    return head, fields


def test_warcio_reads_our_records(package: Path) -> None:
    """Warcio reads every record of our WARC, with the digests right."""
    iterator = pytest.importorskip("warcio.archiveiterator").ArchiveIterator
    warc = forge.members(package.read_bytes())[forge.WARC]
    types = []
    for record in iterator(io.BytesIO(warc), check_digests="raise"):
        record.content_stream().read()
        types.append(record.rec_type)
        assert record.digest_checker.passed is not False

    assert ["warcinfo", "response", "response", "resource", "conversion", "metadata"] == types


def test_surt_gives_the_same_keys() -> None:
    """The surt package gives the same key for some thousands of strange URLs."""
    import random
    import socket
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = pytest.importorskip("surt").surt
    from archive.surt import surt

    generator = random.Random(11)

    def numeric(host: bytes) -> tuple[None, None, list[str]]:
        try:
            return None, None, [socket.inet_ntoa(socket.inet_aton(host.decode()))]
        except OSError as error:
            raise socket.gaierror(str(error)) from None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "gethostbyname_ex", numeric)  # it asks a resolver for half-numeric hosts
        for _ in range(20_000):
            url = strange(generator)
            try:
                expected = theirs(url)
            except (ValueError, AssertionError, AttributeError, TypeError):
                expected = url
            assert expected == surt(url), url


SCHEMES = [
    "http://",
    "https://",
    "HTTP://",
    "ftp://",
    "http:",
    "http:///",
    "",
    "//",
    "urn:",
    "data:",
    "file:///",
]
SCHEMES += ["dns:", "mailto:", "http://http://", "https://http://", "urn:uuid:", "  http://"]
HOSTS = [
    "example.com",
    "www.Example.com",
    "www2.x.org",
    "www.com",
    "bücher.example",
    "пример.рф",
    "a..b.com",
    ".a.b.",
]
HOSTS += [
    "127.0.0.1",
    "2130706433",
    "0177.0.0.1",
    "1.2",
    "1.2.3.999",
    "[::1]",
    "ex%41mple.com",
    "u:p@h.com",
    "",
    "☃.net",
]
PORTS = ["", ":80", ":443", ":8080", ":0", ":", ":abc", ":99999", "::"]
PATHS = [
    "",
    "/",
    "/a",
    "/A/b/",
    "/a/../b",
    "/../x",
    "/./a/.",
    "/a//b",
    "/%7Euser",
    "/%2525252525252525252541",
    "/a b",
]
PATHS += [
    "/é",
    "/x/(4hqa0555fwsecu455xqckv45)/m.aspx",
    "/%",
    "/%zz",
    "/a%2fb",
    "/a\tb\n",
    "/a#b",
    "/a%23b",
    "/a?",
    "/📰",
]
QUERIES = [
    "",
    "?",
    "?b=2&a=1",
    "?B&a=&a",
    "?q=%20x+y",
    "?jsessionid=0123456789abcdef0123456789abcdef",
    "?a&&b",
    "?=",
]
QUERIES += [
    "?sid=9682993c8daa2c5497996114facdc805&x=y",
    "?cfid=1&cftoken=2&x",
    "?a=1#f",
    "?%25%41",
    "?é=ü",
    "??",
]
ODD = "ahtp:/?#[]@!$&'()*+,;=%25.4 \\\"<>^`{|}~éwW0-_\t"


def strange(generator) -> str:
    """Return a URL of odd parts, or of odd characters."""
    if generator.random() < 0.5:
        return "".join(generator.choice(part) for part in (SCHEMES, HOSTS, PORTS, PATHS, QUERIES))
    tail = "".join(generator.choice(ODD) for _ in range(generator.randint(0, 25)))
    return generator.choice(["http://", "", "urn:", "https://www."]) + tail


def test_packages_of_others(gold: Path) -> None:
    """Packages that their makers call valid are not called unsound; those they call invalid are not called sound."""
    rows = json.loads((gold / "warc" / "manifest.json").read_text())
    labelled = {row["file"]: row["label"] for row in rows if row["file"].endswith(".wacz")}
    assert labelled
    for name, label in labelled.items():
        with archive.open(gold / "warc" / "files" / name) as opened:
            report = Report.of(name, check_all(opened))
        if label == "valid":
            assert report.verdict in {Verdict.SOUND, Verdict.UNDECIDED}, name
        else:
            assert report.verdict is not Verdict.SOUND, name


def test_no_file_of_others_breaks_the_checks(gold: Path) -> None:
    """Every archive of the collection is reported on or refused by an error of ours, whatever is wrong with it."""
    for path in sorted((gold / "warc" / "files").iterdir()):
        packages.verify(path.read_bytes(), name=path.name)


@pytest.mark.parametrize("options", [[], ["--detect-pages"]])
@pytest.mark.parametrize("packed", [False, True])
def test_packages_that_py_wacz_makes(tmp_path: Path, packed: bool, options: list[str]) -> None:
    """What `wacz create` makes of a sound WARC, plain or gzipped, is sound here, page list or not.

    It counts a plain record without the two line ends behind it, in length and recordDigest alike.
    """
    warc = forge.members(packages.build())[forge.WARC]
    source, made = tmp_path / ("data.warc.gz" if packed else "data.warc"), tmp_path / "made.wacz"
    source.write_bytes(warc if packed else gzip.decompress(warc))
    subprocess.run(
        [tool("wacz"), "create", "-o", made, *options, "-f", source], capture_output=True, check=True
    )
    report = packages.verify(made.read_bytes())

    assert Verdict.SOUND is report.verdict
    assert {"wacz.pages-missing", "page.unlisted"} >= set(
        packages.codes(report)
    )  # our records name their pages
    assert report.coverage["index_lines"].checked


def test_an_index_of_nothing_by_py_wacz(tmp_path: Path) -> None:
    """`wacz create` names one block without a key where there is nothing to index; that is no fault."""
    warc = forge.records(forge.members(packages.build()))[0]
    source, made = tmp_path / "data.warc.gz", tmp_path / "made.wacz"
    source.write_bytes(warc)
    subprocess.run([tool("wacz"), "create", "-o", made, "-f", source], capture_output=True, check=True)

    assert {"wacz.pages-missing": 1} == dict(packages.codes(packages.verify(made.read_bytes())))
