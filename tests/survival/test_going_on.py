"""Going on with a build: what is refused, what is taken over, and what is never asked for twice."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from builds import DATE, NAME, TEXTS, build_texts, write_records
from cli.command import run
from faults import Faults, Killed

import archive
from archive.errors import OutputBusy, OutputExists, OutputUnfinished, ResumeRefused
from archive.wacz.output import Output, journal_path, unfinished_path
from archive.warc.record import NewRecord
from provenance.builder import Builder
from provenance.inputs import AddressGiven


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """Return the output of a build of texts that was killed behind its second input."""
    acknowledged: list[str] = []

    def kill_behind_two(what: str) -> None:
        acknowledged.append(what)
        if len(acknowledged) == 2:
            raise Killed

    faults = Faults()
    with faults.installed(), pytest.raises(Killed):
        build_texts(tmp_path, ack=faults.dying(kill_behind_two))
    return tmp_path / NAME


def test_an_unfinished_build_is_not_overwritten_by_chance(stopped: Path) -> None:
    """Without a word about it, a new build refuses, names the unfinished file, and leaves it as it was."""
    before = unfinished_path(stopped).read_bytes(), journal_path(stopped).read_bytes()

    with pytest.raises(OutputUnfinished) as caught:
        archive.PackageWriter(stopped)

    assert f"{NAME}.unfinished" in str(caught.value)
    assert before == (unfinished_path(stopped).read_bytes(), journal_path(stopped).read_bytes())


def test_force_starts_over(stopped: Path, tmp_path: Path) -> None:
    """Asked to overwrite, a build begins anew and leaves nothing of the old one."""
    with Builder(stopped, overwrite=True, created_at=DATE) as building:
        building.add(b"Another text, of one line.\n", name="other")

    assert [NAME] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    "change", ["other text", "other order", "fewer", "other title", "shorter file", "altered file"]
)
def test_what_is_not_the_same_is_refused(stopped: Path, change: str) -> None:
    """Other inputs, fewer, or other settings are refused with the reason, and the unfinished build stays as it is."""
    unfinished = unfinished_path(stopped)
    if change == "shorter file":
        unfinished.write_bytes(unfinished.read_bytes()[:-1])
    if change == "altered file":
        data = bytearray(unfinished.read_bytes())
        data[-3] ^= 1
        unfinished.write_bytes(bytes(data))
    before = unfinished.read_bytes()
    given = {
        "other text": [(b"Not this.\n", "0")],
        "other order": [(TEXTS[1], "1")],
        "fewer": [(TEXTS[0], "0")],
    }

    with pytest.raises(ResumeRefused) as caught:  # noqa: PT012
        title = "T" if change == "other title" else None
        with Builder(stopped, survive=True, resume=True, created_at=DATE, title=title) as building:
            for text, name in given.get(change, [(text, str(n)) for n, text in enumerate(TEXTS)]):
                building.add(text, name=name)

    assert caught.value.hint
    assert before == unfinished.read_bytes()
    assert not stopped.exists()


def test_the_same_inputs_and_more(stopped: Path) -> None:
    """Further inputs may follow those of the unfinished build."""
    with Builder(stopped, survive=True, resume=True, created_at=DATE) as building:
        for number, text in enumerate((*TEXTS, b"And one more.\n")):
            building.add(text, name=str(number))

    assert building.built is not None
    assert 4 == building.built.documents


def test_resume_where_there_is_nothing_to_resume(tmp_path: Path) -> None:
    """Asked to go on where nothing was begun, a build begins."""
    assert build_texts(tmp_path, resume=True).exists()


def test_a_page_is_not_captured_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was captured stays as it was captured, and a page that was not there stays refused."""
    pages = {"https://a.example/1": b"<p>first</p>", "https://a.example/3": b"<p>third</p>"}
    asked: list[str] = []

    def captured(item: AddressGiven, *_: object, **__: object) -> list[object]:
        from archive.errors import InputError
        from archive.limits import DEFAULT
        from archive.warc.record import Header
        from provenance.corpus.reading import Copied, given_of

        asked.append(item.name)
        if item.name not in pages:
            raise InputError("no answer")
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + pages[item.name]
        kind = "application/http;msgtype=response"
        fields = {
            "WARC-Type": "response",
            "WARC-Date": DATE,
            "WARC-Target-URI": item.name,
            "Content-Type": kind,
        }
        given = given_of(item.name, Header("WARC/1.1", tuple(fields.items())), block, DEFAULT)
        return [Copied(NewRecord("response", DATE, block, item.name, kind), given)]

    monkeypatch.setattr("provenance.corpus.reading.captured", captured)
    urls = [f"https://a.example/{n}" for n in (1, 2, 3)]

    def build(folder: Path, *, resume: bool = False, dies: bool = False) -> list[str]:
        folder.mkdir(exist_ok=True)
        with Builder(folder / NAME, survive=True, resume=resume) as building:
            for url in urls:
                building.add_url(url)
            if dies:
                raise KeyboardInterrupt
        return [refused.name for refused in building.refused]

    build(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "part", dies=True)
    asked.clear()
    pages |= {"https://a.example/1": b"<p>later</p>", "https://a.example/2": b"<p>there by now</p>"}

    assert ["https://a.example/2"] == build(tmp_path / "part", resume=True)
    assert [] == asked
    assert (tmp_path / "whole" / NAME).read_bytes() == (tmp_path / "part" / NAME).read_bytes()


