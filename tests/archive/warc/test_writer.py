"""Records written: what stands in the file, what is refused."""

from __future__ import annotations

import gzip
import io

import attrs
import pytest
import warcs

from archive.errors import OutputError, WarcSyntaxError
from archive.limits import Limits
from archive.warc.record import NewRecord
from archive.warc.writer import WarcWriter, warcinfo

HTTP_TYPE = "application/http;msgtype=response"
SOUND = NewRecord("response", warcs.DATE, warcs.HTTP, target_uri=warcs.URI, content_type=HTTP_TYPE)


class TestBytes:
    """The bytes of a record are a function of the record and of nothing else."""

    def test_by_hand(self) -> None:
        """A plain record stands in the file as a person would write it down."""
        new = NewRecord(
            "resource",
            warcs.DATE,
            b"hello",
            target_uri="urn:x:1",
            content_type="text/plain",
            record_id=warcs.ID % 1,
        )
        expected = (
            b"WARC/1.1\r\n"
            b"WARC-Type: resource\r\n"
            b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
            b"WARC-Date: 2016-09-18T18:02:00Z\r\n"
            b"WARC-Target-URI: urn:x:1\r\n"
            b"WARC-Block-Digest: sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\r\n"
            b"WARC-Payload-Digest: sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\r\n"
            b"Content-Type: text/plain\r\n"
            b"Content-Length: 5\r\n"
            b"\r\n"
            b"hello\r\n\r\n"
        )
        assert expected == warcs.written([new], compress=False)[0]

    def test_compressed_is_the_same_record(self) -> None:
        """Compressed and plain files hold the same bytes, one gzip member a record."""
        plain, _ = warcs.written(warcs.collection(), compress=False)
        packed, placed = warcs.written(warcs.collection())
        pieces = [packed[place.offset_bytes :][: place.length_bytes] for place in placed]

        assert plain == b"".join(gzip.decompress(piece) for piece in pieces)
        assert packed == b"".join(pieces)

    def test_frame_of_a_member(self) -> None:
        """The head of a gzip member has no time, no name, no flags and no operating system."""
        packed, _ = warcs.written([SOUND])
        assert bytes.fromhex("1f8b08000000000000ff") == packed[:10]

    def test_twice_the_same(self) -> None:
        """The same records give the same bytes and the same ids."""
        assert warcs.written(warcs.collection()) == warcs.written(warcs.collection())

    @pytest.mark.parametrize(
        "change",
        [
            {"date": "2016-09-18T18:03:00Z"},
            {"block": b"HTTP/1.1 200 OK\r\n\r\nx"},
            {"target_uri": "https://daily.example/world/2"},
            {"type": "request"},
            {"content_type": "application/http"},
            {"fields": (("X-Note", "a"),)},
        ],
    )
    def test_the_id_tells_records_apart(self, change: dict[str, object]) -> None:
        """A record that differs in anything has another id."""
        _, (one, other) = warcs.written([SOUND, attrs.evolve(SOUND, **change)])  # type: ignore[arg-type]
        assert one.record_id != other.record_id

    def test_a_file_as_block(self) -> None:
        """A block in a file, from where it stands, gives the same bytes as the block in memory."""
        file = io.BytesIO(b"skip" + warcs.HTTP)
        file.seek(4)
        assert warcs.written([SOUND]) == warcs.written([attrs.evolve(SOUND, block=file)])

    def test_offset(self) -> None:
        """A writer that continues a file counts from where the file ends."""
        _, (place,) = warcs.written([SOUND], offset_bytes=1000)
        assert 1000 == place.offset_bytes


