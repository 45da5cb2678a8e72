"""Verification against an insider: every digest and the index are right, and only reading again finds the change."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import provenance
from archive.findings import Report, Status, Verdict
from archive.warc.record import NewRecord
from provenance import records
from tests.provenance.insider import Change, Edit, rewrite

POST = "Ferry returns to port\n\nThe Harbour Post\n\nThe master said: “We turned back before the second wave came in.”\n"
ECHO = "A master speaks\n\nThe ferry’s master told us: “we turned back before the second wave came in”, and left.\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package of two texts; each quotes what the other quotes."""
    path = tmp_path_factory.mktemp("package") / "ferry.wacz"
    with provenance.build(path, created_at="2024-03-04T10:00:00Z") as building:
        building.add(POST.encode(), original_url="https://post.example/ferry")
        building.add(ECHO.encode())
    return path


def verified(package: Path, output: Path, **changes: Change | Edit | str) -> Report:
    """Verify the package after an insider's change."""
    output.mkdir(exist_ok=True)
    return provenance.verify(rewrite(package, output / "changed.wacz", **changes))  # type: ignore[arg-type]


def failed(report: Report) -> set[str]:
    """Return the codes of what failed."""
    return {finding.code for finding in report.findings if finding.status is Status.FAILED}


def replacing(type: str, old: bytes, new: bytes) -> Change:  # noqa: A002 (the field's name)
    """Return a change of some words in the records of a type."""

    def change(record: NewRecord) -> NewRecord:
        assert isinstance(record.block, bytes)
        if record.type != type:
            return record
        return attrs.evolve(record, block=record.block.replace(old, new))

    return change


@pytest.mark.parametrize(("body", "told"), [("You don't have permission to access this page.", 1), (POST, 0)])
def test_walls_are_told_again(tmp_path: Path, body: str, told: int) -> None:
    """Verifying says where a wall stands in place of an article, as a warning: the package holds what was captured."""
    path = tmp_path / "wall.wacz"
    page = f"<!doctype html><title>Access denied</title><h1>Access denied</h1><p>{body}</p>"
    with provenance.build(path, created_at="2024-03-04T10:00:00Z") as building:
        building.add(page.encode(), original_url="https://post.example/ferry")
        building.add(ECHO.encode())
    report = provenance.verify(path)
    walls = [finding.status for finding in report.findings if finding.code == "page.wall"]
    assert (report.verdict, walls) == (Verdict.SOUND, [Status.WARNED] * told)


class TestSound:
    """Where nothing was changed nothing is found."""

    def test_a_package_written_anew_is_sound(self, package: Path, tmp_path: Path) -> None:
        """The insider's tool alone changes nothing: none of the codes below comes up."""
        report = verified(package, tmp_path)
        assert failed(report) == set()
        assert report.verdict is Verdict.SOUND
        assert report.coverage["quotations"].checked == 2

    def test_it_is_the_same_package(self, package: Path, tmp_path: Path) -> None:
        """The insider's tool writes every record as it was, so what the tests below find is their own change."""
        assert provenance.verify(package).verdict is Verdict.SOUND
        rewritten = rewrite(package, tmp_path / "same.wacz")
        assert [a.headline for a in provenance.open(rewritten)] == [
            a.headline for a in provenance.open(package)
        ]


