"""The laws of a package with articles in it: any change is found, taking away never improves, same input same bytes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provenance
from archive.findings import Count, Covered, Finding, Level, Report, Status, Verdict, worst
from provenance.builder import Builder
from provenance.verifier import verify
from tests.provenance.insider import rewrite

TEXT = (
    "Ferry returns\n\nThe Harbour Post\n\nThe master said: “We turned back before the second wave came in.”\n"
)
ECHO = "He told us: “We turned back before the second wave came in”, and left.\n"


def build(path: Path, *texts: str) -> Path:
    """Build a package of texts, dated so that the bytes depend on them alone."""
    with provenance.build(path, overwrite=True, created_at="2024-03-04T10:00:00Z") as building:
        for text in texts:
            building.add(text.encode())
    return path


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small package."""
    return build(tmp_path_factory.mktemp("laws") / "a.wacz", TEXT, ECHO)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place to write damaged packages to."""
    return tmp_path_factory.mktemp("scratch") / "b.wacz"


@given(data=st.data())
@settings(max_examples=150)
def test_any_flipped_bit_is_found(package: Path, scratch: Path, data: st.DataObject) -> None:
    """Whichever bit of a package is flipped, it is unsound or unreadable, and no exception escapes."""
    whole = bytearray(package.read_bytes())
    offset = data.draw(st.integers(0, len(whole) - 1), label="offset_bytes")
    whole[offset] ^= 1 << data.draw(st.integers(0, 7), label="bit")
    scratch.write_bytes(whole)
    assert verify(str(scratch)).verdict in (Verdict.UNSOUND, Verdict.UNREADABLE)


@given(data=st.data())
@settings(max_examples=100)
def test_any_cut_is_found(package: Path, scratch: Path, data: st.DataObject) -> None:
    """Wherever a package is cut, it is unsound or unreadable."""
    whole = package.read_bytes()
    scratch.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1), label="length_bytes")])
    assert verify(str(scratch)).verdict in (Verdict.UNSOUND, Verdict.UNREADABLE)


@given(data=st.data())
@settings(max_examples=60)
def test_any_stretch_put_elsewhere_is_found(package: Path, scratch: Path, data: st.DataObject) -> None:
    """A stretch of bytes overwritten by another stretch of the same package is found, unless nothing changed."""
    whole = bytearray(package.read_bytes())
    length = data.draw(st.integers(1, 200), label="length_bytes")
    source, target = (data.draw(st.integers(0, len(whole) - length)) for _ in range(2))
    before = bytes(whole)
    whole[target : target + length] = whole[source : source + length]
    scratch.write_bytes(whole)
    assert (verify(str(scratch)).verdict is Verdict.SOUND) == (bytes(whole) == before)


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=3, unique=True))
@settings(max_examples=25)
def test_same_input_same_bytes_and_sound(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever the texts are, two builds give the same bytes, and what was built is sound."""
    folder = tmp_path_factory.mktemp("same")
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    first, second = build(folder / "1.wacz", *texts), build(folder / "2.wacz", *texts)
    assert first.read_bytes() == second.read_bytes()
    report = verify(str(first))
    assert report.verdict is Verdict.SOUND, report.findings


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_any_bytes_are_archived(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever bytes are given, they are kept as they are, nothing escapes, and the package is sound."""
    path = tmp_path_factory.mktemp("any") / "a.wacz"
    with provenance.build(path, created_at="2024-03-04T10:00:00Z") as building:
        building.add(io.BytesIO(data), name="any.txt")
    assert verify(str(path)).verdict is Verdict.SOUND


@pytest.mark.parametrize("kind", ["resource", "conversion", "metadata"])
@pytest.mark.parametrize("which", [0, 1])
def test_any_record_taken_out_is_found(package: Path, tmp_path: Path, kind: str, which: int) -> None:
    """A record taken out, with every digest and the index re-fixed, never leaves a sound package."""
    seen: list[str] = []

    def change(record):
        if record.type == kind:
            seen.append(kind)
            if len(seen) == which + 1:
                return None
        return record

    assert verify(str(rewrite(package, tmp_path / "c.wacz", change=change))).verdict is Verdict.UNSOUND


def _outcomes() -> st.SearchStrategy[list[Finding | Covered]]:
    counts = st.builds(lambda a, b: Count(min(a, b), max(a, b)), st.integers(0, 3), st.integers(0, 3))
    covered = st.builds(Covered, st.sampled_from(["bytes", "records", "quotations"]), counts)
    finding = st.builds(
        Finding, st.just("room.what"), st.sampled_from(Status), st.sampled_from(Level), st.just("words")
    )
    return st.lists(covered | finding, max_size=6)


@given(_outcomes(), st.data())
def test_checking_less_never_improves_the_verdict(
    outcomes: list[Finding | Covered], data: st.DataObject
) -> None:
    """If less of what is present was checked, the verdict is the same or worse."""
    before = Report.of("p", outcomes).verdict
    worse = [
        Covered(o.aspect, Count(data.draw(st.integers(0, o.count.checked)), o.count.present))
        if isinstance(o, Covered)
        else o
        for o in outcomes
    ]
    after = Report.of("p", worse).verdict
    assert worst([before, after]) is after


@given(_outcomes(), st.sampled_from(Status))
def test_finding_more_never_improves_the_verdict(outcomes: list[Finding | Covered], status: Status) -> None:
    """A further finding leaves the verdict or makes it worse; a failed one makes it unsound."""
    before = Report.of("p", outcomes).verdict
    after = Report.of("p", [*outcomes, Finding("room.what", status, Level.FIXITY, "words")]).verdict
    assert worst([before, after]) is after
    assert (after is Verdict.UNSOUND) >= (status is Status.FAILED)


def test_a_report_of_nothing_is_not_sound() -> None:
    """Where nothing was checked there is no verdict but undecided."""
    assert Report.of("p", []).verdict is Verdict.UNDECIDED
    assert Report.of("p", [Covered("bytes", Count(1, 1))]).verdict is Verdict.SOUND


def test_the_builder_leaves_nothing_behind_when_stopped(tmp_path: Path) -> None:
    """Whatever stops a build, an interrupt among it, leaves neither a package nor a part of one."""

    def interrupted() -> None:
        with Builder(tmp_path / "a.wacz") as building:
            building.add(TEXT.encode())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []
