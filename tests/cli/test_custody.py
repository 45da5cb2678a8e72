"""The custody log on the command line: written, shown, signed, checked, proven; and `verify --record`."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from cli.command import Ran, run

NAME = "newsroom.example/custody"
TIME = "2026-01-02T03:04:05Z"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Write a small package."""
    text, path = tmp_path / "story.txt", tmp_path / "x.wacz"
    text.write_text("The bridge opened.\n\n“It stands,” said Ana Holt.\n", encoding="utf-8")
    assert run("build", text, "-o", path).status == 0
    return path


@pytest.fixture
def log(tmp_path: Path, package: Path) -> Path:
    """Return a log of two events about the package."""
    path = tmp_path / "custody.jsonl"
    for event in ("collected", "transferred"):
        appended(path, event, "--subject", package, "--actor", "Ana Holt", "--reason", "for the court")
    return path


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """Make a key, and return its file and how others name it."""
    pytest.importorskip("cryptography", reason="the extra sign is not installed")
    path = tmp_path / "log.pem"
    ran = run("custody", "key", "new", path, "--name", NAME, "--json")
    return path, ran.last["key"]


def appended(log: Path, event: str, *arguments: object) -> Ran:
    """Append an event to a log."""
    return run("custody", "append", log, "--event", event, *arguments, "--json")


def signed(log: Path, key: tuple[Path, str]) -> Path:
    """Sign a checkpoint of a log."""
    ran = run("custody", "checkpoint", log, "--key", key[0], "--origin", NAME)
    assert ran.status == 0, ran.err
    return log.with_name(log.name + ".checkpoint")


def lines(log: Path) -> list[dict[str, Any]]:
    """Return what the lines of a log say."""
    return [json.loads(line) for line in log.read_bytes().splitlines()]


