"""The rules of the house that an import contract cannot say."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import house
import pytest

CLOCK = {"now", "utcnow", "today", "fromtimestamp"}
OPENING = {"open", "input", "urlopen", "urlretrieve", "read_text", "read_bytes"}
TABLES_OF_THEIR_OWN = {
    "provenance/reader/confidences.py",
    "provenance/reader/outlets.py",
    "provenance/tracer/lexicons.py",
}
"""Modules that load a table which is part of the package, as others have theirs in Python: no input, no state."""


def called(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Give the last name of everything that is called, and the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, node.lineno


def imported(tree: ast.AST) -> set[str]:
    """Return the names of all modules that are imported, at whatever depth."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("room", ["model", "reader", "tracer"])
def test_bytes_in_values_out(room: str) -> None:
    """Model, reader and tracer call nothing that opens a file or a socket or asks the clock."""
    guilty = [
        f"{path}:{line} calls {name}"
        for path, tree in house.modules(f"provenance/{room}")
        for name, line in called(tree)
        if name in CLOCK | OPENING and str(path) not in TABLES_OF_THEIR_OWN
    ]

    assert [] == guilty


@pytest.mark.parametrize("room", ["model", "reader", "tracer"])
def test_no_network_module(room: str) -> None:
    """Model, reader and tracer never import the part of urllib that fetches."""
    guilty = [
        str(path) for path, tree in house.modules(f"provenance/{room}") if "urllib.request" in imported(tree)
    ]

    assert [] == guilty


def test_only_the_command_line_exits() -> None:
    """Nothing outside the command line prints, or ends the process."""
    guilty = [
        f"{path}:{line} calls {name}"
        for path, tree in house.modules()
        if "cli" not in path.parts and path.name != "__main__.py"
        for name, line in called(tree)
        if name in {"print", "exit", "_exit", "quit", "SystemExit"}
    ]

    assert [] == guilty


def test_the_search_sees_what_it_looks_for() -> None:
    """A call of each forbidden kind is seen, plain or as an attribute."""
    tree = ast.parse("open('x')\npath.read_bytes()\ndatetime.now()\nimport urllib.request")

    assert [("open", 1), ("read_bytes", 2), ("now", 3)] == list(called(tree))
    assert {"urllib.request"} == imported(tree)
