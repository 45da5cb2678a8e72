"""What all tests share: where other people's texts lie (or why a test skips), and how Hypothesis runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import finding_forms
import pytest
from hypothesis import settings

from archive.findings import Report

settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session", autouse=True)
def _findings_say_all() -> Iterator[None]:
    """Hold every finding of every report that a test makes against the table of what its code has to say."""
    unchecked = Report.of.__func__  # type: ignore[attr-defined]

    def of(cls: type[Report], *args: object, **options: object) -> Report:
        report: Report = unchecked(cls, *args, **options)
        finding_forms.hold(report.findings)
        finding_forms.hold_reach(report.coverage)
        return report

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Report, "of", classmethod(of))
        yield


def _folder_named_by(variable: str, what: str) -> Path:
    """Return the folder that an environment variable names; skip where it is not set, fail where it names none."""
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} is not set: {what} are not part of this project")
    folder = Path(value)
    assert folder.is_dir(), f"{variable} names no folder: {value}"
    return folder


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the top folder of the project."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def seed_texts() -> Path:
    """Return the folder with the five real documents and their annotation, gold.json."""
    return _folder_named_by("PROVENANCE_SEED_TEXTS", "the texts of the real seeds")


@pytest.fixture(scope="session")
def gold() -> Path:
    """Return the folder with annotated pages, quotations and archives of other people."""
    return _folder_named_by("PROVENANCE_GOLD", "the annotated pages and archives of others")
