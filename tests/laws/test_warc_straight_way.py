"""The straight way through a survey is only a faster one: whatever the bytes, it tells what the long way tells."""

from __future__ import annotations

import gzip
import io
import itertools
import re

import pytest
from damage.warc_made import plain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import archive.warc.shapes
from archive.errors import Error
from archive.warc.gzipped import Gzipped
from archive.warc.quick import Quick
from archive.warc.survey import survey

MADE = plain(lambda _: None)
STARTS = re.compile(rb"WARC/1\.[01]\r\n")
ODD = (
    b"\r\n",
    b" ",
    b"\t",
    b"0",
    b"x",
    b"\r\n\r\n",
    b"\n",
    b"\xe9",
    b"WARC/1.0\r\n",
    b"Content-Length: 1\r\n",
)
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 1 << 20), st.integers(0, 3), st.one_of(st.sampled_from(ODD), st.binary(max_size=3))
    ),
    max_size=4,
)


def changed(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Return the data with some bytes put in, or in the place of others."""
    made = bytearray(data)
    for place, lost, put in changes:
        at = place % (len(made) + 1)
        made[at : at + lost] = put
    return bytes(made)


def packed(data: bytes) -> bytes:
    """Return the data with a gzip member for each place where a record seems to begin."""
    cuts = sorted({0, len(data), *(start.start() for start in STARTS.finditer(data))})
    return b"".join(gzip.compress(data[a:b], 1, mtime=0) for a, b in itertools.pairwise(cuts))


def told(data: bytes, *, own: bool, straight: bool) -> list[str]:
    """Return what a survey tells of these bytes, going the straight way where it can, or never."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive.warc.shapes, "_LEARNED_AFTER", 1)
        if not straight:
            patch.setattr(Quick, "take", lambda *_: None)
            patch.setattr(Gzipped, "_at_once", lambda _: b"")
        outcomes = []
        try:
            outcomes += [repr(each) for each in survey(io.BytesIO(data), member="m", own_digests=own)]
        except Error as error:
            outcomes.append(repr(error))
        return outcomes


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES, CHANGES, st.booleans(), st.booleans())
def test_both_ways_tell_the_same(
    changes: list[tuple[int, int, bytes]], later: list[tuple[int, int, bytes]], in_members: bool, own: bool
) -> None:
    """Records, findings and coverage are the same by either way, whatever was changed in records or in gzip members."""
    data = changed(MADE + MADE, changes)
    data = changed(packed(data), later[:1]) if in_members else data
    assert told(data, own=own, straight=True) == told(data, own=own, straight=False)


def test_the_straight_way_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a sound file most records go the straight way, in gzip members and without, so that the law is about something."""
    taken = []
    take = Quick.take
    monkeypatch.setattr(Quick, "take", lambda self, octets: taken.append(take(self, octets)) or taken[-1])
    monkeypatch.setattr(archive.warc.shapes, "_LEARNED_AFTER", 1)
    for data in (MADE * 4, packed(MADE * 4)):
        taken.clear()
        records = len([each for each in survey(io.BytesIO(data), member="m") if hasattr(each, "header")])
        assert sum(each is not None for each in taken) > records // 4
