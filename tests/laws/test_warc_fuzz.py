"""Fuzzing of WARC and of gzip framing, bounded: whatever the bytes, only records, findings and our own errors come out."""

from __future__ import annotations

import gzip
import io
import zlib
from collections import Counter

from damage.warc_made import good, packed, plain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import archive
from archive.checks import check_all
from archive.errors import Error
from archive.findings import CODES, Report, Status, Verdict

PLAIN, PACKED = plain(lambda _: None), packed(lambda _: None)
FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# A grammar of files that are nearly right.

NAMES = st.sampled_from(
    sorted({name for made in good().values() for name in made.fields} | {"X", "", "a b", "WARC-IP-Address"})
)
VALUES = st.one_of(
    st.sampled_from(sorted({value.encode() for made in good().values() for value in made.fields.values()})),
    st.sampled_from(
        [b"0", b"1", b"-1", b"1" * 20, b"<", b"<>", b"sha256:", b"sha1:A", b":", b"2016", b"9" * 18]
    ),
    st.binary(max_size=12),
)
LINE_ENDS = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b""])
LINES = st.builds(lambda name, value, end: name.encode() + b": " + value + end, NAMES, VALUES, LINE_ENDS)
VERSIONS = st.sampled_from(
    [b"WARC/1.1\r\n", b"WARC/1.0\r\n", b"WARC/0.18\r\n", b"warc/1.1\n", b"WARC/1.\r\n", b"WARC/"]
)
BLOCKS = st.one_of(st.sampled_from([made.block for made in good().values()]), st.binary(max_size=40))
MADE = st.builds(
    lambda version, lines, end, block, behind: version + b"".join(lines) + end + block + behind,
    VERSIONS,
    st.lists(LINES, max_size=12),
    LINE_ENDS,
    BLOCKS,
    st.sampled_from([b"\r\n\r\n", b"\r\n\r\n", b"\r\n", b"", b"\r\n\r\n\r\n"]),
)
FILES = st.lists(
    st.one_of(MADE, st.sampled_from([bytes(made) for made in good().values()])), min_size=1, max_size=5
)


@st.composite
def mutated(draw: st.DrawFn, source: bytes) -> bytes:
    """Return the bytes with some replaced, taken out, put in twice, or cut."""
    data = source
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([0, 1, 1, 2, 8, 60]))
        new = draw(st.one_of(st.binary(max_size=4), st.just(data[at : at + length] * 2), st.just(b"")))
        data = data[:at] + new + data[at + length :]
    return data


@st.composite
def framed(draw: st.DrawFn) -> bytes:
    """Return members of gzip around parts of a file, with heads, trailers and order as they fall."""
    members = []
    for data in draw(FILES):
        deflated = zlib.compress(data, draw(st.sampled_from([0, 6])), wbits=-15)
        head = draw(
            st.sampled_from(
                [
                    gzip.compress(b"")[:10],
                    b"\x1f\x8b\x08\x1f" + bytes(6),
                    b"\x1f\x8b\x08\x08" + bytes(6) + b"a\0",
                ]
            )
        )
        crc, size = draw(st.sampled_from([(zlib.crc32(data), len(data)), (0, 0)]))
        members.append(head + deflated + crc.to_bytes(4, "little") + size.to_bytes(4, "little"))
        members.append(draw(st.sampled_from([b"", b"", b"", b"\0", b"\x1f\x8b\x08"])))
    return b"".join(members)


def survived(data: bytes) -> Report | None:
    """Verify the bytes whole; None where they are no archive. Any error but ours escapes and fails the test."""
    try:
        with archive.open(io.BytesIO(data), name="fuzzed.warc") as package:
            report = Report.of("fuzzed.warc", check_all(package))
            blocks = {
                placed.block_digest for name in package.warc_names for placed in package.survey(name).placed
            }
    except Error:
        return None
    assert all(finding.code in CODES for finding in report.findings)
    assert all(0 <= count.checked <= count.present for count in report.coverage.values())
    assert all(str(finding.where) for finding in report.findings)
    if report.verdict is Verdict.SOUND:
        assert blocks <= {made.fields["WARC-Block-Digest"] for made in good().values()}
    return report


@FUZZ
@given(mutated(PLAIN))
def test_mutated_plain(data: bytes) -> None:
    """A sound file with bytes replaced, doubled and taken out gives a report; sound is only what was there before."""
    survived(data)


@FUZZ
@given(mutated(PACKED))
def test_mutated_packed(data: bytes) -> None:
    """A compressed file with bytes replaced, doubled and taken out gives a report; sound is only what was there before."""
    survived(data)


@FUZZ
@given(FILES)
def test_made(parts: list[bytes]) -> None:
    """Files made by a grammar that is nearly that of WARC give a report."""
    survived(b"".join(parts))


@FUZZ
@given(framed())
def test_framed(data: bytes) -> None:
    """Files in members whose frames are odd, wrong or missing give a report."""
    survived(data)


@FUZZ
@given(st.lists(st.sampled_from([bytes(made) for made in good().values()]), min_size=1, max_size=6))
def test_any_order(parts: list[bytes]) -> None:
    """Sound records in any order and number give a report in which no record on its own is found fault with."""
    report = survived(b"".join(parts))
    assert report is not None
    alone = Counter(
        f.code for f in report.findings if f.code.startswith(("warc.", "http.")) and f.status is Status.FAILED
    )
    assert Counter() == alone
