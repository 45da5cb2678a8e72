"""`provenance stamp`, `build --tsa`, and `verify` with what concerns the time."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import tsa
from cli.command import Ran, run
from test_startup import loaded

import provenance
from archive.signing import pem
from archive.signing.calendars import POOLS
from archive.signing.opentimestamps import (
    BITCOIN,
    PENDING,
    PREPEND,
    SHA256,
    Attestation,
    Node,
    Operation,
    write_tree,
)
from archive.signing.token import read_token

WORDS = "Ferry returns to port\n\nThe master said: “We turned back before the second wave came in.”\n"


class Services:
    """An authority and a calendar on the loopback interface."""

    def __init__(self) -> None:
        self.address = ""
        self.kept = False
        self.options: dict[str, object] = {}
        self.known: set[bytes] = set()
        self.asked: list[str] = []

    def __call__(self, path: str, body: bytes) -> tuple[int, str, bytes]:
        """Answer a request."""
        self.asked.append(path)
        if path.startswith("/tsa"):
            signer = {"/tsa2": tsa.second, "/tsa-rogue": tsa.rogue}.get(path, tsa.tsa)()
            options = {"signer": signer, **self.options}
            return 200, "application/timestamp-reply", tsa.answering(**options)(path, body)
        if path == "/digest":
            self.known.add(body)
            node, uri = Node(body), self.address.encode()
            node.attestations.append(Attestation(PENDING, bytes((len(uri),)) + uri))
            return 200, "application/octet-stream", write_tree(node)
        message = bytes.fromhex(path.rpartition("/")[2]) if path.startswith("/timestamp/") else b""
        if not self.kept or message not in self.known:
            return 404, "text/plain", b"Pending confirmation in Bitcoin blockchain"
        node = Node(message)
        end = node.then(Operation(PREPEND, b"p")).then(Operation(SHA256))
        end.attestations.append(Attestation(BITCOIN, b"\x05"))
        return 200, "application/octet-stream", write_tree(node)


@pytest.fixture
def services() -> Iterator[Services]:
    """Serve an authority and a calendar."""
    made = Services()
    with tsa.serving(made) as address:
        made.address = address
        yield made


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a package of one text."""
    (tmp_path / "ferry.txt").write_text(WORDS, encoding="utf-8")
    os.utime(tmp_path / "ferry.txt", (0, tsa.AT.timestamp() - 600))
    path = tmp_path / "ferry.wacz"
    assert (
        0 == run("build", tmp_path / "ferry.txt", "-o", path, "--created-at", "2026-03-01T11:59:00Z").status
    )
    return path


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    """Return a trust file that names the roots of both authorities."""
    (tmp_path / "roots.pem").write_text(pem.written((tsa.root().der, tsa.second().chain[-1])))
    path = tmp_path / "trust.toml"
    path.write_text('timestamp-roots = ["roots.pem"]\n')
    return path


