"""What a run of the command loads: no verb pays for the rooms that it does not enter."""

from __future__ import annotations

import ast
import gc
import importlib
import json
import subprocess
import sys
from pathlib import Path

import house
import pytest

from archive.lazily import Lazy

_LOADED = """
import contextlib, io, json, sys
from provenance.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    main(sys.argv[1:])
print(json.dumps(sorted(sys.modules)))
"""
TEXT = 'Police said on Monday: "We know nothing about this," Anna Smith said.\n'
SLOW = {
    "bs4",
    "charset_normalizer",
    "concurrent.futures",
    "jinja2",
    "lxml",
    "multiprocessing",
    "rich",
    "tldextract",
}
SLOW |= {"tomllib", "warcio"}
"""What no verb needs for a small text or a small WARC."""


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a run of the command has loaded when it ends."""
    run = subprocess.run(
        [sys.executable, "-c", _LOADED, *arguments],
        cwd=house.ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def within(modules: set[str], package: str) -> set[str]:
    """Return the modules of a package."""
    return {name for name in modules if name == package or name.startswith(f"{package}.")}


class TestVerbs:
    """Each verb on its smallest input."""

    @pytest.fixture
    def text(self, tmp_path: Path) -> str:
        """Write a text of one sentence."""
        path = tmp_path / "tiny.txt"
        path.write_text(TEXT, encoding="utf-8")
        return str(path)

    @pytest.fixture
    def warc(self, tmp_path: Path) -> str:
        """Write a WARC of one record, not ours."""
        head = (
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:12345678-1234-4234-8234-123456789012>\r\n"
            "WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Target-URI: http://example.com/\r\n"
            "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
        )
        path = tmp_path / "tiny.warc"
        path.write_bytes(head.encode() + b"hello\r\n\r\n")
        return str(path)

    def test_showing_a_text_needs_no_tracer(self, text: str) -> None:
        """`show` of a text loads the reader of texts, and neither the tracer nor what reads pages and archives."""
        modules = loaded("show", text, "--json")

        assert "provenance.reader.plain" in modules
        assert set() == modules & (SLOW | {"provenance.model.trace", "provenance.reader.html", "tempfile"})
        assert set() == within(modules, "provenance.tracer") | within(modules, "archive.wacz")

    def test_verifying_a_foreign_warc_needs_no_reader(self, warc: str) -> None:
        """`verify` of a WARC of somebody else's loads the checks, and neither reads articles nor traces anything."""
        modules = loaded("verify", warc, "--json")

        assert "archive.checks" in modules
        assert set() == modules & (SLOW | {"provenance.reader.plain", "provenance.reader.outlets"})
        assert {"provenance.tracer", "provenance.tracer.codes"} == within(modules, "provenance.tracer")

    def test_an_unsigned_package_needs_no_cryptography(self, text: str, tmp_path: Path) -> None:
        """`build` and `verify` of a package that nobody signed or stamped load no library for signatures."""
        package = str(tmp_path / "tiny.wacz")
        codes = {"archive.signing", "archive.signing.signaturecodes", "archive.signing.timecodes"}
        for modules in (loaded("build", text, "-o", package, "--json"), loaded("verify", package, "--json")):
            assert set() == within(modules, "cryptography") | within(modules, "rfc3161_client")
            assert codes >= within(modules, "archive.signing")

    def test_tracing_words_needs_no_page(self, text: str) -> None:
        """`trace` of given words in a text loads the tracer, and nothing that reads pages or archives."""
        modules = loaded("trace", text, "--quote", "We know nothing about this", "--json")

        assert "provenance.tracer.verdicts" in modules
        assert set() == modules & (SLOW - {"tomllib"} | {"provenance.reader.html"})
        assert set() == within(modules, "archive.wacz")


def test_patterns_wait() -> None:
    """No module compiles a pattern while it is imported: all that stand at its top are `lazily.compile`d."""
    early = [
        f"{path}:{node.lineno}"
        for path, tree in house.modules()
        for top in tree.body
        if not isinstance(top, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(top)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]

    assert [] == early


def test_every_pattern_compiles() -> None:
    """Each pattern that waits for its first use is a pattern: a mistake in one would only show there."""
    for path, _ in house.modules():
        if path.name not in ("__main__.py", "nlp.py"):
            importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    gc.unfreeze()  # a run of the command in this process hides what there was from `get_objects`
    waiting = [each for each in gc.get_objects() if type(each) is Lazy]

    assert len(waiting) > 100
    assert [each.source for each in waiting] == [each.pattern for each in waiting]


def test_a_pattern_compiles_once() -> None:
    """What was looked up once is kept: the second use of a method is the very same object."""
    pattern = Lazy("a+", 0)

    assert pattern.search("baa")[0] == "aa"
    assert pattern.search is pattern.search
    assert pattern.pattern == "a+"
