"""What an INPUT is: a text, a page, an archive, a folder, a seed list, a URL or standard input; each as bytes to read.

Everything is gone through: what cannot be read becomes a `Refused`, and the next input follows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs

import provenance.own_codes  # noqa: F401 (registers the codes that are found here)
from archive.digest import digest
from archive.errors import Error, InputError, LimitExceeded, Location, Unreadable
from archive.findings import Finding, found
from archive.limits import DEFAULT, MIB, Limits
from archive.remote import is_address
from archive.values import frozen
from provenance.errors import NotFound

if TYPE_CHECKING:
    from provenance import seeds

ARCHIVES = (".wacz", ".warc", ".warc.gz", ".arc", ".arc.gz")
READABLE = {
    ".txt": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
}
CORPUS = "corpus.json"
"""The file that makes a folder a corpus."""
MOST_CHARACTERS = 16 * MIB
"""Of one line of a list."""
_CHUNK = 64 * 1024


@frozen
class Given:
    """One document as it was given: its bytes and what came with them.

    `name` is the input as the user wrote it. `url` is the address somebody states for it; `captured_at` (W3CDTF, UTC)
    when it was captured, for a file its modification time. `record` is the id of the record it lies in; `is_exchange` says
    that the record is an HTTP exchange, so that its date is the moment of capture and no file's.
    """

    name: str
    data: bytes
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None
    captured_at: str | None = None
    record: str | None = None
    is_exchange: bool = False
    seed: seeds.Seed | None = None
    findings: tuple[Finding, ...] = ()


@frozen
class ArchiveGiven:
    """An archive as it was given, to be opened by whoever wants its records."""

    name: str
    path: Path | str
    """Where it lies; an address where it lies elsewhere."""


@frozen
class AddressGiven:
    """A URL as it was given, to be captured."""

    name: str


@frozen
class Refused:
    """An input that could not be read, and why."""

    name: str
    error: Error


@frozen
class Noticed:
    """Something found about the inputs themselves."""

    name: str
    finding: Finding


Input = Given | ArchiveGiven | AddressGiven | Refused | Noticed


@frozen
class Expander:
    """Turns arguments into inputs. `urls` says where an input was captured from; `texts` where seed texts lie."""

    urls: Mapping[str, str] = attrs.field(factory=dict)
    texts: Path | None = None
    limits: Limits = DEFAULT
    output: Path | None = None
    """What is being made out of the inputs: no input of itself where it lies in a folder that is gone through."""

    def expand(self, arguments: Iterable[str]) -> Iterator[Input]:
        """Yield what the arguments name, in order, folders and seed lists gone through."""
        for argument in arguments:
            yield from _guarded(argument, self._expand)

    def _expand(self, argument: str) -> Iterator[Input]:
        if argument == "-":
            yield self._document("-", read_limited(sys.stdin.buffer, self.limits), None)
        elif is_address(argument) and not os.path.lexists(argument):
            yield _elsewhere(argument)
        elif is_corpus(Path(argument)):
            hint = f"trace against it: provenance trace INPUT --against {argument}"
            raise InputError(
                "a corpus is an index of sources, and no input itself", Location(package=argument), hint
            )
        elif Path(argument).is_dir():
            yield from self._folder(Path(argument))
        else:
            yield from self._file(argument)

    def _folder(self, folder: Path) -> Iterator[Input]:
        """Go through a folder and those below it, files first, by name; without recursion, for a path may be deep."""
        waiting = [str(folder)]
        while waiting:
            here = waiting.pop()
            try:
                with os.scandir(here) as listing:
                    inside = sorted(listing, key=lambda each: os.path.normcase(each.name))
            except OSError as error:
                yield Refused(here, _unreadable(here, error))
                continue
            below, files = [], []
            for each in inside:
                name = each.name if here == os.curdir else each.path
                if each.is_dir(follow_symlinks=False):
                    below.append(name)
                elif each.is_symlink() and Path(name).is_dir():
                    yield Noticed(name, found("input.link-skipped", "a link to a folder is not followed"))
                elif not each.name.startswith("."):
                    files.append(name)
            for name in files:
                yield from self._inside(name)
            waiting += reversed(below)

    def _inside(self, name: str) -> Iterator[Input]:
        """Yield what a file of a folder is."""
        if self.output is not None and self._is_output(Path(name), self.output):
            message = "the output, finished or not, is no input of itself"
            yield Noticed(name, found("input.output-skipped", message))
        else:
            yield from _guarded(name, self._file)

    def _is_output(self, path: Path, output: Path) -> bool:
        from archive.wacz.output import journal_path, unfinished_path

        own = (output, unfinished_path(output), journal_path(output))
        return any(
            path.name == each.name and path.exists() and each.exists() and path.samefile(each) for each in own
        )

    def _file(self, argument: str) -> Iterator[Input]:
        path = Path(argument)
        if not path.is_file():
            if not path.exists():
                raise NotFound(
                    "no such file",
                    Location(package=argument),
                    hint="look whether the name is right, and the folder",
                )
            raise InputError("neither a file nor a folder", Location(package=argument))
        if path.suffix == ".toml":
            yield from self._seed_list(path)
        elif path.name.lower().endswith(ARCHIVES):
            yield ArchiveGiven(argument, path)
        else:
            with path.open("rb") as file:
                given = None if _begins_archive(file) else self._text(argument, path, file)
            yield given or ArchiveGiven(argument, path)

    def _text(self, argument: str, path: Path, file: BinaryIO) -> Given:
        data = read_limited(file, self.limits)
        modified = os.fstat(file.fileno()).st_mtime
        name = path.name
        if path.suffix == ".gz":
            data, name = _gunzip(data, self.limits), path.stem
        return self._document(argument, data, name, captured_at=_instant(modified))

    def _document(
        self, argument: str, data: bytes, name: str | None, captured_at: str | None = None
    ) -> Given:
        media_type = None
        if name is not None:
            media_type = READABLE.get(Path(name).suffix.lower()) or _guessed(name)
        return Given(argument, data, self.urls.get(argument), media_type, captured_at=captured_at)

    def _seed_list(self, path: Path) -> Iterator[Input]:
        from provenance import seeds

        seed_list = seeds.load(path)
        folder = self.texts or seed_list.folder or _seed_texts()
        for seed in seed_list.seeds:
            try:
                yield self._seed(seed, folder)
            except Error as error:
                yield Refused(seed.file, error)
            except OSError as error:
                yield Refused(seed.file, _unreadable(seed.file, error))

    def _seed(self, seed: seeds.Seed, folder: Path | None) -> Given | Noticed:
        path = None if folder is None else folder / seed.file
        if path is None or not path.exists():
            where = "no folder of texts is named" if folder is None else f"not in {folder}"
            return Noticed(seed.file, found("seed.absent", f"skipped: {where} (name it with --texts DIR)"))
        with path.open("rb") as file:
            given = self._text(str(path), path, file)
        actual = digest(given.data)
        if seed.digest is not None and seed.digest != actual:
            message = "this is not the document the seed list names; it was left out"
            return Noticed(
                seed.file, found("seed.digest-mismatch", message, expected=seed.digest, actual=actual)
            )
        return attrs.evolve(
            given, url=given.url or seed.address, captured_at=seed.captured_at or given.captured_at, seed=seed
        )


def _guessed(name: str) -> str | None:
    import mimetypes

    return mimetypes.guess_type(name)[0]


def _elsewhere(address: str) -> Input:
    """Return what an address stands for: an archive by the name in its path, else a page to be captured."""
    path = address.partition("#")[0].partition("?")[0]
    if path.lower().endswith(ARCHIVES):
        return ArchiveGiven(address, address)
    if not address.startswith(("http://", "https://")):
        hint = f"its name must end in one of {', '.join(ARCHIVES)}"
        raise InputError("only archives are read from such an address", Location(package=address), hint)
    return AddressGiven(address)


def _guarded(argument: str, read: Callable[[str], Iterator[Input]]) -> Iterator[Input]:
    """Yield what an argument names; what cannot be read as the `Refused` that says why."""
    try:
        yield from read(argument)
    except Error as error:
        yield Refused(argument, error.within(package=argument))
    except OSError as error:
        yield Refused(argument, _unreadable(argument, error))


def _begins_archive(file: BinaryIO) -> bool:
    """Say whether a file claims to be an archive by its first bytes, and go back to its begin."""
    head = file.read(8 * 1024)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith((b"WARC/", b"filedesc:", b"PK\x03\x04"))


def is_corpus(path: Path) -> bool:
    """Say whether a path is the folder of a corpus."""
    return (path / CORPUS).is_file()


def read_limited(file: BinaryIO, limits: Limits) -> bytes:
    """Read a document whole. Raises LimitExceeded where it is larger than a document may be."""
    chunks, left = [], limits.document_bytes + 1
    # By chunks: to be asked for as much as a document may be, a file sets aside as much, each time.
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        chunks.append(chunk)
        left -= len(chunk)
    if left <= 0:
        raise _too_large(limits.document_bytes + 1, limits)
    return b"".join(chunks)


def _gunzip(data: bytes, limits: Limits) -> bytes:
    """Inflate a gzipped document. Raises LimitExceeded or InputError."""
    inflating = zlib.decompressobj(wbits=31)
    with contextlib.suppress(zlib.error):  # which is said below
        inflated = inflating.decompress(data, limits.document_bytes + 1)
        if inflating.eof and not inflating.unused_data and len(inflated) <= limits.document_bytes:
            return inflated  # one member, whole and sound: nearly every file
    import gzip

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return read_limited(file, limits)  # type: ignore[arg-type]
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"damaged gzip file: {error}") from error


def json_lines(path: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file. Raises InputError naming the line that is none."""
    try:
        if not Path(path).is_file():
            raise InputError("no such file", Location(package=path))
        with Path(path).open(encoding="utf-8") as file:
            for number, text in enumerate(iter(lambda: file.readline(MOST_CHARACTERS), ""), 1):
                if len(text) == MOST_CHARACTERS:
                    raise LimitExceeded(
                        f"line {number} is too long",
                        Location(package=path),
                        limit="line",
                        allowed=MOST_CHARACTERS,
                    )
                if text.strip():
                    yield _object(text, path, number)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"cannot be read: {error}", Location(package=path)) from error


def _object(text: str, path: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number} is not JSON: {error}", Location(package=path)) from error
    if not isinstance(row, dict):
        raise InputError(f"line {number} is not a JSON object", Location(package=path))
    return row


def _too_large(seen: int, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        f"more than {limits.document_bytes // MIB} MiB: too large to be one document",
        hint="split it, or put it into a WARC",
        limit="document_bytes",
        allowed=limits.document_bytes,
        seen=seen,
    )


def _unreadable(name: str, error: OSError) -> Unreadable:
    return Unreadable(f"cannot be read: {error.strerror or error}", Location(package=name))


def _seed_texts() -> Path | None:
    named = os.environ.get("PROVENANCE_SEED_TEXTS")
    return Path(named) if named else None


def _instant(seconds: float) -> str | None:
    try:
        moment = dt.datetime.fromtimestamp(int(seconds), tz=dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
