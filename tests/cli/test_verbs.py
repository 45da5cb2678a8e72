"""The command itself, and the verbs that are not about one input: explain, and misuse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli.command import run

import provenance.cli.explain
from provenance import __version__


class TestCommand:
    """`provenance` without a verb, with a wrong one, and from the shell."""

    def test_help_lists_the_verbs(self) -> None:
        """Without arguments the verbs are listed, each with what it does."""
        ran = run()
        assert ran.status == 0
        assert all(verb in ran.out for verb in ("build", "verify", "show", "trace", "report", "explain"))

    def test_a_wrong_verb_is_misuse_with_a_hint(self) -> None:
        """A verb that is not there exits 2 and names the one that was meant."""
        ran = run("verfiy")
        assert ran.status == 2
        assert "'verify'" in ran.err

    def test_a_wrong_option_is_misuse(self) -> None:
        """An option that is not there exits 2; with --json the answer ends with an error line."""
        assert run("show", "--colour", "x").status == 2
        assert run("show", "--colour", "x", "--json").last["code"] == "usage"

    def test_the_version(self) -> None:
        """--version names program and version."""
        assert run("--version").out == f"source-provenance {__version__}\n"

    def test_python_dash_m(self, project: Path) -> None:
        """`python -m provenance` is the same command."""
        command = [sys.executable, "-m", "provenance", "--version"]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=project)
        assert ran.stdout == f"source-provenance {__version__}\n"

    def test_a_closed_pipe_is_no_failure(self, project: Path) -> None:
        """When whoever reads the answer goes away, the command ends quietly."""
        command = f"{sys.executable} -m provenance explain | head -n 1"
        ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, cwd=project)
        assert ran.stderr == ""
        assert len(ran.stdout.splitlines()) == 1

    def test_an_answer_that_nobody_can_take_is_no_verdict(self, project: Path) -> None:
        """When the answer cannot be written, that is said, and the status is none that stands for a verdict."""
        for more in ("", "--json"):
            command = f"{sys.executable} -m provenance show seeds/samples/norda-wire.txt {more} > /dev/full"
            ran = subprocess.run(
                ["bash", "-c", command], capture_output=True, text=True, check=False, cwd=project
            )
            assert ran.returncode == 2
            assert "the answer cannot be written" in ran.stderr
            assert "Traceback" not in ran.stderr

    def test_a_message_cannot_steer_the_terminal(self) -> None:
        """Escapes in a file's name are named on the way to the terminal, not sent."""
        ran = run("show", "no\x1b[31m\n.txt")
        assert "\x1b" not in ran.err
        assert len(ran.err.splitlines()) == 3

    def test_a_mistake_of_ours_is_no_verdict(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A bug becomes words and a status that stands for no verdict, never a traceback."""

        def broken(*_: object) -> int:
            raise ZeroDivisionError("oops")

        monkeypatch.setattr(provenance.cli.explain, "run", broken)
        ran = run("explain")
        assert ran.status == 70
        assert "Traceback" not in ran.err
        assert "a mistake of this program: ZeroDivisionError: oops" in ran.err

    def test_an_interrupt_is_130(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C ends with the status that shells know."""

        def interrupted(*_: object) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr(provenance.cli.explain, "run", interrupted)
        assert run("explain", "--json").status == 130

    def test_an_interrupt_while_a_verb_is_loaded_is_130(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C before the verb runs is told in the same way, and not by a traceback."""

        def interrupted(_: str) -> object:
            raise KeyboardInterrupt

        monkeypatch.setattr(provenance.cli.importlib, "import_module", interrupted)
        ran = run("explain", "--json")
        assert (ran.status, ran.last["type"], ran.last["message"]) == (130, "error", "interrupted")
        assert ran.err == "provenance: interrupted\n"

    def test_an_answer_that_nobody_takes_is_no_success(self) -> None:
        """Where the reader of the answer has gone, the exit status is that of a broken pipe and stands for no verdict."""
        command = [sys.executable, "-m", "provenance", "explain", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert (process.wait(timeout=60), process.stderr.read()) == (141, b"")


class TestExplain:
    """`provenance explain`."""

    def test_a_code_is_explained(self) -> None:
        """A code is explained by what it means and what to do."""
        ran = run("explain", "seed.digest-mismatch")
        assert "Not the document that the seed list names" in ran.out
        assert "What to do:" in ran.out

    def test_all_codes_are_listed(self) -> None:
        """Without a code all are listed, and --json gives them as data."""
        listed = run("explain", "--json")
        codes = [line["code"] for line in listed.of("code")]
        assert "warc.digest-mismatch" in codes
        assert codes == sorted(codes)
        assert listed.last == {"type": "summary", "v": 1, "codes": len(codes)}

    def test_an_unknown_code_is_misuse_with_a_hint(self) -> None:
        """A code that is not there is answered with those close to it."""
        ran = run("explain", "seed.digest-mismach")
        assert ran.status == 2
        assert "seed.digest-mismatch" in ran.err
