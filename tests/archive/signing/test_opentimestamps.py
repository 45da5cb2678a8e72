"""OpenTimestamps: the proof format, what a proof proves, block headers, and calendars."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from archive.errors import Error, SigningError, TrustError
from archive.signing import calendars
from archive.signing.anchored import check_proof
from archive.signing.bitcoin import SLACK, Header, read_header, read_headers
from archive.signing.opentimestamps import (
    APPEND,
    BITCOIN,
    HEXLIFY,
    KECCAK256,
    MAGIC,
    PENDING,
    PREPEND,
    REVERSE,
    SHA1,
    SHA256,
    Attestation,
    Node,
    Operation,
    Proof,
    read_proof,
    read_tree,
    write_proof,
    write_tree,
)

MESSAGE = b"the manifest of a package"
DIGEST = hashlib.sha256(MESSAGE).digest()
CALENDAR = "https://alice.calendar.example"
GENESIS = (
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f61"
    "7fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
)
"""The header of the first block of Bitcoin."""
AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def pending(calendar: str = CALENDAR) -> Attestation:
    """Return a promise of a calendar."""
    return Attestation(PENDING, bytes((len(calendar),)) + calendar.encode())


def block(height: int = 5) -> Attestation:
    """Return an attestation by a block of a height below 128."""
    return Attestation(BITCOIN, bytes((height,)))


def only(node: Node) -> Node:
    """Return the one node that a node leads to."""
    (child,) = node.branches.values()
    return child


def anchored(*steps: Operation, height: int = 5, digest: bytes = DIGEST) -> tuple[bytes, Node]:
    """Return a proof whose steps lead to a block, and the node that is that block's root."""
    tree = end = Node(digest)
    for step in steps:
        end = end.then(step)
    end.attestations.append(block(height))
    return write_proof(Proof(SHA256, digest, tree)), end


def header(root: bytes | None, at: dt.datetime = AT) -> Header:
    """Return a header with a root."""
    assert root is not None
    return Header(root, at, "00ab")


def finding(data: bytes, headers: dict[int, Header] | None = None) -> str:
    """Return the code of what is found of a proof; nothing where it proves a time."""
    try:
        check_proof(data, MESSAGE, headers or {})
    except TrustError as error:
        return error.finding
    return ""


