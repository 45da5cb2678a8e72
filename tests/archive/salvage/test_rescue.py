"""Rescuing records: all of them outside the damage survive byte for byte, and every byte is accounted for."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest
import warcs
from hypothesis import given
from hypothesis import strategies as st

from archive.salvage.loss import Fate, Loss
from archive.salvage.rescue import Rescued, rescue

COUNT = 6
BLOCKS = [zlib.crc32(bytes([n])).to_bytes(4, "big").hex().encode() * 40 for n in range(COUNT)]
RECORDS = [warcs.record({"WARC-Target-URI": f"urn:x:{n}"}, BLOCKS[n], number=n) for n in range(COUNT)]
BARE = [record[:-4] for record in RECORDS]
PACKED = [gzip.compress(record, mtime=0) for record in RECORDS]
FORMS = {"packed": PACKED, "plain": RECORDS}


def outcomes(data: bytes) -> tuple[list[bytes], list[Loss], list[tuple[int, int, Fate | None]]]:
    """Return the records that are kept as they were, the losses, and the range and fate of every part of the file."""
    kept, losses, parts = list[bytes](), list[Loss](), list[tuple[int, int, Fate | None]]()
    for outcome in rescue(io.BytesIO(data), member="x.warc"):
        if isinstance(outcome, Loss):
            losses.append(outcome)
            parts.append((outcome.offset_bytes, outcome.offset_bytes + outcome.length_bytes, Fate.LOST))
            continue
        parts.append((outcome.offset_bytes, outcome.reach, outcome.judged.fate))
        if outcome.judged.fate in (None, Fate.AS_IT_WAS, Fate.REPAIRED):
            kept.append(outcome.header.raw + b"\r\n" + outcome.block.read())
    return kept, losses, parts


def places(stored: list[bytes]) -> list[tuple[int, int]]:
    """Return where each record lies."""
    ends = [sum(map(len, stored[: n + 1])) for n in range(len(stored))]
    return list(zip([0, *ends], ends, strict=False))


def check(form: str, data: bytes, damaged: set[int]) -> None:
    """See that all records but the damaged ones are kept, in order, that nothing else is, and no byte is passed over."""
    kept, _, parts = outcomes(data)
    expected = [bare for n, bare in enumerate(BARE) if n not in damaged]
    assert expected == [each for each in kept if each in expected]
    if form == "packed":
        assert all(each in BARE for each in kept)
    reach = 0
    for begin, end, _ in parts:
        assert begin == reach <= end
        reach = end
    assert len(data) == reach


@pytest.mark.parametrize("form", FORMS)
def test_a_sound_file_is_kept_whole(form: str) -> None:
    """Of a sound file everything is kept, and nothing is told."""
    kept, losses, parts = outcomes(b"".join(FORMS[form]))

    assert BARE == kept
    assert [] == losses
    assert {None} == {fate for _, _, fate in parts}


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_every_cut(form: str, data: st.DataObject) -> None:
    """Cut off anywhere, a file keeps all records before the cut."""
    whole = b"".join(FORMS[form])
    at = data.draw(st.integers(1, len(whole) - 1))

    check(form, whole[:at], {n for n, (_, end) in enumerate(places(FORMS[form])) if end > at})


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_a_flipped_bit(form: str, data: st.DataObject) -> None:
    """A flipped bit takes away one record at most."""
    whole = bytearray(b"".join(FORMS[form]))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))

    check(form, bytes(whole), {n for n, (begin, end) in enumerate(places(FORMS[form])) if begin <= at < end})


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_an_overwritten_stretch(form: str, data: st.DataObject) -> None:
    """What is overwritten takes away the records it touches and no other."""
    whole = bytearray(b"".join(FORMS[form]))
    at = data.draw(st.integers(0, len(whole) - 1))
    length = min(data.draw(st.integers(1, 900)), len(whole) - at)
    filling = data.draw(st.sampled_from([b"\0", b"\xff", b"\r\n", b"x"])) * length
    whole[at : at + length] = filling[:length]

    touched = {n for n, (begin, end) in enumerate(places(FORMS[form])) if begin < at + length and at < end}
    check(form, bytes(whole), touched)


@pytest.mark.parametrize("form", FORMS)
@given(garbage=st.binary(min_size=1, max_size=400), where=st.integers(0, COUNT))
def test_garbage_between_records(form: str, garbage: bytes, where: int) -> None:
    """Garbage between records takes none away, and is told with its place."""
    stored = list(FORMS[form])
    begin = sum(map(len, stored[:where]))
    stored.insert(where, garbage)
    data = b"".join(stored)

    kept, _, parts = outcomes(data)

    assert BARE == kept
    assert any(start <= begin < end and fate is not None for start, end, fate in parts)


@given(st.binary(max_size=2000))
def test_noise_raises_nothing(data: bytes) -> None:
    """Bytes that are nothing give losses only, or records that stand in them; no error comes out."""
    for outcome in rescue(io.BytesIO(data), member="x.warc"):
        assert isinstance(outcome, Loss | Rescued)


@pytest.mark.parametrize("length", [b"3", b"99999", b"320000000", b"-1", b"x", b""])
def test_a_wrong_length_is_put_right_where_the_digest_proves_it(length: bytes) -> None:
    """The block between header and next record is the record's where its digest says so; the old length stays told."""
    broken = RECORDS[2].replace(b"Content-Length: 320", b"Content-Length: " + length)
    data = b"".join([*RECORDS[:2], broken, *RECORDS[3:]])

    repaired = [
        (
            each.header.get("Content-Length"),
            each.header.get("Provenance-Original-Content-Length"),
            each.block.read(),
        )
        for each in rescue(io.BytesIO(data), member="x.warc")
        if isinstance(each, Rescued) and each.judged.fate is Fate.REPAIRED
    ]

    assert [("320", length.decode() or None, BLOCKS[2])] == repaired
    assert {BARE[n] for n in (0, 1, 3, 4, 5)} <= set(outcomes(data)[0])


