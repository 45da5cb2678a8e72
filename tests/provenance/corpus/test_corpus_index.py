"""A corpus answers as an index in memory does, grows by appending, survives being stopped, and betrays every change."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.findings import Status, Verdict
from provenance.corpus import index as index_room
from provenance.corpus import segment as segment_room
from provenance.corpus.filing import FiledInput, file_inputs
from provenance.corpus.fixity import check_corpus
from provenance.corpus.index import IndexWriter, describe
from provenance.corpus.indexed import IndexedCandidates
from provenance.corpus.joined import Joined
from provenance.corpus.segment import FILES, Document
from provenance.errors import CorpusDamaged
from provenance.inputs import Refused
from provenance.model.trace import Source
from provenance.tracer.fold import fold_quotation
from provenance.tracer.memory import MemoryCandidates
from provenance.verifier import verify

HARBOUR = "The harbour will stay closed until the pilots are paid, the mayor of Lindau said on Monday."
BRIDGE = (
    "Nobody asked the pilots. “The bridge is not safe,” an engineer wrote to the council of Lindau in May."
)
WORDS = (
    "pilot",
    "bridge",
    "the",
    "of",
    "closed",
    "Paid",
    "été",
    "Мост",
    "橋",
    "don’t",
    "2.6",
    "😀",
    "ﬁne",
    "Stra\u00dfe",
    "e\u0301te\u0301",
    "co\u00adop",
    "won-\nderful",
)


def documents(texts: Iterable[str]) -> Iterator[Document]:
    """Yield texts as sources with the ids "text 0", "text 1" and so on."""
    for number, text in enumerate(texts):
        name = f"text {number}"
        yield Document(name, text, (0, len(text)), {"id": name, "input": "made here"})


def made(folder: Path, *texts: str, name: str = "made here") -> IndexedCandidates:
    """Return a corpus of texts, opened."""
    with IndexWriter(folder) as writer:
        writer.add(name, "1", documents(texts))
    return IndexedCandidates(folder)


def in_memory(texts: Iterable[str]) -> MemoryCandidates:
    """Return the same texts in memory."""
    return MemoryCandidates(
        Source(id=f"text {n}", characters=text, input="made here", span=(0, len(text)))
        for n, text in enumerate(texts)
    )


def places(body: IndexedCandidates | MemoryCandidates, words: str) -> set[tuple[str, str]]:
    """Return where just these words stand: the id of the source, and the characters there."""
    found = set()
    for region in body.exact(fold_quotation(words), 100):
        source, folded = body.source(region.document), body.folded(region.document)
        start, end = folded.starts[region.first], folded.ends[region.last - 1]
        found.add((source.id, f"{start}:{source.characters[start:end]}"))
    return found


def test_words_are_found_where_they_stand(tmp_path: Path) -> None:
    """A run of words is found in its source, at its characters, and nowhere else."""
    body = made(tmp_path / "corpus", HARBOUR, BRIDGE)
    assert places(body, "the pilots are paid") == {("text 0", "35:the pilots are paid")}
    assert places(body, "The bridge is not safe") == {
        ("text 1", f"{BRIDGE.index('The bridge')}:The bridge is not safe")
    }
    assert {source for source, _ in places(body, "of Lindau")} == {"text 0", "text 1"}
    assert places(body, "the pilots are safe") == set()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), min_size=1, max_size=6),
    words=st.lists(st.sampled_from([w for w in WORDS if w != "😀"]), min_size=2, max_size=7).map(" ".join),
)
def test_a_corpus_finds_just_what_memory_finds(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], words: str
) -> None:
    """Whatever the texts and the words, an index on disk and one in memory know the same exact places."""
    body = made(tmp_path_factory.mktemp("made") / "corpus", *texts)
    assert places(body, words) == places(in_memory(texts), words)


def test_altered_words_lead_to_their_source(tmp_path: Path) -> None:
    """A quotation in which words were changed leads to the stretch that it was taken from, first of all."""
    body = made(tmp_path / "corpus", BRIDGE, HARBOUR)
    region, *_ = body.near(fold_quotation("the harbour must stay closed until the crews are paid"), 4)
    assert body.source(region.document).id == "text 1"


def test_words_do_not_run_from_one_text_into_the_next(tmp_path: Path) -> None:
    """The end of one text and the beginning of the next are no run of words."""
    body = made(tmp_path / "corpus", "one two three", "four five six")
    assert places(body, "three four") == set()
    assert places(body, "two three four five") == set()


def test_articles_of_one_page_share_their_text(tmp_path: Path) -> None:
    """Two articles of one page are two sources of one text, each found within its own span."""
    page = f"{HARBOUR}\n\n{BRIDGE}"
    parts = [(0, len(HARBOUR)), (len(HARBOUR) + 2, len(page))]
    with IndexWriter(tmp_path / "corpus") as writer:
        writer.add(
            "page",
            "1",
            (Document(f"part {n}", page, span, {"id": f"part {n}"}) for n, span in enumerate(parts)),
        )
    body = IndexedCandidates(tmp_path / "corpus")
    assert places(body, "is not safe") == {("part 1", f"{page.index('is not safe')}:is not safe")}
    (name,) = describe(tmp_path / "corpus").segments
    assert (tmp_path / "corpus" / name / "texts.utf8").read_text(encoding="utf-8") == page


def test_a_source_is_known_by_its_id(tmp_path: Path) -> None:
    """A source is found by its id; an id that nobody has is no source."""
    body = made(tmp_path / "corpus", HARBOUR, BRIDGE)
    number = body.number("text 1")
    assert number is not None
    assert body.source(number).characters == BRIDGE
    assert body.number("text 2") is None


def test_rare_words_carry_more_than_common_ones(tmp_path: Path) -> None:
    """A word that stands once tells more than one that stands often; one that never stands, no less."""
    body = made(tmp_path / "corpus", "the " * 50 + "harbour", "the end")
    assert body.bits("harbour") > body.bits("the")
    assert body.bits("zeppelin") >= body.bits("harbour")


def test_inputs_that_did_not_change_are_passed_over(tmp_path: Path) -> None:
    """Indexing again reads only what is new or changed, and what an input said before no longer counts."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (texts / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    folder = tmp_path / "corpus"
    assert [f.sources for f in filed(texts, folder)] == [1, 1]
    assert [f.sources for f in filed(texts, folder)] == [None, None]
    (texts / "harbour.txt").write_text(HARBOUR.replace("paid", "heard"), encoding="utf-8")
    assert [f.sources for f in filed(texts, folder)] == [None, 1]
    body = IndexedCandidates(folder)
    assert len(body) == 2
    assert places(body, "pilots are paid") == set()
    assert len(places(body, "pilots are heard")) == 1