@pytest.fixture(autouse=True)
def before_the_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Date what is built before the tokens of the tests."""
    monkeypatch.setattr("provenance.builder._now", lambda: "2026-03-01T11:58:00Z")


def codes(ran: Ran) -> list[str]:
    """Return the codes about time that a verification found."""
    return [line["code"] for line in ran.of("finding") if line["code"].startswith("time.")]


class TestStamp:
    """Stamping what is there."""

    def test_in_place(self, package: Path, services: Services, trust: Path) -> None:
        """A stamped package is in its place, says whose time it has, and everything before its last member is as it was."""
        before = package.read_bytes()
        ran = run("stamp", package, "--tsa", f"{services.address}/tsa", "--trust", trust, "--json")
        (told,) = ran.of("stamp")

        assert (0, "rfc3161", "2026-03-01T12:00:00+00:00", "Test TSA", None) == (
            ran.status,
            told["kind"],
            told["at"],
            told["authority"],
            told["why"],
        )
        assert {"packages": 1, "refused": 0, "proofs": 1}.items() <= ran.last.items()
        place = before.index(b"PK\x03\x04", before.index(b"datapackage.json"))
        assert before[:place] == package.read_bytes()[:place]

    def test_it_verifies(self, package: Path, services: Services, trust: Path) -> None:
        """What was stamped verifies with the trust file, and is undecided without it where a timestamp is required."""
        run("stamp", package, "--tsa", f"{services.address}/tsa", "--trust", trust)

        known = run("verify", package, "--trust", trust, "--require", "timestamp", "--offline", "--json")
        unknown = run("verify", package, "--require", "timestamp", "--json")
        unasked = run("verify", package, "--json")

        assert (0, ["time.stamped"]) == (known.status, codes(known))
        assert (4, ["time.root-unknown"]) == (unknown.status, codes(unknown))
        assert (0, ["time.root-unknown"]) == (unasked.status, codes(unasked))

    def test_a_package_without_any_fails_where_it_is_required(self, package: Path) -> None:
        """Nothing that is required and absent passes."""
        assert 1 == run("verify", package, "--require", "timestamp").status
        assert 1 == run("verify", package, "--timestamps", "1").status

    def test_two_authorities(self, package: Path, services: Services, trust: Path) -> None:
        """Two authorities are two, the same one twice is one."""
        one, two = f"{services.address}/tsa", f"{services.address}/tsa2"
        run("stamp", package, "--tsa", one, "--tsa", one, "--trust", trust)
        assert 1 == run("verify", package, "--trust", trust, "--timestamps", "2").status
        assert 0 == run("stamp", package, "--tsa", two, "--trust", trust).status

        assert 0 == run("verify", package, "--trust", trust, "--timestamps", "2").status
        assert 1 == run("verify", package, "--trust", trust, "--timestamps", "3").status

    def test_the_trust_file_may_ask_for_two(self, package: Path, services: Services, trust: Path) -> None:
        """The number in a trust file counts where timestamps are required."""
        trust.write_text(trust.read_text() + "timestamps = 2\n")
        run("stamp", package, "--tsa", f"{services.address}/tsa", "--trust", trust)

        assert 1 == run("verify", package, "--trust", trust, "--require", "timestamp").status
        assert 0 == run("verify", package, "--trust", trust).status

    def test_into_another_file(self, package: Path, services: Services, tmp_path: Path) -> None:
        """The stamped package goes elsewhere where that is asked for, never over a file without --force."""
        before, into = package.read_bytes(), tmp_path / "stamped.wacz"
        arguments = ("stamp", package, "--tsa", f"{services.address}/tsa", "-o", into)

        assert (0, before) == (run(*arguments).status, package.read_bytes())
        assert 2 == run(*arguments).status
        assert 0 == run(*arguments, "--force").status
        assert 2 == run("stamp", package, package, "--tsa", f"{services.address}/tsa", "-o", into).status

    def test_an_unknown_authority_is_told(self, package: Path, services: Services, trust: Path) -> None:
        """A token of an authority that nobody named is put in, and it is said that nobody here believes it."""
        ran = run("stamp", package, "--tsa", f"{services.address}/tsa-rogue", "--trust", trust, "--json")

        assert (0, None) == (ran.status, ran.of("stamp")[0]["at"])
        assert "no root that is trusted" in ran.of("stamp")[0]["why"]

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            ({"status": 2, "words": "closed"}, "refused with status 2: closed"),
            ({"nonce": 1}, "nonce differs"),
            ({"content_after": lambda info: info.replace(b"20260301", b"20160301")}, "cannot be relied on"),
        ],
    )
    def test_what_cannot_be_used_is_not_put_in(
        self, package: Path, services: Services, options: dict[str, object], says: str
    ) -> None:
        """A refusal, an answer to something else and a broken token leave the package as it was."""
        before, services.options = package.read_bytes(), options
        ran = run("stamp", package, "--tsa", f"{services.address}/tsa", "--json")

        assert (2, before) == (ran.status, package.read_bytes())
        assert says in ran.of("error")[0]["message"]

    def test_a_service_that_is_not_there(self, package: Path) -> None:
        """Where nobody answers it is said, and the package is as it was."""
        before = package.read_bytes()
        ran = run("stamp", package, "--tsa", "http://127.0.0.1:9/")

        assert (3, before) == (ran.status, package.read_bytes())
        assert "does not answer" in ran.err

    def test_an_address_with_nothing_behind_it(self, package: Path, services: Services) -> None:
        """A service that answers with 404 gave nothing."""
        ran = run("stamp", package, "--tsa", f"{services.address}/elsewhere")

        assert 3 == ran.status
        assert "answers with status 404" in ran.err

    @pytest.mark.parametrize(
        "arguments", [(), ("--upgrade", "--ots"), ("--upgrade", "--tsa", "http://x/"), ("--calendar",)]
    )
    def test_it_must_be_said_who_vouches(self, package: Path, arguments: tuple[str, ...]) -> None:
        """Nobody, or two things at once, is a mistake of usage."""
        assert 2 == run("stamp", package, *arguments).status

    def test_what_is_no_package_is_refused(self, services: Services, tmp_path: Path, package: Path) -> None:
        """A file that is no package is refused, and the next one is stamped all the same."""
        (tmp_path / "x.txt").write_text("x")
        ran = run("stamp", tmp_path / "x.txt", package, "--tsa", f"{services.address}/tsa", "--json")

        assert ran.status
        assert (1, 1) == (ran.last["refused"], ran.last["proofs"])


class TestPromises:
    """OpenTimestamps: a promise today, a proof tomorrow."""

    def test_from_promise_to_proof(self, package: Path, services: Services, tmp_path: Path) -> None:
        """A promise counts for nothing; later asked for, it is a proof by a block, which counts with its header."""
        calendar = ("--calendar", services.address)
        stamped = run("stamp", package, *calendar, "--json")
        assert (0, None) == (stamped.status, stamped.of("stamp")[0]["at"])
        assert "pending" in stamped.of("stamp")[0]["why"]
        assert ["time.pending"] == codes(run("verify", package, "--json"))

        early, before = run("stamp", package, "--upgrade", *calendar, "--json"), package.read_bytes()
        assert (0, 1, []) == (
            early.status,
            early.of("upgrade")[0]["pending"],
            early.of("upgrade")[0]["blocks"],
        )
        assert early.of("upgrade")[0]["refused"]
        services.kept = True
        done = run("stamp", package, "--upgrade", *calendar, "--json")
        assert (0, 0, [5]) == (done.status, done.of("upgrade")[0]["pending"], done.of("upgrade")[0]["blocks"])
        assert before != package.read_bytes()
        unchecked = run("verify", package, "--json", "--require", "timestamp")
        assert (4, ["time.block-not-checked"]) == (unchecked.status, codes(unchecked))

    def test_a_calendar_that_nobody_named_is_not_asked(self, package: Path, services: Services) -> None:
        """The address in the package is told, and nobody is asked."""
        run("stamp", package, "--calendar", services.address)
        services.asked.clear()
        ran = run("stamp", package, "--upgrade", "--json")

        assert [services.address] == ran.of("upgrade")[0]["not_asked"]
        assert [] == services.asked

    def test_nothing_to_ask_for(self, package: Path) -> None:
        """A package without promises stays as it is."""
        before = package.read_bytes()

        assert (0, before) == (run("stamp", package, "--upgrade").status, package.read_bytes())


class TestPublicCalendars:
    """Where no calendar is named."""

    def test_the_public_ones_are_asked(self, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """`--ots` alone hands the digest to the public calendars, and nothing but a hash of 32 bytes."""
        asked: list[tuple[str, int]] = []

        def ask(address: str, body: bytes | None) -> bytes:
            assert body is not None
            asked.append((address, len(body)))
            node = Node(body)
            node.attestations.append(Attestation(PENDING, b"\x11https://a.example"))
            return write_tree(node)

        monkeypatch.setattr("provenance.capture.posting.ask_calendar", ask)

        assert 0 == run("stamp", package, "--ots").status
        assert [(f"{pool}/digest", 32) for pool in POOLS] == asked


class TestVerify:
    """What `verify` takes that concerns the time."""

    def test_headers_are_read(self, package: Path, tmp_path: Path) -> None:
        """A file of headers is read before anything else; what is none is a mistake of usage, with its line."""
        (tmp_path / "headers").write_text("5 00\n")
        ran = run("verify", package, "--bitcoin-headers", tmp_path / "headers")

        assert 2 == ran.status
        assert "line 1" in ran.err
        assert 2 == run("verify", package, "--bitcoin-headers", tmp_path / "absent").status

    def test_offline_refuses_an_address(self) -> None:
        """Left alone, the network is left alone: a package on a server is not fetched."""
        ran = run("verify", "http://127.0.0.1:9/a.wacz", "--offline")

        assert 2 == ran.status
        assert "network is to be left alone" in ran.err

    def test_offline_opens_no_socket(
        self, package: Path, services: Services, trust: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Verifying tokens and promises asks nobody."""
        run("stamp", package, "--tsa", f"{services.address}/tsa", "--calendar", services.address)

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("the network was asked")

        monkeypatch.setattr("socket.socket.connect", refuse)
        monkeypatch.setattr("socket.getaddrinfo", refuse)

        assert 0 == run("verify", package, "--trust", trust, "--require", "timestamp", "--offline").status

    @pytest.mark.parametrize("number", ["0", "101", "two", "-1", "²"])
    def test_a_number_of_authorities(self, package: Path, number: str) -> None:
        """The number is one from 1 to 100."""
        assert 2 == run("verify", package, "--timestamps", number).status