def test_a_record_without_its_end_is_not_put_right() -> None:
    """Where other bytes than the two line ends stand behind the block they are not dropped in silence."""
    broken = RECORDS[2].replace(b"Content-Length: 320", b"Content-Length: 3")[:-4] + b"1234"
    data = b"".join([*RECORDS[:2], broken, *RECORDS[3:]])

    fates = [
        each.judged.fate for each in rescue(io.BytesIO(data), member="x.warc") if isinstance(each, Rescued)
    ]
    assert [None, None, Fate.ASIDE, None, None, None] == fates


@pytest.mark.parametrize("length", [b"999", b"99999999", b"999999999999"])
def test_long_lengths_everywhere(length: bytes) -> None:
    """However many records say that they are longer than they are, and by how much, each is put right."""
    data = (
        b"".join(record.replace(b"Content-Length: 320", b"Content-Length: " + length) for record in RECORDS)
        * 300
    )
    fates = [each.judged.fate for each in rescue(io.BytesIO(data), member="x") if isinstance(each, Rescued)]

    assert [Fate.REPAIRED] * 300 * COUNT == fates


@pytest.mark.parametrize("share", [0.3, 0.5, 0.94])
def test_broken_members_everywhere(share: float) -> None:
    """Where every other member is cut, the rest survive, however the broken ones run into them."""
    stored = [member if n % 2 else member[: int(len(member) * share)] for n, member in enumerate(PACKED * 50)]
    kept, _, _ = outcomes(b"".join(stored))

    assert [bare for n, bare in enumerate(BARE * 50) if n % 2] == kept


def test_a_wrong_length_without_a_digest_is_put_aside() -> None:
    """Where no digest proves what the block was, nothing is guessed."""
    without = {"WARC-Block-Digest": None}
    broken = warcs.record(without, BLOCKS[0], number=1).replace(b"Length: 320", b"Length: 7")
    fates = [
        each.judged.fate
        for each in rescue(io.BytesIO(broken + RECORDS[2]), member="x")
        if isinstance(each, Rescued)
    ]

    assert [Fate.ASIDE, None] == fates


def test_a_digest_that_never_was_right_is_no_damage() -> None:
    """In a gzip member that is whole, the record is as it was written: kept, and told; in a plain file, put aside."""
    wrong = warcs.record({"WARC-Block-Digest": warcs.sha256(b"other")}, BLOCKS[0], number=1)

    assert [Fate.AS_IT_WAS] == [fate for _, _, fate in outcomes(gzip.compress(wrong, mtime=0))[2]]
    assert [Fate.ASIDE] == [fate for _, _, fate in outcomes(wrong)[2]]


def test_a_nested_warc_is_no_record() -> None:
    """Records inside of the block of a record are not taken for records of the file."""
    inner = b"".join(PACKED[:2])
    outer = warcs.record({"Content-Type": "application/warc"}, inner, number=9)

    assert [outer[:-4], BARE[3]] == outcomes(outer + RECORDS[3])[0]


def test_many_records_in_one_member() -> None:
    """A file that was compressed as a whole is rescued record by record up to the damage."""
    data = bytearray(gzip.compress(b"".join(RECORDS), mtime=0))

    assert BARE == outcomes(bytes(data))[0]
    cut = outcomes(bytes(data[: len(data) // 2]))[0]
    assert cut
    assert BARE[: len(cut)] == cut


def test_a_repaired_header_keeps_its_other_bytes() -> None:
    """What a header says in bytes that are no UTF-8 stands in the repaired one too."""
    broken = (
        RECORDS[0].replace(b"urn:x:0", b"urn:x:\xa0").replace(b"Content-Length: 320", b"Content-Length: 7")
    )
    (repaired,) = (each for each in rescue(io.BytesIO(broken), member="x") if isinstance(each, Rescued))

    assert Fate.REPAIRED is repaired.judged.fate
    assert b"urn:x:\xa0\r\n" in repaired.header.raw
    assert b"Provenance-Original-Content-Length: 7\r\nContent-Length: 320\r\n" == repaired.header.raw[-60:]
