"""Write the documents that are made from the code: finding codes, the command line, the outputs in the README."""

from __future__ import annotations

import argparse
import importlib
import itertools
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import outputs

from archive.findings import CODES, Code

ROOT = Path(__file__).parent.parent
FINDINGS = ROOT / "docs" / "findings"
README = ROOT / "README.md"
MADE = "<!-- Made by docs/generate.py from the code: change it there, then `make docs`. -->\n"
COMMANDS = """
# Commands

Each verb also takes `--json` (JSON lines, the last one always a summary or an error) and `--quiet`. The answer goes
to stdout, progress and the closing words to stderr.

Exit status: 0 sound · 1 unsound · 2 usage · 3 unreadable · 4 undecided · 130 interrupted; without a verdict:
70 a mistake of this program · 141 nobody read the answer.
"""
STATUS = {
    "failed": "fails the verification",
    "warned": "is a warning",
    "note": "is a note",
    "not-checked": "says that something was not checked",
}


def register_all() -> None:
    """Import every table of codes in both storeys, so that the registry is full."""
    for storey in ("archive", "provenance"):
        package = importlib.import_module(storey)
        for module in pkgutil.walk_packages(package.__path__, f"{storey}."):
            if module.name.endswith("codes"):
                importlib.import_module(module.name)


def room(code: Code) -> str:
    """Return the part of the name in front of the dot."""
    return code.name.partition(".")[0]


def section(code: Code) -> str:
    """Return what is said of one code."""
    clause = f" · {code.clause}" if code.clause else ""
    return (
        f"\n## {code.name}\n\n**{code.title}**\n\n"
        f"*{code.level}, {STATUS[code.status]}{clause}*\n\n{code.meaning}\n\n**What to do:** {code.remedy}\n"
    )


def row(code: Code) -> str:
    """Return a code's line in the index, with a link in the form in which headings are given anchors."""
    anchor = code.name.replace(".", "")
    return f"| [`{code.name}`]({room(code)}.md#{anchor}) | {code.status} | {code.title} |\n"


def finding_pages() -> Iterator[tuple[Path, str]]:
    """Give a page a room with the codes registered there, and the index of them all."""
    register_all()
    index = f"{MADE}\n# Findings\n\nWhat can be found. `provenance explain CODE` says the same on the command line.\n"
    for name, codes in itertools.groupby(CODES, key=room):
        table = list(codes)
        yield FINDINGS / f"{name}.md", f"{MADE}\n# Findings: {name}\n{''.join(map(section, table))}"
        index += f"\n## {name}\n\n| code | status | what it is |\n|---|---|---|\n{''.join(map(row, table))}"
    yield FINDINGS / "README.md", index


def arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Give a line for each argument that a parser takes, positional ones first, help left out."""
    actions = sorted(parser._actions, key=lambda action: bool(action.option_strings))
    for action in actions:
        if isinstance(action, argparse._HelpAction):
            continue
        value = action.metavar or (
            "|".join(map(str, action.choices)) if action.choices else action.dest.upper()
        )
        words = [value] if not action.option_strings else [", ".join(action.option_strings)]
        if action.option_strings and action.nargs != 0:
            words.append(str(value))
        yield f"| `{' '.join(map(str, words)).replace('|', '¦')}` | {(action.help or '').replace('|', '¦')} |\n"


def subactions(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Give the actions of a verb that has some, each with its own parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def verb_section(verb: str, what: str) -> str:
    """Return what is said of one verb: its own docstring and its arguments."""
    module = importlib.import_module(f"provenance.cli.{verb.replace('-', '_')}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    section = (
        f"\n## provenance {verb}\n\n{what[0].upper()}{what[1:]}.\n\n{module.__doc__}\n\n"
        f"| argument | |\n|---|---|\n{''.join(arguments(parser))}"
    )
    for name, action in subactions(parser):
        told = action.description or ""
        section += (
            f"\n### provenance {verb} {name}\n\n{told[:1].upper()}{told[1:]}.\n\n"
            f"| argument | |\n|---|---|\n{''.join(arguments(action))}"
        )
    return section


def command_pages() -> Iterator[tuple[Path, str]]:
    """Give the page about the command line."""
    verbs: Mapping[str, str] = importlib.import_module("provenance.cli").VERBS
    sections = "".join(verb_section(verb, what) for verb, what in verbs.items())
    yield ROOT / "docs" / "commands.md", MADE + COMMANDS + sections


def rule_pages() -> Iterator[tuple[Path, str]]:
    """Give the page of the rules that a WARC is held against, and of the mistakes that are known of its writers."""
    rules = importlib.import_module("archive.warc.rules.clauses").RULES
    known = importlib.import_module("archive.warc.rules.writers").KNOWN
    lines = "".join(
        f"| {rule.clause.replace('ISO', 'ISO 28500:2017')} | {rule.says} | {rule.binding} | `{rule.code}` |\n"
        for rule in rules
    )
    writers = "".join(
        f"| {row.cause.writer} | {row.cause.says} | `{row.code}` | {'plausible' if row.cause.plausible else 'in doubt'} |\n"
        for row in known
    )
    text = (
        f"{MADE}\n# The rules of WARC\n\nWhat `verify` holds a WARC file against. WARC/1.0 is held against ISO 28500:2009,"
        " whose clauses have other numbers; ARC and the drafts 0.17 and 0.18 are read through warcio.\n\n"
        f"| clause | rule | binding | found as |\n|---|---|---|---|\n{lines}\n## Known writers\n\n"
        f"Mistakes that a program makes in every file, named where they are found.\n\n"
        f"| writer | what it does | found as | the bytes are |\n|---|---|---|---|\n{writers}"
    )
    yield ROOT / "docs" / "format" / "rules.md", text


def wanted() -> dict[Path, str]:
    """Return every document that is made from the code, and its text."""
    readme = README, outputs.filled(README.read_text(encoding="utf-8"))
    return dict([*finding_pages(), *command_pages(), *rule_pages(), readme])


def orphans(made: Mapping[Path, str]) -> Iterator[Path]:
    """Give the pages of findings that no code stands behind."""
    return (path for path in sorted(FINDINGS.glob("*.md")) if path not in made)


def differences() -> Iterator[str]:
    """Say which documents are not what the code would make of them."""
    made = wanted()
    for path in orphans(made):
        yield f"{path.relative_to(ROOT)}: no code stands behind this page"
    for path, text in made.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield f"{path.relative_to(ROOT)}: not up to date"


def write() -> None:
    """Write all documents and remove the pages that no code stands behind."""
    made = wanted()
    for path in orphans(made):
        path.unlink()
    FINDINGS.mkdir(exist_ok=True)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Write the documents, or with `--check` say what is out of date and return 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is out of date")
    if not parser.parse_args().check:
        write()
        return 0
    stale = list(differences())
    for line in stale:
        print(f"{line} (make docs)", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