class TestDigests:
    """ISO 28500 §5.8, §5.9: what the digests are over."""

    def test_payload_of_http_is_the_entity_body(self) -> None:
        """The payload of an HTTP message is its body."""
        _, (place,) = warcs.written([SOUND])
        assert (warcs.sha256(warcs.HTTP), warcs.sha256(warcs.HTML)) == (
            place.block_digest,
            place.payload_digest,
        )

    def test_transfer_coding_is_removed(self) -> None:
        """The payload of a chunked message is what the chunks hold (ISO 28500 §6.3.2)."""
        block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"
        _, (place,) = warcs.written([attrs.evolve(SOUND, block=block)])
        assert warcs.sha256(b"abcd") == place.payload_digest

    def test_body_that_was_dechunked_before(self) -> None:
        """Where the head announces chunks and the body has none, the payload is the body as it stands."""
        block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>not a chunk</p>"
        _, (place,) = warcs.written([attrs.evolve(SOUND, block=block)])
        assert warcs.sha256(b"<p>not a chunk</p>") == place.payload_digest

    def test_no_payload(self) -> None:
        """warcinfo, metadata and revisit have no payload of their own."""
        _, placed = warcs.written(warcs.collection())
        without = [place.type for place in placed if place.payload_digest is None]
        assert ["warcinfo", "metadata", "revisit"] == without
        assert all(
            place.header.get("WARC-Payload-Digest") is None
            for place in placed
            if place.type in ("warcinfo", "metadata")
        )

    def test_what_the_place_says_of_the_payload(self) -> None:
        """Status and media type are those of the HTTP message, or of the block."""
        _, placed = warcs.written(warcs.collection())
        assert [("text/html", 200), ("image/png", None)] == [
            (placed[at].media_type, placed[at].http_status) for at in (1, 4)
        ]


class TestRefused:
    """What would be read back as something else, or what the standard forbids, is never written."""

    @pytest.mark.parametrize(
        "change",
        [
            {"target_uri": "https://a.example/\r\nX-Evil: 1"},
            {"target_uri": "https://a.example/a b"},
            {"target_uri": "https://a.example/\0"},
            {"target_uri": "no-scheme"},
            {"target_uri": ""},
            {"target_uri": None},
            {"target_uri": "https://a.example/\ud800"},
            {"date": "2016-02-30T00:00:00Z"},
            {"date": "2016-09-18T18:02:00+02:00"},
            {"date": "2016-09-18T18:02:00Z\n"},
            {"type": "Response"},
            {"type": "tweet"},
            {"content_type": "text/html\r\n\r\nWARC/1.1"},
            {"record_id": "urn:uuid:1"},
            {"record_id": "<urn:uuid:1 2>"},
            {"fields": (("X-Note", "a\nb"),)},
            {"fields": (("X-Note", "a\rb"),)},
            {"fields": (("X Note", "a"),)},
            {"fields": (("X-Note:", "a"),)},
            {"fields": (("", "a"),)},
            {"fields": (("X-Note", " a"),)},
            {"fields": (("X-Note", ""),)},
            {"fields": (("Content-Length", "3"),)},
            {"fields": (("content-length", "3"),)},
            {"fields": (("WARC-Block-Digest", "sha256:00"),)},
            {"fields": (("WARC-Payload-Digest", warcs.sha256(b"")),)},
            {"fields": (("WARC-IP-Address", "1.2.3.4"), ("warc-ip-address", "1.2.3.5"))},
            {"fields": (("WARC-IP-Address", "1.2.3.400"),)},
            {"fields": (("WARC-Refers-To", warcs.ID % 1),)},
            {"fields": (("WARC-Filename", "a.warc"),)},
            {"fields": (("WARC-Profile", "urn:x"),)},
            {"type": "revisit"},
            {"type": "warcinfo"},
            {"type": "continuation"},
        ],
    )
    def test_response_changed(self, change: dict[str, object]) -> None:
        """A sound response with this one change is refused, and nothing is written."""
        file = io.BytesIO()
        writer = WarcWriter(file, member="data.warc")
        with pytest.raises(WarcSyntaxError):
            writer.write(attrs.evolve(SOUND, **change))  # type: ignore[arg-type]
        assert b"" == file.getvalue()

    def test_a_date_as_exact_as_is_known(self) -> None:
        """A date that is only a day is not refused: W3CDTF has it (ISO 28500 §5.4)."""
        _, (place,) = warcs.written([attrs.evolve(SOUND, date="2016-09-18")])
        assert "2016-09-18" == place.date

    def test_the_error_names_the_field(self) -> None:
        """The error says which field is refused."""
        with pytest.raises(WarcSyntaxError) as caught:
            warcs.written([attrs.evolve(SOUND, date="yesterday")])
        assert "WARC-Date" == caught.value.where.field

    def test_revisit_without_the_digest_it_is_about(self) -> None:
        """A revisit of an identical payload has to give the digest (ISO 28500 §6.7.2)."""
        revisit = warcs.collection()[7]
        without = tuple(field for field in revisit.fields if field[0] != "WARC-Payload-Digest")
        with pytest.raises(WarcSyntaxError):
            warcs.written([attrs.evolve(revisit, fields=without)])

    @pytest.mark.parametrize("field", [("a\r\nb", "c"), ("a", "b\r\nc"), ("a:b", "c"), ("a", "")])
    def test_warcinfo_fields(self, field: tuple[str, str]) -> None:
        """A warcinfo field that would become another field is refused."""
        with pytest.raises(WarcSyntaxError):
            warcinfo(dict([field]), filename=None, date=warcs.DATE)

    def test_a_block_that_changes_meanwhile(self) -> None:
        """A file that gives other bytes at the second reading makes no record that lies."""

        class Changing(io.BytesIO):
            def seek(self, offset: int, whence: int = 0) -> int:
                self.getbuffer()[0] ^= 1
                return super().seek(offset, whence)

        with pytest.raises(OutputError):
            warcs.written([attrs.evolve(SOUND, block=Changing(warcs.HTTP))])

    def test_a_file_that_takes_no_more(self) -> None:
        """What the operating system refuses is told as our own error."""

        class Full(io.BytesIO):
            def write(self, data: object, /) -> int:
                raise OSError(28, "No space left on device")

        with pytest.raises(OutputError, match="No space left"):
            WarcWriter(Full(), member="data.warc").write(SOUND)