def filed(path: Path, folder: Path) -> list[FiledInput]:
    """Index a path, and return what became of each input."""
    outcomes = list(file_inputs([str(path)], folder))
    assert all(isinstance(outcome, FiledInput) for outcome in outcomes)
    return [outcome for outcome in outcomes if isinstance(outcome, FiledInput)]


def test_an_input_that_breaks_off_is_read_again_next_time(tmp_path: Path) -> None:
    """A text corpus with a broken line is refused by name, nothing of it counts, and mending it is noticed."""
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": "a", "text": HARBOUR}) + "\n{broken\n", encoding="utf-8")
    (refused,) = file_inputs([str(path)], tmp_path / "corpus")
    assert isinstance(refused, Refused)
    assert "line 2" in str(refused.error)
    path.write_text(json.dumps({"id": "a", "text": HARBOUR}) + "\n", encoding="utf-8")
    assert [f.sources for f in filed(path, tmp_path / "corpus")] == [1]
    assert len(IndexedCandidates(tmp_path / "corpus")) == 1


def test_many_small_segments_become_one(tmp_path: Path) -> None:
    """However often a corpus is added to, its segments stay few, and every source stays findable."""
    folder = tmp_path / "corpus"
    for number in range(12):
        with IndexWriter(folder) as writer:
            text = f"witness number {number} saw the harbour burn"
            writer.add(
                f"input {number}",
                "1",
                iter([Document(f"id {number}", text, (0, len(text)), {"id": f"id {number}"})]),
            )
    assert len(describe(folder).segments) <= index_room._MOST_SEGMENTS
    body = IndexedCandidates(folder)
    assert {source.id for source in body.sources()} == {f"id {n}" for n in range(12)}
    assert len(places(body, "saw the harbour burn")) == 12
    assert not [o for o in check_corpus(folder) if getattr(o, "status", None)]


def test_runs_and_batches_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same texts make the same index files, whether they are filed in one run or in many."""
    texts = [f"{HARBOUR} {BRIDGE} number {n}" for n in range(40)]
    made(tmp_path / "one", *texts)
    monkeypatch.setattr(segment_room, "_BATCH_BYTES", 700)
    monkeypatch.setattr(segment_room, "_RUN_WORDS", 50)
    made(tmp_path / "many", *texts)
    one, many = describe(tmp_path / "one").segments, describe(tmp_path / "many").segments
    assert one["segment-00001"]["files"] == many["segment-00001"]["files"]


def _stopped(folder: Path) -> None:
    with IndexWriter(folder) as writer:
        writer.add("other", "1", documents([BRIDGE]))
        raise KeyboardInterrupt


def test_a_run_that_is_stopped_changes_nothing(tmp_path: Path) -> None:
    """Whatever stops a run, the corpus answers as before, and the next run clears away what was left."""
    folder = tmp_path / "corpus"
    made(folder, HARBOUR)
    with pytest.raises(KeyboardInterrupt):
        _stopped(folder)
    assert len(IndexedCandidates(folder)) == 1
    assert {path.name for path in folder.iterdir()} == {
        "corpus.json",
        ".lock",
        "segment-00001",
        "inputs-00002.jsonl",
    }


def test_two_writers_exclude_each_other(tmp_path: Path) -> None:
    """While one run writes a corpus, another is refused with words that say so."""
    with IndexWriter(tmp_path / "corpus"), pytest.raises(UsageError, match="another run"):
        IndexWriter(tmp_path / "corpus")


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds something else never becomes a corpus."""
    (tmp_path / "thesis.odt").write_bytes(b"mine")
    with pytest.raises(UsageError, match="holds other things"):
        IndexWriter(tmp_path)


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_a_segment_is_checked(tmp_path: Path, file: str) -> None:
    """A byte changed in any file of a segment makes the corpus unsound; untouched, it is sound."""
    made(tmp_path / "corpus", HARBOUR, BRIDGE)
    assert verify(str(tmp_path / "corpus")).verdict is Verdict.SOUND
    path = tmp_path / "corpus" / "segment-00001" / file
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    report = verify(str(tmp_path / "corpus"))
    assert report.verdict is Verdict.UNSOUND
    assert [f.code for f in report.findings if f.status is Status.FAILED] == ["corpus.digest-mismatch"]
    assert report.findings[0].where.member == f"segment-00001/{file}"


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("cut", [0, 1])
def test_a_damaged_corpus_never_answers_with_a_crash(tmp_path: Path, file: str, cut: int) -> None:
    """Whichever file is cut short, opening and asking ends in an answer or in CorpusDamaged, and verify names the file."""
    made(tmp_path / "corpus", HARBOUR, BRIDGE)
    path = tmp_path / "corpus" / "segment-00001" / file
    os.truncate(path, cut)
    try:
        body = IndexedCandidates(tmp_path / "corpus")
        places(body, "the pilots are paid")
        body.near(fold_quotation("the bridge was not safe"), 3)
    except CorpusDamaged:
        pass
    assert "corpus.digest-mismatch" in {
        o.code for o in check_corpus(tmp_path / "corpus") if hasattr(o, "code")
    }


@settings(max_examples=60, deadline=None)
@given(file=st.sampled_from(FILES), at=st.floats(0, 0.999), value=st.integers(0, 255))
def test_a_corpus_full_of_lies_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, file: str, at: float, value: int
) -> None:
    """Whatever byte a file of a segment is made to hold, asking it ends in an answer or in CorpusDamaged."""
    folder = tmp_path_factory.mktemp("made") / "corpus"
    made(folder, HARBOUR, BRIDGE)
    path = folder / "segment-00001" / file
    data = bytearray(path.read_bytes())
    data[int(at * len(data))] = value
    path.write_bytes(data)
    try:
        body = IndexedCandidates(folder)
        places(body, "the pilots are paid")
        body.near(fold_quotation("the bridge was not safe"), 3)
        body.number("text 1")
    except CorpusDamaged:
        pass


