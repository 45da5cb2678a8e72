"""A sound WARC and one damage: exactly the expected codes, and never a verdict that a fault does not deserve."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from damage import warc_damages, warc_rule_damages
from damage.warc_damages import SOUND, Damage
from damage.warc_made import good, packed, plain

import archive
from archive.checks import check_all
from archive.findings import Report, Verdict

DAMAGES = warc_damages.DAMAGES + warc_rule_damages.DAMAGES


def verified(data: bytes) -> Report:
    """Return the report on a bare WARC."""
    with archive.open(io.BytesIO(data), name="made.warc") as package:
        return Report.of("made.warc", check_all(package))


@pytest.mark.parametrize("data", [plain(lambda _: None), packed(lambda _: None)], ids=["plain", "packed"])
def test_sound(data: bytes) -> None:
    """In the file that nobody touched there is nothing but the notes, and it is sound."""
    report = verified(data)
    assert Counter(SOUND) == Counter(finding.code for finding in report.findings)
    assert Verdict.SOUND is report.verdict
    assert (len(good()), len(good())) == (
        report.coverage["records"].checked,
        report.coverage["records"].present,
    )


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.name))
def test_damage(damage: Damage) -> None:
    """The damage is found under its code, and nothing else is found."""
    found = Counter(finding.code for finding in verified(damage.data()).findings)
    assert damage.codes == {code: count for code, count in found.items() if code not in SOUND}


def test_names() -> None:
    """No two damages have one name, and there are at least seventy of them."""
    names = Counter(damage.name for damage in DAMAGES)
    assert {1} == set(names.values())
    assert len(names) >= 70