def test_warcinfo_block() -> None:
    """The block of a warcinfo record is its fields, a line each (ISO 28500 §6.2)."""
    new = warcinfo({"software": "x/1", "operator": "Ana"}, filename="a.warc.gz", date=warcs.DATE)
    assert b"software: x/1\r\noperator: Ana\r\n" == new.block
    assert ("application/warc-fields", (("WARC-Filename", "a.warc.gz"),)) == (new.content_type, new.fields)


class TestLimits:
    """What a reader with the same limits would pass over is not written."""

    @pytest.mark.parametrize(
        ("limit", "allowed"), [("record_bytes", 4), ("header_bytes", 300), ("header_fields", 8)]
    )
    def test_too_large(self, limit: str, allowed: int) -> None:
        """A record beyond a limit is refused before anything is written, and the limit is named."""
        new = NewRecord("resource", warcs.DATE, b"hello", "urn:x:1", "text/plain", fields=(("X-Note", "a"),))
        file = io.BytesIO()
        with pytest.raises(WarcSyntaxError, match=f"limit {limit} {allowed}"):
            WarcWriter(file, member="a", limits=Limits(**{limit: allowed})).write(new)

        assert b"" == file.getvalue()

    def test_just_within(self) -> None:
        """A record that reaches the limits of block and fields is written and read."""
        new = NewRecord("resource", warcs.DATE, b"hello", "urn:x:1", "text/plain", fields=(("X-Note", "a"),))
        limits = Limits(record_bytes=5, header_fields=9)
        data, (placed,) = warcs.written([new], limits=limits, compress=False)
        head = len(placed.header.raw) + 2

        assert {} == warcs.codes(data, limits=attrs.evolve(limits, header_bytes=head))
        assert warcs.written([new], limits=attrs.evolve(limits, header_bytes=head))


def test_alike_records_have_ids_of_their_own() -> None:
    """The same record thrice has three ids, the first the one it would have alone; a given id stays as given."""
    _, placed = warcs.written([SOUND, SOUND, SOUND])
    _, (alone,) = warcs.written([SOUND])
    named = attrs.evolve(SOUND, record_id=warcs.ID % 3)
    _, (first, second) = warcs.written([named, SOUND])

    assert 3 == len({each.record_id for each in placed})
    assert alone.record_id == placed[0].record_id == second.record_id
    assert warcs.ID % 3 == first.record_id
