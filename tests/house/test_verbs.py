"""Every verb of the command line is documented, with all it takes."""

from __future__ import annotations

import argparse
import importlib

import generate
import house
import pytest

from provenance.cli import VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_verb_has_a_section(verb: str) -> None:
    """docs/commands.md has a section for the verb."""
    page = (house.ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    assert f"\n## provenance {verb}\n" in page


@pytest.mark.parametrize("verb", VERBS)
def test_arguments_are_explained(verb: str) -> None:
    """Each argument of the verb has a help text."""
    parser = argparse.ArgumentParser()
    importlib.import_module(f"provenance.cli.{verb.replace('-', '_')}").add_arguments(parser)
    parsers = [parser, *(action for _, action in generate.subactions(parser))]

    assert [] == [action.dest for each in parsers for action in each._actions if not action.help]


def test_no_file_is_no_verb() -> None:
    """Each module of the command line that takes arguments is a verb, and each verb is such a module."""
    modules = {
        path.stem.replace("_", "-")
        for path, tree in house.modules("provenance/cli")
        if {"add_arguments", "run"} <= {getattr(node, "name", None) for node in tree.body}
    }

    assert set(VERBS) == modules
