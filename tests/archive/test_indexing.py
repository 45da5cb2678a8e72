"""The index of a WARC in one pass."""

from __future__ import annotations

import io

import warcs

from archive.cdxj import line
from archive.indexing import index_of
from archive.warc.record import Placed
from archive.warc.survey import survey


def test_the_lines_are_those_of_a_survey() -> None:
    """An index made without hashing has the lines that a survey gives, sorted, digests given or not."""
    data, _ = warcs.written(warcs.collection())
    bare = data + warcs.members([warcs.record(block=b"without a digest")])
    for each in (data, bare):
        placed = [o for o in survey(io.BytesIO(each), member="a.warc.gz") if isinstance(o, Placed)]
        expected = sorted({bytes(entry) for one in placed if (entry := line(one)) is not None})
        assert expected == list(index_of(io.BytesIO(each), member="a.warc.gz"))
        assert expected