def test_missing_and_foreign_files_are_told(tmp_path: Path) -> None:
    """A file that is gone and a file that nobody named are each found, under their own codes."""
    folder = tmp_path / "corpus"
    made(folder, HARBOUR)
    (folder / "segment-00001" / "tags.u2").unlink()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    codes = {
        outcome.code: outcome.where.member for outcome in check_corpus(folder) if hasattr(outcome, "code")
    }
    assert codes == {"corpus.file-missing": "segment-00001/tags.u2", "corpus.file-unlisted": "notes.txt"}


def test_files_that_were_written_wrongly_are_told(tmp_path: Path) -> None:
    """Files with the right digests that do not fit one another are found as what they are."""
    folder = tmp_path / "corpus"
    made(folder, HARBOUR)
    said = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    said["segments"]["segment-00001"]["words"] += 1
    (folder / "corpus.json").write_text(json.dumps(said), encoding="utf-8")
    assert [o.code for o in check_corpus(folder) if hasattr(o, "code")] == ["corpus.files-disagree"]


def test_an_index_of_another_definition_is_refused(tmp_path: Path) -> None:
    """An index that other rules made is not searched: it is named, with what to do."""
    folder = tmp_path / "corpus"
    made(folder, HARBOUR)
    said = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    said["rule"] = "keys/0"
    (folder / "corpus.json").write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(UsageError, match="another definition"):
        IndexedCandidates(folder)


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b"[" * 100_000])
def test_a_corpus_that_says_nonsense_is_damaged(tmp_path: Path, said: bytes) -> None:
    """Whatever stands in corpus.json instead of what belongs there, the error names it."""
    made(tmp_path / "corpus", HARBOUR)
    (tmp_path / "corpus" / "corpus.json").write_bytes(said)
    with pytest.raises(CorpusDamaged):
        describe(tmp_path / "corpus")