class TestReadAgain:
    """Documents are read again from their bytes."""

    def test_an_altered_article_differs(self, package: Path, tmp_path: Path) -> None:
        """`article.differs`: another outlet in the article record, everything else re-fixed."""
        change = replacing("metadata", b"The Harbour Post", b"The Daily Fraud")
        assert failed(verified(package, tmp_path, change=change)) == {"article.differs"}

    def test_an_altered_text_differs(self, package: Path, tmp_path: Path) -> None:
        """`text.differs`: other words in the canonical text."""
        change = replacing("conversion", b"second wave", b"third wave")
        assert "text.differs" in failed(verified(package, tmp_path, change=change))

    def test_an_altered_document_differs(self, package: Path, tmp_path: Path) -> None:
        """Other words in the document itself contradict its text, its articles and the traces."""
        change = replacing("resource", b"second wave", b"third wave")
        assert {"text.differs", "article.differs", "trace.differs"} <= failed(
            verified(package, tmp_path, change=change)
        )

    @pytest.mark.parametrize("kind", ["conversion", "metadata"])
    def test_a_derived_record_taken_out_is_missed(self, package: Path, tmp_path: Path, kind: str) -> None:
        """`article.record-missing`: a document stands without its text or its articles."""
        report = verified(package, tmp_path, change=lambda record: None if record.type == kind else record)
        assert "article.record-missing" in failed(report)
        assert report.coverage["quotations"].checked < report.coverage["quotations"].present

    @pytest.mark.parametrize("kind", ["conversion", "metadata"])
    @pytest.mark.parametrize("first", [True, False])
    def test_a_second_derived_record_is_found(
        self, package: Path, tmp_path: Path, kind: str, first: bool
    ) -> None:
        """Of two texts, or two statements of articles, for one document one is false: before the right one or behind."""

        def forged(record: NewRecord) -> NewRecord | None:
            other = replacing(kind, b"second wave", b"third wave")(record)
            return attrs.evolve(other, record_id=None) if other != record else None

        if first:
            report = verified(
                package, tmp_path, change=lambda r: forged(r) or r, further=lambda r: r if forged(r) else None
            )
        else:
            report = verified(package, tmp_path, further=forged)
        assert "article.without-source" in failed(report)

    def test_whoever_packed_them_derived_records_are_checked(self, package: Path, tmp_path: Path) -> None:
        """A package that says others wrote it, with articles of ours that were altered in it, is unsound."""
        change = replacing("metadata", b"second wave", b"third wave")
        report = verified(package, tmp_path, change=change, software="another")
        assert "article.differs" in failed(report)
        assert failed(verified(package, tmp_path / "as-it-was", software="another")) == set()

    def test_a_document_taken_out_leaves_orphans(self, package: Path, tmp_path: Path) -> None:
        """`article.without-source`: text and articles stand without what they were read from."""
        report = verified(
            package, tmp_path, change=lambda record: None if record.type == "resource" else record
        )
        assert "article.without-source" in failed(report)

    def test_other_rules_are_not_compared(self, package: Path, tmp_path: Path) -> None:
        """`article.other-reader`: what another reader read is undecided, neither sound nor unsound."""

        def change(record: NewRecord) -> NewRecord:
            fields = tuple((n, "0" if n == records.READER else v) for n, v in record.fields)
            return attrs.evolve(record, fields=fields)

        report = verified(package, tmp_path, change=change)
        assert {finding.code for finding in report.findings} >= {"article.other-reader"}
        assert report.verdict is Verdict.UNDECIDED
        assert report.unchecked == ("quotations",)


class TestHeads:
    """What stands outside the blocks is derived as well."""

    def test_a_forged_page_title_is_found(self, package: Path, tmp_path: Path) -> None:
        """`page.list-differs`: a viewer would show another headline than the document has."""
        forged = rewrite(package, tmp_path / "a.wacz", turn=lambda page: attrs.evolve(page, title="FORGED"))
        assert failed(provenance.verify(forged)) == {"page.list-differs"}

    @pytest.mark.parametrize(
        "forge",
        [
            lambda record: attrs.evolve(record, fields=(*record.fields, ("Provenance-Headline", "FORGED"))),
            lambda record: attrs.evolve(record, content_type="text/html"),
        ],
    )
    def test_a_forged_header_is_found(
        self, package: Path, tmp_path: Path, forge: Callable[..., NewRecord]
    ) -> None:
        """`text.differs`: the record's block is right, but its header says something else than it should."""
        report = verified(
            package, tmp_path, change=lambda record: forge(record) if record.type == "conversion" else record
        )
        assert failed(report) == {"text.differs"}

    def test_tables_without_records_are_compared(self, package: Path, tmp_path: Path) -> None:
        """Tables that stand alone, under another maker's name, are compared with what the documents say."""
        bare = rewrite(
            package,
            tmp_path / "b.wacz",
            change=lambda record: None if record.type in ("conversion", "metadata") else record,
            edit=lambda _, data: data.replace(b"The Harbour Post", b"The Daily Fraud"),
            software="other/1",
        )
        assert "article.table-differs" in failed(provenance.verify(bare))

    def test_a_page_list_that_cannot_be_read_stops_nothing(self, package: Path, tmp_path: Path) -> None:
        """With the page list marked as encrypted the package is unsound, and the rest of it is checked."""
        data = bytearray(package.read_bytes())
        at = (
            data.rindex(b"pages/pages.jsonl") - 46
        )  # the central directory's record of the member (APPNOTE 4.3.12)
        assert data[at : at + 4] == b"PK\x01\x02"
        data[at + 8] |= 1
        (tmp_path / "a.wacz").write_bytes(data)
        report = provenance.verify(tmp_path / "a.wacz")
        assert report.verdict is Verdict.UNSOUND
        assert report.coverage["quotations"].checked == 2

    def test_a_page_list_beyond_the_limits_stops_nothing(self, package: Path, tmp_path: Path) -> None:
        """A title longer than any line may be leaves the package unsound, not unreadable."""
        forged = rewrite(
            package, tmp_path / "b.wacz", turn=lambda page: attrs.evolve(page, title="x" * 3_000_000)
        )
        report = provenance.verify(forged)
        assert report.verdict is Verdict.UNSOUND
        assert report.coverage["quotations"].checked == 2


