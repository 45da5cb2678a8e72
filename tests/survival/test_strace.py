"""The same with a real kernel: strace kills the program, or refuses its calls, at each call on the files it writes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from builds import NAME, finished, promised, write_few

CALLS = "write,fsync,ftruncate,link,linkat,rename,renameat2,unlink,unlinkat"
HERE = Path(__file__).parent
PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = [{here!r}, {project!r}]
from archive.errors import OutputError
from builds import write_few
try:
    write_few(Path(sys.argv[1]), ack=lambda what: print(what, flush=True))
except OutputError as error:
    sys.exit(f"{{error}}: {{error.hint}}")
"""


def traced(folder: Path, *inject: str) -> subprocess.CompletedProcess[str]:
    """Build in that folder under strace; only calls on the files of the output count."""
    paths = [
        f"--trace-path={folder / name}" for name in (NAME, f"{NAME}.unfinished", f"{NAME}.unfinished.journal")
    ]
    program = PROGRAM.format(here=str(HERE), project=str(HERE.parent.parent))
    command = ["strace", "-f", "-o", str(folder.parent / "log"), f"--trace={CALLS}", *paths, *inject]
    return subprocess.run(
        [*command, sys.executable, "-B", "-c", program, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """Return the calls of a build that nothing stops, each with its number; skip where strace cannot be had."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    folder = tmp_path_factory.mktemp("counted") / "out"
    folder.mkdir()
    ran = traced(folder)
    if ran.returncode:
        pytest.skip(f"strace cannot trace here: {ran.stderr.strip()[:200]}")
    log = (folder.parent / "log").read_text()
    made = re.findall(rf"^\d+ +({CALLS.replace(',', '|')})\(", log, re.MULTILINE)
    return [(name, number) for name, count in Counter(made).items() for number in range(1, count + 1)]


@pytest.fixture
def expected(tmp_path: Path) -> bytes:
    """Return the package of a build that nothing stops."""
    (tmp_path / "whole").mkdir()
    return write_few(tmp_path / "whole").read_bytes()


def test_kill_at_every_call(tmp_path: Path, calls: list[tuple[str, int]], expected: bytes) -> None:
    """Killed by the kernel at any call, no acknowledged input is lost, and the build goes on to the same bytes."""
    killed = 0
    for at in calls:
        folder = tmp_path / "{}-{}".format(*at)
        folder.mkdir()
        ran = traced(folder, "--inject={}:signal=SIGKILL:when={}".format(*at))
        killed += ran.returncode == -9

        assert (folder / NAME).exists() or set(ran.stdout.split()) <= promised(folder), at
        assert expected == finished(folder, write_few), at
    assert len(calls) == killed > 15


@pytest.mark.parametrize(("error", "words"), [("ENOSPC", "disk is full"), ("EIO", "device")])
def test_error_at_calls(
    tmp_path: Path, calls: list[tuple[str, int]], expected: bytes, error: str, words: str
) -> None:
    """Refused by the kernel, a call is an error in words, never a traceback, and the build goes on to the same bytes."""
    for at in calls[::3]:
        folder = tmp_path / "{}-{}".format(*at)
        folder.mkdir()
        ran = traced(folder, "--inject={}:error={error}:when={}".format(*at, error=error))

        assert "Traceback" not in ran.stderr, at
        assert ran.returncode in (0, 1), at
        assert ran.returncode == 0 or (words in ran.stderr and NAME in ran.stderr), at
        assert expected == finished(folder, write_few), at


@pytest.mark.parametrize(("call", "at"), [("write", 4), ("fsync", 6), ("link", 1)])
def test_the_command_line_is_killed(tmp_path: Path, calls: list[tuple[str, int]], call: str, at: int) -> None:
    """`provenance build`, killed, says at the next run what lies there; with --resume it makes the same package."""
    texts = [tmp_path / f"{number}.txt" for number in range(3)]
    for text in texts:
        text.write_text(f"The bridge, {text.stem}\n\nIt opened.\n")
        os.utime(text, (0, 0))
    build = [sys.executable, "-B", "-m", "provenance", "build", *map(str, texts), "--json", "-o"]
    out = tmp_path / NAME

    def ran(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parent.parent)

    paths = [f"--trace-path={out}{ending}" for ending in (".unfinished", ".unfinished.journal")]
    inject = [f"--trace={call}", f"--inject={call}:signal=SIGKILL:when={at}"]
    killed = ran("strace", "-f", "-o", str(tmp_path / "log"), *paths, *inject, *build, str(out))
    refused = ran(*build, str(out))
    resumed = ran(*build, str(out), "--resume")
    whole = ran(*build, str(tmp_path / "whole.wacz"))

    assert (-9, 2) == (killed.returncode, refused.returncode)
    assert "--resume" in refused.stderr
    assert (0, 0) == (resumed.returncode, whole.returncode)
    assert (tmp_path / "whole.wacz").read_bytes() == out.read_bytes()