def test_names_never_lead_out_of_the_corpus(tmp_path: Path) -> None:
    """A segment whose name climbs out of the folder is refused before anything is opened."""
    folder = tmp_path / "corpus"
    made(folder, HARBOUR)
    said = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    said["segments"]["../elsewhere"] = said["segments"].pop("segment-00001")
    (folder / "corpus.json").write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(CorpusDamaged):
        describe(folder)


def test_an_empty_corpus_holds_nothing(tmp_path: Path) -> None:
    """A corpus of inputs without words opens, and finds nothing."""
    body = made(tmp_path / "corpus", "", "…")
    assert body.size == 0
    assert body.exact(("the", "pilots"), 5) == []
    assert body.near(("the", "pilots"), 5) == []


def test_ideographs_are_found_within_a_sentence(tmp_path: Path) -> None:
    """A piece of a sentence in a script without spaces is found where it stands."""
    body = made(tmp_path / "corpus", "市長は橋を閉じると述べた。", HARBOUR)
    assert places(body, "橋を閉じる") == {("text 0", "3:橋を閉じる")}


def test_a_stretch_at_the_end_of_a_source_leads_to_it(tmp_path: Path) -> None:
    """Altered words at the very end or the very beginning of a source are found, though the next one begins right there."""
    body = made(
        tmp_path / "corpus", *(f"{n} {HARBOUR} {BRIDGE} {n}" for n in ("one", "two")), "Nothing else is here."
    )
    found = body.near(fold_quotation("an engineer wrote to the council of Bregenz in May two"), 6)
    assert {"text 1"} <= {body.source(region.document).id for region in found}


def test_sources_that_share_an_id_are_told_apart(tmp_path: Path) -> None:
    """Of two sources with one id, each is found by all that is known of it."""
    with IndexWriter(tmp_path / "corpus") as writer:
        for name, text in (("a", HARBOUR), ("b", BRIDGE)):
            writer.add(
                name, "1", iter([Document("same", text, (0, len(text)), {"id": "same", "input": name})])
            )
    body = IndexedCandidates(tmp_path / "corpus")
    second = body.source(1)
    fresh = IndexedCandidates(tmp_path / "corpus")
    assert (fresh.number("same"), fresh.number_of(second)) == (0, 1)
    assert fresh.number_of(Source(id="same", characters="", input="c", span=(0, 0))) is None


def test_bodies_in_a_row_answer_as_one(tmp_path: Path) -> None:
    """Sources in memory and in a corpus are numbered through, found by number, id and words alike."""
    corpus, memory = made(tmp_path / "corpus", BRIDGE), in_memory([HARBOUR])
    joined = Joined([memory, corpus])
    assert (len(joined), joined.size) == (2, memory.size + corpus.size)
    regions = joined.exact(fold_quotation("of Lindau in May"), 5)
    assert [region.document for region in regions] == [1]
    assert joined.source(1).characters == BRIDGE
    assert joined.folded(0).words == memory.folded(0).words
    assert joined.number_of(joined.source(1)) == 1
    assert joined.number("nobody") is None
    assert joined.bits("pilots") == pytest.approx(joined.bits("the") + 1, abs=1.5)
    assert joined.near(fold_quotation("the bridge was not safe an engineer wrote"), 2)[0].document == 1