class TestLoaded:
    """What a verification loads."""

    HEAVY = ("cryptography", "rfc3161_client", "archive.checks.proven", "archive.signing.timestamp")

    def test_a_package_without_proofs_loads_nothing_that_checks_them(self, package: Path) -> None:
        """Verifying a package that nobody stamped or signed loads no cryptography, and nothing of tokens and proofs."""
        modules = loaded("verify", str(package), "--json")

        assert "archive.checks.timestamps" in modules
        assert [] == [name for name in self.HEAVY if name in modules]

    def test_a_promise_loads_no_cryptography(self, package: Path, services: Services) -> None:
        """A promise of a calendar is read with the standard library alone."""
        run("stamp", package, "--calendar", services.address)
        modules = loaded("verify", str(package), "--json")

        assert "archive.signing.opentimestamps" in modules
        assert not modules & {"cryptography", "rfc3161_client"}


class TestBuild:
    """Stamping while building."""

    def test_two_authorities(self, tmp_path: Path, services: Services, trust: Path, package: Path) -> None:
        """A package is stamped when it is finished, by each authority that was named, and is sound."""
        path = tmp_path / "new.wacz"
        ran = run(
            "build",
            tmp_path / "ferry.txt",
            "-o",
            path,
            "--trust",
            trust,
            "--tsa",
            f"{services.address}/tsa",
            "--tsa",
            f"{services.address}/tsa2",
            "--json",
        )

        assert (0, ["Test TSA", "Second TSA"]) == (
            ran.status,
            [line["authority"] for line in ran.of("stamp")],
        )
        assert 0 == run("verify", path, "--trust", trust, "--timestamps", "2").status
        with zipfile.ZipFile(path) as archive:
            stated = json.loads(archive.read("datapackage-digest.json"))
        assert ["rfc3161", "rfc3161"] == [row["type"] for row in stated["evidence"]]

    def test_an_authority_that_refuses_leaves_no_package(
        self, tmp_path: Path, services: Services, package: Path
    ) -> None:
        """A build that could not be stamped gives no package that looks as if it had been."""
        path, services.options = tmp_path / "new.wacz", {"status": 2}
        ran = run("build", tmp_path / "ferry.txt", "-o", path, "--tsa", f"{services.address}/tsa")

        assert 2 == ran.status
        assert not path.exists()

    def test_the_builder_tells_what_it_got(self, tmp_path: Path, services: Services) -> None:
        """The library has the same: a call for each authority, and the proofs afterwards."""
        with provenance.build(tmp_path / "a.wacz") as builder:
            builder.add(WORDS.encode(), name="ferry.txt")
            builder.timestamp(f"{services.address}/tsa")

        assert [tsa.AT] == [read_token(made.row.data).at for made in builder.stamps]