def test_two_writers(tmp_path: Path) -> None:
    """While one process writes an output, a second is told so, and the first is not disturbed."""
    with archive.PackageWriter(tmp_path / NAME, survive=True) as writer:
        writer.write(NewRecord("resource", DATE, b"x", "urn:x", "text/plain"))
        for overwrite in (False, True):
            with pytest.raises(OutputBusy) as caught:
                archive.PackageWriter(tmp_path / NAME, overwrite=overwrite)
            assert caught.value.hint
    assert [NAME] == [path.name for path in tmp_path.iterdir()]


def test_what_a_killed_writer_left_is_taken_over(tmp_path: Path) -> None:
    """A file that nobody promised anything of, and nobody holds, does not stand in the way."""
    unfinished_path(tmp_path / NAME).write_bytes(b"half of something")

    with archive.PackageWriter(tmp_path / NAME) as writer:
        writer.write(NewRecord("resource", DATE, b"x", "urn:x", "text/plain"))

    assert [NAME] == [path.name for path in tmp_path.iterdir()]


def test_a_link_in_the_place_of_the_unfinished_file(tmp_path: Path) -> None:
    """A link that somebody laid there is not followed: what it leads to stays as it is."""
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    unfinished_path(tmp_path / NAME).symlink_to(theirs)

    with pytest.raises(Exception, match="cannot write the output"):
        archive.PackageWriter(tmp_path / NAME)
    assert b"theirs" == theirs.read_bytes()


def test_a_writer_stopped_just_behind_the_end(tmp_path: Path) -> None:
    """The finished package is left alone by the next build, whatever still lies beside it."""
    path = write_records(tmp_path)
    data = path.read_bytes()
    unfinished_path(path).hardlink_to(path)
    journal_path(path).write_bytes(b"")

    with pytest.raises(OutputExists):
        Output(path)
    assert [NAME] == [each.name for each in tmp_path.iterdir()]
    unfinished_path(path).hardlink_to(path)
    other = Output(path, overwrite=True)
    other.write(b"new")
    other.discard()
    gc.collect()

    assert data == path.read_bytes()


class TestCommandLine:
    """`provenance build --resume`."""

    def test_an_unfinished_build_is_explained(self, stopped: Path, tmp_path: Path) -> None:
        """The error names the file and both ways on."""
        (tmp_path / "a.txt").write_bytes(TEXTS[0])
        ran = run("build", tmp_path / "a.txt", "-o", stopped, "--json")

        assert (2, "output-unfinished") == (ran.status, ran.last["code"])
        assert "--resume" in ran.last["hint"]
        assert "--force" in ran.last["hint"]
        assert "Traceback" not in ran.err

    def test_stopped_and_gone_on_with(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A full disk ends the build with words on how to go on, and --resume does, to the same bytes."""
        for number, text in enumerate(TEXTS):
            (tmp_path / f"{number}.txt").write_bytes(text)
        texts = [tmp_path / f"{number}.txt" for number in range(len(TEXTS))]
        (tmp_path / "out").mkdir()
        whole = run("build", *texts, "-o", tmp_path / "whole.wacz", "--json", "--created-at", "now")
        out = tmp_path / "out" / NAME
        faults = Faults(30, OSError(28, "No space left on device"))
        with faults.installed():
            ran = run("build", *texts, "-o", out, "--json", "--created-at", "now")

        assert (2, "output") == (ran.status, ran.last["code"])
        assert "disk is full" in ran.last["hint"]
        assert "--resume" in ran.last["hint"]
        assert f"{NAME}.unfinished" in ran.last["hint"]
        again = run("build", *texts, "-o", out, "--json", "--created-at", "now", "--resume")
        assert (0, whole.last["records"]) == (again.status, again.last["records"])
        assert [NAME] == [path.name for path in out.parent.iterdir()]