class TestDisguise:
    """A package that does not say that we made it is checked all the same, as far as our records are in it."""

    def test_another_makers_name_hides_nothing(self, package: Path, tmp_path: Path) -> None:
        """With the maker's name changed, an altered outlet is still found, and so is an altered trace."""
        change = replacing("metadata", b"The Harbour Post", b"The Daily Fraud")
        disguised = rewrite(package, tmp_path / "a.wacz", change=change, software="other/1")
        assert "article.differs" in failed(provenance.verify(disguised))
        altered = rewrite(
            package,
            tmp_path / "b.wacz",
            edit=lambda _, d: d.replace(b"NORMALISED", b"SPLICE"),
            software="other/1",
        )
        assert failed(provenance.verify(altered)) == {"trace.differs"}

    def test_the_bare_warc_hides_nothing(self, package: Path, tmp_path: Path) -> None:
        """The WARC taken out of an altered package is unsound by itself; that of a sound one is sound."""
        change = replacing("metadata", b"The Harbour Post", b"The Daily Fraud")
        for name, source in {
            "good": package,
            "bad": rewrite(package, tmp_path / "c.wacz", change=change),
        }.items():
            with zipfile.ZipFile(source) as opened:
                (tmp_path / f"{name}.warc.gz").write_bytes(opened.read("archive/data.warc.gz"))
        assert provenance.verify(tmp_path / "good.warc.gz").verdict is Verdict.SOUND
        assert failed(provenance.verify(tmp_path / "bad.warc.gz")) == {"article.differs"}

    def test_an_untouched_package_under_another_name_is_sound(self, package: Path, tmp_path: Path) -> None:
        """The name alone proves nothing and spoils nothing."""
        assert (
            provenance.verify(rewrite(package, tmp_path / "d.wacz", software="other/1")).verdict
            is Verdict.SOUND
        )


