"""The salt key: a file of its owner's, and nothing of it in what is made with it."""

from __future__ import annotations

from pathlib import Path

import harbour
import pytest

from archive.errors import ResumeRefused, Unreadable, UsageError
from archive.wacz.saltkey import read_salt_key, trace_of
from archive.wacz.writer import PackageWriter


def keyed(path: Path, data: bytes, mode: int = 0o600) -> Path:
    """Write a key's file with a mode."""
    path.write_bytes(data)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("size_bytes", [16, 32, 4096])
def test_a_key(tmp_path: Path, size_bytes: int) -> None:
    """All bytes of the file are the key."""
    key = bytes(n * 7 % 256 for n in range(size_bytes))

    assert key == read_salt_key(keyed(tmp_path / "k", key))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620, 0o601])
def test_others_can_read_it(tmp_path: Path, mode: int) -> None:
    """A key that others than its owner can get at is refused, with what to do."""
    with pytest.raises(UsageError, match="others can read") as refused:
        read_salt_key(keyed(tmp_path / "k", harbour.KEY, mode))

    assert "chmod 600" in (refused.value.hint or "")


@pytest.mark.parametrize(
    "data", [b"", b"fifteen bytes..", bytes(32), b"ab" * 16, b"x" * 32, bytes(range(256)) * 17]
)
def test_a_key_that_could_be_guessed(tmp_path: Path, data: bytes) -> None:
    """A key that is too short, or a row of the same bytes, or a whole file, is refused; and it is not told."""
    with pytest.raises(UsageError, match="random bytes") as refused:
        read_salt_key(keyed(tmp_path / "k", data))

    assert len(data) < 8 or repr(data)[2:-1] not in str(refused.value)


def test_no_file(tmp_path: Path) -> None:
    """What cannot be opened is unreadable; a folder is no key."""
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(Unreadable):
            read_salt_key(path)


def _stopped(path: Path) -> None:
    """Begin a build with the key, and stop in the middle of it."""
    with harbour.provenance.build(path, salt_key=harbour.KEY, survive=True) as building:
        building.add(harbour.FERRY.encode())
        raise ZeroDivisionError


def test_nothing_of_the_key_is_told(tmp_path: Path) -> None:
    """Neither package nor journal has the key or its hash in it."""
    package = harbour.build(tmp_path / "a.wacz").read_bytes()
    with pytest.raises(ZeroDivisionError):
        _stopped(tmp_path / "b.wacz")
    journal = next(path for path in tmp_path.iterdir() if path.name.endswith(".journal")).read_bytes()

    for form in (harbour.KEY, harbour.KEY.hex().encode()):
        assert form not in package
        assert form not in journal


def test_going_on_with_another_key(tmp_path: Path) -> None:
    """A build that was stopped goes on with the same key only: neither with another one, nor with none."""

    def begin(key: bytes | None, *, resume: bool = False) -> None:
        with harbour.provenance.build(
            tmp_path / "a.wacz",
            salt_key=key,
            survive=not resume,
            resume=resume,
            created_at="2024-03-06T10:00:00Z",
        ) as building:
            building.add(harbour.FERRY.encode(), original_url=harbour.FERRY_URL)
            if not resume:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin(harbour.KEY)
    for other in (None, harbour.KEY[::-1]):
        with pytest.raises(ResumeRefused, match="salt_key"):
            begin(other, resume=True)
    begin(harbour.KEY, resume=True)
    straight = harbour.build(tmp_path / "b.wacz", (harbour.FERRY, harbour.FERRY_URL))

    assert trace_of(harbour.KEY) != trace_of(None)
    assert straight.stat().st_size > 0
    assert (tmp_path / "a.wacz").is_file()


def test_no_main_page_with_a_key(tmp_path: Path) -> None:
    """With a key the manifest, which will be signed, names no page; without one it names the first."""
    salted, plain = harbour.package(), harbour.package(salted=False)

    assert b"mainPageUrl" not in salted
    assert b"mainPageUrl" in plain
    with pytest.raises(UsageError):
        PackageWriter(tmp_path / "x.wacz", salt_key=b"short")


def test_page_ids_with_a_key() -> None:
    """With a key the ids of pages are others than anybody can make who knows address and date."""
    from archive.wacz.pages import page_id

    guess = page_id(harbour.FERRY_URL, "2024-03-06T10:00:00Z").encode()

    assert guess in harbour.package(salted=False)
    assert guess not in harbour.package()