class TestFormat:
    """The bytes of a proof."""

    @pytest.mark.parametrize(
        ("count", "length"), [(0, "00"), (127, "7f"), (128, "8001"), (129, "8101"), (300, "ac02")]
    )
    def test_how_long_something_is_written(self, count: int, length: str) -> None:
        """A length is written in groups of seven bits, the lowest first, all but the last with the highest bit set."""
        tag, payload = b"\1" * 8, b"x" * count

        assert b"\0" + tag + bytes.fromhex(length) + payload == bytes(Attestation(tag, payload))

    def test_how_large_an_answer_may_be(self) -> None:
        """Of 65536 bytes the first attestation is read, and what is behind it told; one more is too large."""
        whole = bytes(block()) + bytes(65536 - len(bytes(block())))

        with pytest.raises(ValueError, match="behind the end"):
            read_tree(whole, DIGEST)
        with pytest.raises(ValueError, match="larger than 65536 bytes"):
            read_tree(whole + b"\0", DIGEST)

    def test_the_bytes_are_these(self) -> None:
        """A proof written by hand: append, SHA-256, then a promise and a block side by side."""
        written = (
            MAGIC
            + b"\x01\x08"
            + DIGEST
            + bytes.fromhex("f002616208ff0083dfe30d2ef90c8e0302")
            + b"a."
            + bytes.fromhex("000588960d73d7190103c7ef15")
        )

        proof = read_proof(written)
        leaf = only(only(proof.tree))

        assert hashlib.sha256(DIGEST + b"ab").digest() == leaf.message
        assert ("a.", None) == (leaf.attestations[0].calendar, leaf.attestations[0].height)
        assert (None, 358343) == (leaf.attestations[1].calendar, leaf.attestations[1].height)
        assert written == write_proof(proof)

    def test_a_long_argument(self) -> None:
        """A length above 127 is in two groups of seven bits, the lower first."""
        tree = Node(DIGEST)
        tree.then(Operation(APPEND, b"x" * 300)).attestations.append(block())
        written = write_tree(tree)

        assert b"\xf0\xac\x02" + b"x" * 300 + bytes(block()) == written
        assert DIGEST + b"x" * 300 == only(read_tree(written, DIGEST)).message

    def test_many_branches_of_one_node(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two thousand branches of one message are read and written in their order, without comparing each with each."""
        tree = Node(DIGEST)
        steps = [Operation(APPEND, number.to_bytes(2)) for number in range(2000)]
        for step in steps:
            tree.then(step).attestations.append(block())
        compared = list[object]()
        monkeypatch.setattr(
            Operation, "__eq__", lambda one, other: compared.append(one) or bytes(one) == bytes(other)
        )
        read = read_tree(write_tree(tree), DIGEST)

        assert [bytes(step) for step in steps] == [bytes(step) for step in read.branches]
        assert len(compared) < len(steps)

    def test_each_operation(self) -> None:
        """Append, prepend, reverse, hexlify and SHA-256 do what they are named for."""
        done = [
            Operation(tag, argument).apply(b"\x01\x02")
            for tag, argument in ((APPEND, b"x"), (PREPEND, b"x"), (REVERSE, b""), (HEXLIFY, b""))
        ]

        assert [b"\x01\x02x", b"x\x01\x02", b"\x02\x01", b"0102"] == done
        assert hashlib.sha256(b"x").digest() == Operation(SHA256).apply(b"x")

    def test_a_hash_that_is_not_relied_on_ends_the_way(self) -> None:
        """Beyond SHA-1 and its like there is no message any more, whatever follows."""
        assert None is Operation(SHA1).apply(b"x")
        assert None is Operation(SHA256).apply(Operation(KECCAK256).apply(b"x"))

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"", "cut off"),
            (b"x" * 31, "not an OpenTimestamps proof"),
            (MAGIC + b"\x02", "version 2"),
            (MAGIC + b"\x01\x99", "unknown kind"),
            (MAGIC + b"\x01\x08" + DIGEST, "cut off"),
            (MAGIC + b"\x01\x08" + DIGEST + b"\x09", "unknown operation"),
            (MAGIC + b"\x01\x08" + DIGEST + b"\xf0\x00", "nothing is appended"),
            (MAGIC + b"\x01\x08" + DIGEST + b"\xf0\x81\x20" + b"x" * 4097, "at most 4096"),
            (MAGIC + b"\x01\x08" + DIGEST + b"\xf0\x81\x00x", "longer than need be"),
            (MAGIC + b"\x01\x08" + DIGEST + b"\xf0\xff\xff\xff\xff\xff\x01", "too large"),
            (MAGIC + b"\x01\x08" + DIGEST + b"\x08" * 300, "in a row"),
            (MAGIC + b"\x01\x08" + DIGEST + b"\xff\x08" + bytes(block()) + b"\x08", "one operation"),
            (b"x" * 70_000, "larger than"),
            (MAGIC + b"\x01\x08" + DIGEST + bytes(block()) + b"x", "behind the end"),
            (MAGIC + b"\x01\x08" + DIGEST + bytes(Attestation(BITCOIN, b"\x05\x06")), "behind the end"),
            (MAGIC + b"\x01\x08" + DIGEST + bytes(pending("a b")), "characters"),
        ],
    )
    def test_what_is_no_proof_is_refused(self, data: bytes, says: str) -> None:
        """Every way of being wrong has its words."""
        with pytest.raises(ValueError, match=says):
            read_proof(data)

    def test_so_many_operations_in_a_row(self) -> None:
        """256 operations in a row are read, and no more."""
        deepest = read_tree(bytes((SHA256,)) * 256 + bytes(block()), DIGEST)

        assert 257 == len(list(deepest.walk()))
        with pytest.raises(ValueError, match="256 operations in a row"):
            read_tree(bytes((SHA256,)) * 257 + bytes(block()), DIGEST)

    def test_many_steps_are_too_many(self) -> None:
        """A proof has a bounded number of steps, however small they are."""
        unknown = bytes(Attestation(b"\x01" * 8, b""))
        with pytest.raises(ValueError, match="steps"):
            read_proof((MAGIC + b"\x01\x08" + DIGEST + (b"\xff" + unknown) * 5000)[:65536])

    def test_a_message_stays_small(self) -> None:
        """Hexlifying again and again would double a message without end."""
        with pytest.raises(ValueError, match="bytes on the way"):
            read_tree(bytes((HEXLIFY,)) * 8 + bytes(block()), DIGEST)

    def test_a_node_without_an_end_is_not_written(self) -> None:
        """A message that nobody attests and that leads nowhere is no proof."""
        with pytest.raises(ValueError, match="nowhere"):
            write_tree(Node(DIGEST))

    def test_joining_keeps_both(self) -> None:
        """Two proofs of one message become one that has what both have, each once."""
        first, second = Node(DIGEST), Node(DIGEST)
        first.then(Operation(SHA256)).attestations.append(pending())
        second.then(Operation(SHA256)).attestations += [pending(), block()]
        first.join(second)

        assert [pending(), block()] == only(first).attestations
        with pytest.raises(ValueError, match="another message"):
            first.join(Node(b"x" * 32))


class TestProves:
    """A proof proves a time only by the header of a block."""

    def test_a_block_whose_header_is_given(self) -> None:
        """With the header at hand the proof proves the block's time, right to two hours."""
        data, end = anchored(Operation(APPEND, b"n"), Operation(SHA256))

        stamped = check_proof(data, MESSAGE, {5: header(end.message)})

        assert (AT, SLACK) == (stamped.at, stamped.accuracy)
        assert "Bitcoin, block 5 (00ab)" == stamped.authority

    def test_the_earliest_block_counts(self) -> None:
        """Of several blocks the earliest whose header is given says the time."""
        tree = Node(DIGEST)
        tree.attestations += [block(7), block(5)]
        data = write_proof(Proof(SHA256, DIGEST, tree))
        later = header(DIGEST, AT + dt.timedelta(days=1))

        assert AT == check_proof(data, MESSAGE, {7: later, 5: header(DIGEST)}).at
        assert later.at == check_proof(data, MESSAGE, {7: later}).at

    @pytest.mark.parametrize(
        ("make", "code"),
        [
            (lambda: anchored(Operation(SHA256))[0], "time.block-not-checked"),
            (lambda: anchored(Operation(SHA256), digest=b"\1" * 32)[0], "time.other-content"),
            (lambda: b"rubbish", "time.token-broken"),
            (lambda: anchored(Operation(SHA1))[0], "time.weak"),
            (lambda: write_proof(Proof(SHA1, b"\1" * 20, _ending(b"\1" * 20, block()))), "time.weak"),
            (lambda: write_proof(Proof(SHA256, DIGEST, _ending(DIGEST, pending()))), "time.pending"),
            (
                lambda: write_proof(Proof(SHA256, DIGEST, _ending(DIGEST, Attestation(b"\1" * 8, b"x")))),
                "time.form-unknown",
            ),
        ],
        ids=["no header", "other content", "rubbish", "by SHA-1", "of SHA-1", "pending", "unknown"],
    )
    def test_what_proves_nothing_says_why(self, make: Callable[[], bytes], code: str) -> None:
        """A promise, a block that is not at hand and a weak hash are no time, and each is said as what it is."""
        assert code == finding(make())

    def test_another_root_is_wrong(self) -> None:
        """A proof that does not lead to the root of the block it names is wrong, whatever else it says."""
        data, _ = anchored(Operation(SHA256))

        assert "time.block-differs" == finding(data, {5: header(b"\1" * 32)})
        assert "time.block-not-checked" == finding(data, {6: header(b"\1" * 32)})

    def test_a_weak_way_is_no_way_though_the_header_is_there(self) -> None:
        """A block that is reached by SHA-1 only is not compared: anything could be made to fit."""
        assert "time.weak" == finding(anchored(Operation(SHA1))[0], {5: header(b"\1" * 32)})


def _ending(message: bytes, attestation: Attestation) -> Node:
    node = Node(message)
    node.attestations.append(attestation)
    return node


class TestHeaders:
    """Headers of blocks, from a file."""

    def test_the_first_block(self) -> None:
        """The header of the first block says what everybody knows of it."""
        first = read_header(bytes.fromhex(GENESIS))

        assert dt.datetime(2009, 1, 3, 18, 15, 5, tzinfo=dt.UTC) == first.at
        assert "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f" == first.name
        assert "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b" == first.root[::-1].hex()

    @pytest.mark.parametrize("place", range(80))
    def test_a_changed_header_has_no_work_in_it(self, place: int) -> None:
        """Whatever byte of a header is changed, its hash does not reach the target it states."""
        changed = bytearray.fromhex(GENESIS)
        changed[place] ^= 1

        with pytest.raises(ValueError, match="target"):
            read_header(bytes(changed))

    def test_a_file_of_headers(self) -> None:
        """A line is a height and a header; comments and empty lines are passed over."""
        assert [0] == list(read_headers(f"# from my node\n\n0 {GENESIS}\n 0 {GENESIS.upper()}\n"))

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("0 00", "line 1"),
            (f"\nx {GENESIS}", "line 2"),
            (f"0 {'00' * 80}", "target"),
            (f"0 {GENESIS[:-2]}zz", "line 1"),
        ],
    )
    def test_a_file_that_is_none(self, text: str, says: str) -> None:
        """What is no header is refused with its line."""
        with pytest.raises(ValueError, match=says):
            read_headers(text)

    def test_one_height_has_one_header(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two headers of one height cannot both be meant."""
        from archive.signing import bitcoin

        monkeypatch.setattr(bitcoin, "read_header", lambda data: Header(data, AT, "x"))
        with pytest.raises(ValueError, match="line 2: another header"):
            read_headers(f"1 {'00' * 80}\n1 {'11' * 80}\n")

    def test_a_header_has_eighty_bytes(self) -> None:
        """Anything shorter is none."""
        with pytest.raises(ValueError, match="80 bytes"):
            read_header(b"x")


class Calendar:
    """A calendar in memory: it promises, and keeps its promise when it is told to."""

    def __init__(self, address: str = CALENDAR) -> None:
        self.address, self.known, self.asked = address, set[bytes](), list[str]()
        self.kept = False

    def __call__(self, address: str, body: bytes | None) -> bytes:
        """Answer as calendars do: a promise to a digest, later the way to a block."""
        self.asked.append(address)
        if body is not None:
            self.known.add(body)
            return write_tree(_ending(body, pending(self.address)))
        message = bytes.fromhex(address.rpartition("/")[2])
        if not self.kept or message not in self.known:
            raise SigningError("404")
        node = Node(message)
        node.then(Operation(PREPEND, b"p")).then(Operation(SHA256)).attestations.append(block())
        return write_tree(node)


class TestCalendars:
    """Handing a digest over, and asking later."""

    def test_a_calendar_learns_nothing(self) -> None:
        """What is handed over is a hash over the digest and a nonce, and goes to the address of the protocol."""
        calendar = Calendar()
        proof, refused = calendars.stamp(DIGEST, [CALENDAR + "/"], ask=calendar, nonce=b"n" * 16)

        assert {hashlib.sha256(DIGEST + b"n" * 16).digest()} == calendar.known
        assert [f"{CALENDAR}/digest"] == calendar.asked
        assert () == refused
        assert "time.pending" == finding(write_proof(proof))

    def test_nonces_differ(self) -> None:
        """Two proofs of one digest hand over different things."""
        calendar = Calendar()
        for _ in range(2):
            calendars.stamp(DIGEST, [CALENDAR], ask=calendar)

        assert 2 == len(calendar.known)

    def test_one_calendar_is_enough(self) -> None:
        """A calendar that does not answer is told of, and the others count."""

        def ask(address: str, body: bytes | None) -> bytes:
            if "bob" in address:
                raise SigningError("busy")
            return Calendar()(address, body)

        proof, refused = calendars.stamp(DIGEST, ["https://bob.example", CALENDAR], ask=ask)

        assert ["busy"] == [error.message for error in refused]
        assert "time.pending" == finding(write_proof(proof))

    @pytest.mark.parametrize("answer", [b"", b"<html>", bytes(pending()) + b"x"])
    def test_no_calendar_is_none(self, answer: bytes) -> None:
        """Where no calendar gives a promise there is no proof."""
        with pytest.raises(SigningError, match="no calendar took"):
            calendars.stamp(DIGEST, [CALENDAR], ask=lambda *_: answer)

    def test_what_was_promised_is_added(self) -> None:
        """Asked when the block is there, the proof has the way to it; asked before, it stays as it was."""
        calendar = Calendar()
        proof, _ = calendars.stamp(DIGEST, [CALENDAR], ask=calendar)
        before = write_proof(proof)

        early = calendars.upgrade(proof, [CALENDAR], ask=calendar)
        assert (1, 0, before) == (early.asked, early.kept, write_proof(proof))
        calendar.kept = True
        done = calendars.upgrade(proof, [CALENDAR], ask=calendar)

        assert (1, 1, ()) == (done.asked, done.kept, done.refused)
        assert "time.block-not-checked" == finding(write_proof(proof))
        assert 0 == calendars.upgrade(proof, [CALENDAR], ask=calendar).asked

    def test_nobody_is_asked_who_was_not_named(self) -> None:
        """An address in a proof is somebody else's word: it is told, and not asked."""
        asked: list[str] = []

        def ask(address: str, body: bytes | None) -> bytes:
            asked.append(address)
            raise SigningError("no")

        for address in (
            "http://169.254.169.254/latest",
            "https://calendar.example",
            "http://alice.calendar.example",
            "https://calendar.opentimestamps.org",
            "https://alice.btc.calendar.opentimestamps.org:8000",
            "https://evil.example/.calendar.opentimestamps.org",
            "https://a.calendar.opentimestamps.org.evil.example",
        ):
            proof = Proof(SHA256, DIGEST, _ending(DIGEST, pending(address)))
            assert (address,) == calendars.upgrade(proof, [CALENDAR], ask=ask).foreign
        assert [] == asked

    def test_the_public_calendars_are_asked(self) -> None:
        """The calendars that everybody uses need not be named."""
        proof = Proof(
            SHA256, DIGEST, _ending(DIGEST, pending("https://alice.btc.calendar.opentimestamps.org"))
        )
        asked: list[str] = []

        def ask(address: str, body: bytes | None) -> bytes:
            asked.append(address)
            raise SigningError("no")

        calendars.upgrade(proof, ask=ask)

        assert [f"https://alice.btc.calendar.opentimestamps.org/timestamp/{DIGEST.hex()}"] == asked

    def test_a_calendar_that_answers_something_else(self) -> None:
        """An answer about another message, or none at all, is refused and changes nothing."""
        proof = Proof(SHA256, DIGEST, _ending(DIGEST, pending()))

        done = calendars.upgrade(proof, [CALENDAR], ask=lambda *_: b"rubbish")

        assert (0, 1) == (done.kept, len(done.refused))
        assert isinstance(done.refused[0], Error)