class TestTables:
    """What concerns the whole collection is derived again."""

    def test_traces_by_other_rules_are_not_compared(self, package: Path, tmp_path: Path) -> None:
        """`trace.other-rules`: what other rules traced is undecided; the rules of today are compared."""

        def edit(name: str, data: bytes) -> bytes:
            return data.replace(b'"rules":"trace/', b'"rules":"trace/0.')

        report = verified(package, tmp_path, edit=edit)
        assert "trace.other-rules" in {finding.code for finding in report.findings}
        assert "trace.differs" not in {finding.code for finding in report.findings}
        assert (report.verdict, report.unchecked) == (Verdict.UNDECIDED, ("traces",))

    def test_an_altered_trace_differs(self, package: Path, tmp_path: Path) -> None:
        """`trace.differs`: the package claims another verdict than tracing gives."""

        def edit(name: str, data: bytes) -> bytes:
            return data.replace(b'"VERBATIM"', b'"SPLICE"', 1).replace(b'"NORMALISED"', b'"SPLICE"', 1)

        report = verified(package, tmp_path, edit=edit)
        assert failed(report) == {"trace.differs"}

    def test_a_trace_taken_out_differs(self, package: Path, tmp_path: Path) -> None:
        """A line less is found as well."""

        def edit(name: str, data: bytes) -> bytes:
            return b"".join(data.splitlines(keepends=True)[:-1]) if "traces" in name else data

        assert failed(verified(package, tmp_path, edit=edit)) == {"trace.differs"}

    def test_all_traces_taken_out_are_missed(self, package: Path, tmp_path: Path) -> None:
        """A package has traces if it has quotations: without them it is unsound, not merely untraced."""
        report = verified(package, tmp_path, edit=lambda name, data: None if "traces" in name else data)
        assert failed(report) == {"package.table-missing"}

    def test_an_altered_table_differs(self, package: Path, tmp_path: Path) -> None:
        """`article.table-differs`: the table of articles names another outlet."""
        report = verified(
            package, tmp_path, edit=lambda _, data: data.replace(b"The Harbour Post", b"The Fraud")
        )
        assert "article.table-differs" in failed(report)

    def test_a_table_taken_out_is_missed(self, package: Path, tmp_path: Path) -> None:
        """`package.table-missing`: articles without their table."""
        report = verified(package, tmp_path, edit=lambda name, data: None if "articles" in name else data)
        assert failed(report) == {"package.table-missing"}

    def test_many_differences_are_counted(self, tmp_path: Path) -> None:
        """Beyond twenty lines the rest is counted in one finding, and nothing is swallowed."""
        text = "".join(
            f"A man said: “This is the sentence number {n} of all of them.”\n\n" for n in range(30)
        )
        with provenance.build(tmp_path / "many.wacz", created_at="2024-03-04T10:00:00Z") as building:
            building.add(("Many words\n\n" + text).encode())
        report = verified(
            tmp_path / "many.wacz", tmp_path, edit=lambda n, data: data.replace(b"UNTRACED_OUT", b"VERBATIM")
        )
        messages = [finding.message for finding in report.findings if finding.code == "trace.differs"]
        assert len(messages) == 21
        assert messages[-1] == "and 10 further lines"


class TestMembersThatCannotBeRead:
    """One flipped bit in the ZIP's directory keeps a member from being read: the rest is checked all the same."""

    @pytest.mark.parametrize("member", ["archive/data.warc.gz", "provenance/articles.jsonl"])
    def test_an_encrypted_member_is_found(self, package: Path, tmp_path: Path, member: str) -> None:
        """The report says what is wrong, and is none of a package that cannot be read at all."""
        raw = bytearray(package.read_bytes())
        raw[raw.rindex(member.encode()) - 38] |= 1
        (tmp_path / "flipped.wacz").write_bytes(raw)
        report = provenance.verify(tmp_path / "flipped.wacz")
        assert report.verdict is Verdict.UNSOUND
        assert "zip.encrypted" in {finding.code for finding in report.findings}
        assert report.coverage["members"].present > report.coverage["members"].checked > 0

    def test_records_of_a_member_that_cannot_be_read_are_missing(self, package: Path, tmp_path: Path) -> None:
        """What lies in a WARC that cannot be read counts as present and not as checked."""
        raw = bytearray(package.read_bytes())
        raw[raw.rindex(b"archive/data.warc.gz") - 38] |= 1
        (tmp_path / "flipped.wacz").write_bytes(raw)
        report = provenance.verify(tmp_path / "flipped.wacz")
        assert (report.coverage["records"].checked, report.coverage["records"].present) == (0, 1)
        assert report.coverage["bytes"].checked < report.coverage["bytes"].present


def test_a_salted_package_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that carry a salt against guessing are read again and compared like any others."""
    from functools import partial

    from archive.wacz.writer import PackageWriter

    salted = partial(PackageWriter, salt_key=b"a key of sixteen bytes or more")
    monkeypatch.setattr("provenance.builder.PackageWriter", salted)
    path = tmp_path / "salted.wacz"
    with provenance.build(path, created_at="2024-03-04T10:00:00Z") as building:
        building.add(POST.encode(), original_url="https://post.example/ferry")

    assert set() == failed(provenance.verify(str(path)))
    assert Verdict.SOUND is provenance.verify(str(path)).verdict