class TestAppend:
    """`custody append` and `custody log`."""

    def test_an_event(self, log: Path, package: Path) -> None:
        """An event has its number, its actor, and the digests of the whole package and of its manifest."""
        first = lines(log)[0]

        assert ("collected", "Ana Holt", "for the court", 0) == (
            first["event"],
            first["actor"],
            first["reason"],
            first["seq"],
        )
        assert first["subject"]["digest"] == f"sha256:{hashlib.sha256(package.read_bytes()).hexdigest()}"
        assert first["subject"]["manifest"].startswith("sha256:")
        assert first["subject"]["name"] == "x.wacz"

    def test_shown(self, log: Path) -> None:
        """The log shows every event in words, and as JSON with the digest of each line."""
        ran = run("custody", "log", log)
        as_json = run("custody", "log", log, "--json")

        assert ran.status == 0
        assert all(
            word in ran.out for word in ("collected", "transferred", "x.wacz", "Ana Holt", "for the court")
        )
        assert [0, 1] == [each["seq"] for each in as_json.of("event")]
        assert lines(log)[1]["prev"] == as_json.of("event")[0]["digest"]
        assert as_json.last["events"] == 2

    def test_shown_of_one_package(self, log: Path, package: Path, tmp_path: Path) -> None:
        """Only the events about the very bytes of a package are shown where one is named."""
        other = tmp_path / "other.wacz"
        other.write_bytes(b"other")
        appended(log, "imported", "--subject", other)

        assert run("custody", "log", log, "--subject", other, "--json").last["events"] == 1
        assert run("custody", "log", log, "--subject", package, "--json").last["events"] == 2

    def test_the_actor_from_the_environment(self, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who acts may be named by the environment; where nobody is, the event says so."""
        monkeypatch.setenv("PROVENANCE_ACTOR", "Bo")
        appended(log, "accessed")
        monkeypatch.delenv("PROVENANCE_ACTOR")
        appended(log, "accessed")

        assert ["Bo", None] == [line["actor"] for line in lines(log)[2:]]
        assert "nobody is named" in run("custody", "log", log).out

    def test_a_package_that_is_gone(self, log: Path) -> None:
        """Of a package that is not at hand any more the digest can be given."""
        appended(log, "deleted", "--subject", "gone.wacz", "--digest", "ab" * 32, "--time", TIME)

        assert lines(log)[2]["subject"] == {
            "name": "gone.wacz",
            "digest": "sha256:" + "ab" * 32,
            "bytes": None,
            "manifest": None,
        }
        assert lines(log)[2]["time"] == TIME

    def test_what_it_was_made_from(self, log: Path, package: Path) -> None:
        """An event can name the packages that another one was made from."""
        appended(log, "merged", "--subject", package, "--from", package)

        assert [lines(log)[2]["subject"]] == lines(log)[2]["from"]

    @pytest.mark.parametrize(
        ("arguments", "status"),
        [
            (("--event", "polished"), 2),
            (("--event", "recovered"), 2),
            (("--event", "accessed", "--time", "yesterday"), 2),
            (("--event", "accessed", "--time", "2026-01-01T00:00:00"), 2),
            (("--event", "accessed", "--time", "0001-01-01T00:00:00+23:00"), 2),
            (("--event", "accessed", "--digest", "ab" * 32), 2),
            (("--event", "accessed", "--subject", "x", "--digest", "ab"), 2),
            (("--event", "accessed", "--subject", "missing.wacz"), 3),
            (("--event", "accessed", "--reason", "x" * 5000), 2),
            (("--event", "accessed", "--origin", NAME), 2),
            ((), 2),
        ],
    )
    def test_what_is_no_event(self, log: Path, arguments: tuple[str, ...], status: int) -> None:
        """What is no event is refused, and the log stays as it is."""
        before = log.read_bytes()

        assert run("custody", "append", log, *arguments).status == status
        assert before == log.read_bytes()

    def test_a_damaged_line_is_shown_as_one(self, log: Path) -> None:
        """A line that cannot be read is named, the others are shown, and the exit status is 1."""
        log.write_bytes(b"nonsense\n" + log.read_bytes())
        ran = run("custody", "log", log)

        assert ran.status == 1
        assert "custody.line-unreadable" in ran.out
        assert "transferred" in ran.out

    def test_no_log(self, tmp_path: Path) -> None:
        """A log that is not there cannot be shown."""
        assert run("custody", "log", tmp_path / "missing").status == 3


class TestCheckpoint:
    """`custody checkpoint` and `custody check`."""

    def test_a_good_log(self, log: Path, key: tuple[Path, str], package: Path) -> None:
        """A log agrees with its checkpoint, its key and its package: sound, in words and as JSON."""
        head = signed(log, key)
        arguments = ("custody", "check", log, "--checkpoint", head, "--key", key[1], "--subject", package)
        ran, as_json = run(*arguments), run(*arguments, "--json")

        assert (ran.status, as_json.status, as_json.last["verdict"]) == (0, 0, "sound")
        assert ran.out.startswith("sound")
        assert "known byte for byte" in ran.out
        assert "not proven" in ran.out
        assert as_json.of("checkpoint")[0]["signatures"][0]["standing"] == "verified"
        assert as_json.last["coverage"]["checkpoints"] == {"checked": 1, "present": 1}
        assert [2, 2] == [as_json.last["events"], as_json.of("checkpoint")[0]["size"]]

    def test_the_plain_check(self, log: Path) -> None:
        """Without a checkpoint the check says what cannot be seen."""
        ran = run("custody", "check", log)

        assert ran.status == 0
        assert "custody.tail-unchecked" in ran.out
        assert "was not checked" in ran.out

    def test_a_cut_log(self, log: Path, key: tuple[Path, str]) -> None:
        """A log whose end is cut is unsound against its checkpoint, and nothing is signed that contradicts that."""
        head = signed(log, key)
        log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
        ran = run("custody", "check", log, "--checkpoint", head, "--key", key[1])
        again = run("custody", "checkpoint", log, "--key", key[0], "--origin", NAME)

        assert (ran.status, again.status) == (1, 1)
        assert "custody.tail-missing" in ran.out
        assert "custody.tail-missing" in again.out
        assert b"\n2\n" in head.read_bytes()

    def test_a_changed_package(self, log: Path, key: tuple[Path, str], package: Path) -> None:
        """A package of which one byte of datapackage-digest.json was flipped is not the one that the log saw."""
        data = bytearray(package.read_bytes())
        at = data.rfind(b'"path"', 0, data.rfind(b"PK\x01\x02"))
        data[at + 1] ^= 1
        package.write_bytes(data)
        ran = run("custody", "check", log, "--subject", package)

        assert ran.status == 1
        assert "custody.subject-changed" in ran.out
        assert "does not reach" in " ".join(ran.out.split())

    def test_a_log_that_contradicts_itself_is_not_signed(self, log: Path, key: tuple[Path, str]) -> None:
        """A log with an edited line gets no checkpoint."""
        log.write_bytes(log.read_bytes().replace(b"Ana", b"Bob", 1))
        ran = run("custody", "checkpoint", log, "--key", key[0], "--origin", NAME)

        assert ran.status == 1
        assert "custody.line-edited" in ran.out
        assert not log.with_name(log.name + ".checkpoint").exists()

    def test_the_name_of_a_log(self, log: Path, key: tuple[Path, str], tmp_path: Path) -> None:
        """A checkpoint needs a name, keeps that of the one before it, and takes no other; one in the log comes first."""
        assert run("custody", "checkpoint", log, "--key", key[0]).status == 2
        assert run("custody", "checkpoint", log, "--key", key[0], "--origin", "two words").status == 2
        signed(log, key)
        assert run("custody", "checkpoint", log, "--key", key[0]).status == 0
        assert run("custody", "checkpoint", log, "--key", key[0], "--origin", "else.example").status == 2
        named = tmp_path / "named.jsonl"
        appended(named, "accessed", "--origin", "named.example/log")
        ran = run("custody", "checkpoint", named, "--key", key[0], "--json")
        assert ran.last["origin"] == "named.example/log"
        other = run(
            "custody", "checkpoint", named, "--key", key[0], "-o", log.with_name(log.name + ".checkpoint")
        )
        assert other.status == 1

    def test_keys_from_a_file(self, log: Path, key: tuple[Path, str], tmp_path: Path) -> None:
        """Keys can be named in a file, one a line, and in a trust file."""
        head = signed(log, key)
        listed, trust = tmp_path / "keys.txt", tmp_path / "trust.toml"
        listed.write_text(f"# ours\n{key[1]}\n")
        trust.write_text(f'log-keys = ["{key[1]}"]\n')

        for arguments in (("--key", listed), ("--trust", trust)):
            assert run("custody", "check", log, "--checkpoint", head, *arguments).status == 0

    @pytest.mark.parametrize("text", ["nonsense", "a+b", "a+00000000+AAAA"])
    def test_what_is_no_key(self, log: Path, text: str) -> None:
        """What is neither a key nor a file of keys is a mistake of the caller."""
        assert run("custody", "check", log, "--key", text).status == 2

    def test_no_such_checkpoint(self, log: Path, tmp_path: Path) -> None:
        """A checkpoint that is not there stops the check."""
        assert run("custody", "check", log, "--checkpoint", tmp_path / "missing").status == 3

    def test_no_such_log(self, tmp_path: Path) -> None:
        """A log that is not there is unreadable."""
        ran = run("custody", "check", tmp_path / "missing", "--json")

        assert (ran.status, ran.last["verdict"]) == (3, "unreadable")
        assert ran.last["error"]["code"] == "unreadable"


class TestProve:
    """`custody prove` and `custody check-proof`: for somebody who has no log."""

    def test_a_line(self, log: Path, key: tuple[Path, str], package: Path, tmp_path: Path) -> None:
        """A line is proven by a checkpoint's key alone, and for the package that it is about."""
        signed(log, key)
        proof = tmp_path / "x.tlog-proof"
        assert run("custody", "prove", log, "--line", "1", "-o", proof).status == 0
        log.unlink()
        arguments = ("custody", "check-proof", proof, "--key", key[1], "--subject", package)
        ran = run(*arguments)

        assert ran.status == 0
        assert "transferred" in ran.out
        assert run(*arguments, "--json").last["last"]["seq"] == 1
        package.write_bytes(b"other")
        assert run(*arguments).status == 1
        assert run("custody", "check-proof", proof).status == 4

    def test_an_altered_proof(self, log: Path, key: tuple[Path, str], tmp_path: Path) -> None:
        """A proof whose line or number was altered does not hold."""
        signed(log, key)
        proof = tmp_path / "x.tlog-proof"
        run("custody", "prove", log, "--line", "1", "-o", proof)
        text = proof.read_text(encoding="utf-8")
        for altered in (text.replace("index 1", "index 0"), text.replace("extra e", "extra f")):
            proof.write_text(altered, encoding="utf-8")
            ran = run("custody", "check-proof", proof, "--key", key[1])
            assert ran.status == 1
            assert "custody.proof-wrong" in ran.out

    def test_growth(self, log: Path, key: tuple[Path, str], tmp_path: Path) -> None:
        """That a log went on from a checkpoint is proven to whoever has that one; to whoever has another it is not."""
        old = tmp_path / "old"
        old.write_bytes(signed(log, key).read_bytes())
        appended(log, "exported")
        signed(log, key)
        ran = run("custody", "prove", log, "--since", old)
        proof = tmp_path / "growth"
        proof.write_text(ran.out, encoding="utf-8")
        arguments = ("custody", "check-proof", proof, "--key", key[1])

        assert ran.out.startswith("old 2\n")
        assert run(*arguments, "--checkpoint", old).status == 0
        assert run(*arguments).status == 2
        lines_, blank, head = ran.out.partition("\n\n")
        proof.write_text(lines_[:-2] + ("A=" if lines_[-2] != "A" else "E=") + blank + head, encoding="utf-8")
        assert run(*arguments, "--checkpoint", old).status in (1, 3)

    def test_what_cannot_be_proven(self, log: Path, key: tuple[Path, str], tmp_path: Path) -> None:
        """A line that the checkpoint does not have, and a log that is not the checkpoint's, are not proven."""
        head = signed(log, key)
        assert run("custody", "prove", log, "--line", "2").status == 2
        assert run("custody", "prove", log, "--line", "-1").status == 2
        appended(log, "accessed")
        longer = tmp_path / "longer"
        run("custody", "checkpoint", log, "--key", key[0], "--origin", NAME, "-o", longer)
        assert run("custody", "prove", log, "--since", longer, "--checkpoint", head).status == 3
        log.write_bytes(log.read_bytes().replace(b"Ana", b"Bob"))
        assert run("custody", "prove", log, "--line", "0").status == 3
        assert run("custody", "check-proof", log).status == 3


class TestKey:
    """`custody key`."""

    def test_shown(self, key: tuple[Path, str]) -> None:
        """A key is shown as others name it; without a name its public part is."""
        path, named = key

        assert run("custody", "key", "show", path, "--name", NAME).out == f"{named}\n"
        assert run("custody", "key", "show", path, "--json").last["key"] is None
        assert "PRIVATE" not in run("custody", "key", "show", path).out

    def test_a_passphrase_from_a_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A passphrase comes from a file or the environment, never from an argument."""
        pytest.importorskip("cryptography", reason="the extra sign is not installed")
        secret, path = tmp_path / "secret", tmp_path / "k.pem"
        secret.write_text("correct horse\n")
        assert run("custody", "key", "new", path, "--passphrase-file", secret).status == 0
        assert run("custody", "key", "show", path).status == 2
        monkeypatch.setenv("PROVENANCE_PASSPHRASE", "correct horse")
        assert run("custody", "key", "show", path).status == 0
        assert run("custody", "key", "show", path, "--passphrase-file", tmp_path / "no").status == 2

    def test_a_name_that_is_none(self, key: tuple[Path, str]) -> None:
        """A key cannot be shown under a name that no note can hold."""
        assert run("custody", "key", "show", key[0], "--name", "two words").status == 2


class TestRecord:
    """`verify --record`: a history of verifications."""

    def test_a_run_is_recorded(self, log: Path, package: Path) -> None:
        """A verification appends itself: verdict, coverage, findings, rules; and says where."""
        ran = run("verify", package, "--record", log, "--actor", "Cy", "--json")
        line = lines(log)[2]

        assert ran.status == 0
        assert ran.last["recorded"]["seq"] == 2
        assert ("verified", "Cy", "sound") == (line["event"], line["actor"], line["checked"]["verdict"])
        assert line["checked"]["coverage"]["records"] == ran.last["coverage"]["records"]
        assert line["checked"]["findings"]["note"]["signature.absent"] == 1
        assert set(line["checked"]["rules"]) == {"reader", "tracer"}
        assert line["subject"]["digest"] == lines(log)[0]["subject"]["digest"]

    def test_whatever_comes_of_it(self, tmp_path: Path, package: Path) -> None:
        """Packages that are unsound, cannot be read or are missing are recorded as such, and that nobody was named."""
        log, torn, none = tmp_path / "log", tmp_path / "torn.wacz", tmp_path / "none.wacz"
        torn.write_bytes(package.read_bytes().replace(b"datapackage", b"datapackagE"))
        none.write_bytes(b"no archive")
        ran = run("verify", torn, none, tmp_path / "missing.wacz", "--record", log)

        assert ran.status == 3
        assert ["unsound", "unreadable", "unreadable"] == [line["checked"]["verdict"] for line in lines(log)]
        assert [None] * 3 == [line["actor"] for line in lines(log)]
        assert [True, True, False] == [line["subject"]["digest"] is not None for line in lines(log)]
        assert lines(log)[1]["checked"]["stopped_by"] == "not-an-archive"
        assert "failed" in lines(log)[0]["checked"]["findings"]
        assert "verdict: unsound" in run("custody", "log", log).out

    def test_what_was_required_is_recorded(self, log: Path, package: Path) -> None:
        """What was asked of the package stands in the line, and so does what came of it."""
        run("verify", package, "--require", "signature", "--record", log)

        assert lines(log)[2]["checked"]["required"] == ["signatures"]
        assert lines(log)[2]["checked"]["verdict"] == "unsound"

    def test_a_failure_to_record_is_an_error(self, tmp_path: Path, package: Path) -> None:
        """Where the log cannot be written the verification is told, then the failure, and the exit status is no success."""
        ran = run("verify", package, "--record", tmp_path / "missing" / "log")
        as_json = run("verify", package, "--record", tmp_path / "missing" / "log", "--json")

        assert (ran.status, as_json.status) == (2, 2)
        assert ran.out.startswith("sound")
        assert "cannot write" in ran.err
        assert ["summary", "error"] == [line["type"] for line in as_json.lines[-2:]]

    def test_a_package_that_changes_meanwhile(
        self, log: Path, package: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A package that is written to while it is verified is not recorded: the digest would be of other bytes."""
        from provenance.cli import verify

        real = verify.verify

        def writing(name: str, **options: Any) -> Any:
            report = real(name, **options)
            package.write_bytes(package.read_bytes() + b"x")
            return report

        monkeypatch.setattr(verify, "verify", writing)
        ran = run("verify", package, "--record", log)

        assert ran.status == 2
        assert "while it was verified" in ran.err
        assert len(lines(log)) == 2

    def test_what_was_built_and_merged(self, tmp_path: Path, package: Path) -> None:
        """A build and a merge append themselves, the merge with what it was made from; where they cannot, that is said."""
        log, other, merged = tmp_path / "log", tmp_path / "other.wacz", tmp_path / "merged.wacz"
        text = tmp_path / "other.txt"
        text.write_text("The tunnel closed.\n", encoding="utf-8")
        assert run("build", text, "-o", other, "--record", log, "--actor", "Cy").status == 0
        assert run("merge", package, other, "-o", merged, "--record", log).status == 0
        failed = run("build", text, "-o", tmp_path / "third.wacz", "--record", tmp_path / "missing" / "log")

        assert [("built", "other.wacz", "Cy"), ("merged", "merged.wacz", None)] == [
            (line["event"], line["subject"]["name"], line["actor"]) for line in lines(log)
        ]
        assert ["x.wacz", "other.wacz"] == [subject["name"] for subject in lines(log)[1]["from"]]
        assert (failed.status, (tmp_path / "third.wacz").exists()) == (2, True)
        assert "is made, and not recorded" in failed.err

    def test_what_was_signed_in_its_place(self, tmp_path: Path, log: Path) -> None:
        """A package that is signed in its place is another file: the log has what it was, and knows it as it is now."""
        pytest.importorskip("cryptography", reason="the extra sign is not installed")
        text, package, key = tmp_path / "s.txt", tmp_path / "s.wacz", tmp_path / "desk.pem"
        text.write_text("The tunnel closed.\n", encoding="utf-8")
        assert run("build", text, "-o", package, "--created-at", TIME, "--record", log).status == 0
        assert run("key", "new", key).status == 0
        assert run("sign", package, "--key", key, "--record", log, "--actor", "Cy").status == 0
        built, made = lines(log)[-2:]

        assert ("signed", "Cy", [built["subject"]]) == (made["event"], made["actor"], made["from"])
        assert built["subject"]["digest"] != made["subject"]["digest"]
        assert run("custody", "check", log, "--subject", package).status == 0

    def test_what_lies_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of a package at an address all bytes are fetched for its digest, and none where the network is left alone."""
        from provenance.cli import custody_writing

        asked: list[str] = []
        monkeypatch.setattr(
            custody_writing, "open_remote", lambda address: asked.append(address) or io.BytesIO(b"bytes")
        )
        monkeypatch.setattr(custody_writing, "_manifest", lambda address: None)
        address = "https://host.example/folder/x.wacz?token=secret"
        offline = custody_writing.package_subject(address, offline=True)
        fetched = custody_writing.package_subject(address)

        assert (offline.name, offline.digest) == ("x.wacz", None)
        assert [address] == asked
        assert fetched.digest == f"sha256:{hashlib.sha256(b'bytes').hexdigest()}"
        assert "secret" not in repr(fetched)

    def test_nothing_is_recorded_unasked(self, package: Path) -> None:
        """Without `--record` the summary says nothing of a log."""
        assert "recorded" not in run("verify", package, "--json").last


def test_many_damaged_lines_are_told_once(tmp_path: Path) -> None:
    """Of many lines that are damaged in one way the first five are told, how many more there are, and once what to do."""
    path = tmp_path / "notes.txt"
    path.write_text("no event\n" * 7, encoding="utf-8")
    ran = run("custody", "check", path)

    assert ran.status == 1
    assert "custody.line-unreadable: A line of the log is damaged (7 times)" in ran.out
    assert ran.out.count("the line cannot be read") == 5
    assert "\n  and 2 more\n" in ran.out
    assert ran.out.count("what to do: Get another copy") == 1
