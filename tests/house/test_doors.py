"""What the packages offer: documented modules, doors that open, an import that costs little."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys

import house
import pytest

import provenance

HEAVY = {"bs4", "charset_normalizer", "h11", "jinja2", "lxml", "rich", "tldextract", "urllib3", "warcio"}
PACKAGES = [".".join(path.parent.parts) for path, _ in house.modules() if path.name == "__init__.py"]


def test_every_module_says_what_it_is_for() -> None:
    """Each module of both storeys opens with a docstring."""
    silent = [str(path) for path, tree in house.modules() if not ast.get_docstring(tree)]

    assert [] == silent


def test_the_doors_are_there() -> None:
    """The public face offers reading, tracing, building and verifying."""
    assert {"read", "trace", "build", "verify"} <= set(provenance.__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_all_names_lead_somewhere(package: str) -> None:
    """Each name in an `__all__` can be had, and is documented where it is code."""
    module = importlib.import_module(package)

    for name in getattr(module, "__all__", ()):
        value = getattr(module, name)
        is_code = inspect.isclass(value) or inspect.isroutine(value)
        assert value.__doc__ or not is_code, f"{package}.{name}"


def test_importing_is_light() -> None:
    """`import provenance` loads none of the heavy libraries: they are imported where they are used."""
    code = "import sys; before = set(sys.modules); import provenance; print(*set(sys.modules) - before)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=house.ROOT, capture_output=True, check=True, text=True
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}

    assert "provenance" in loaded
    assert set() == loaded & HEAVY
