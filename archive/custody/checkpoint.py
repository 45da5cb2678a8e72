"""Checkpoints, as C2SP tlog-checkpoint has them: a signed note of how many lines a log has, and the root over them.

```text
newsroom.example/custody
12
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— newsroom.example/custody Az3grlgt…
```
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import attrs

from archive import lazily
from archive.custody import note as notes
from archive.custody.note import NOTE_BYTES, Note
from archive.errors import Location, Unreadable
from archive.merkle import HASH_BYTES

_SIZE = lazily.compile(r"0|[1-9][0-9]{0,18}")


@attrs.frozen
class Checkpoint:
    """What a checkpoint states: the log's name, how many lines it has, and the root of the tree over them, 32 bytes.

    `extensions` are further lines, whose meaning is their writer's. `note` is all of it as it was signed.
    """

    origin: str
    size: int
    root: bytes
    note: Note
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.note)


def parse(raw: bytes) -> Checkpoint:
    """Return a checkpoint. Raises ValueError, which says what is wrong; signatures are not checked here."""
    note = notes.parse(raw)
    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise ValueError(
            "a checkpoint has a line for its log, its size and its root, and no empty one among them"
        )
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size):
        raise ValueError("the size is no number")
    try:
        value = base64.b64decode(root, validate=True)
    except ValueError:
        value = b""
    if len(value) != HASH_BYTES or base64.b64encode(value).decode() != root:
        raise ValueError("the root is no SHA-256 in base 64")
    return Checkpoint(origin, int(size), value, note, tuple(extensions))


def text_of(origin: str, size: int, root: bytes) -> str:
    """Return the text of a checkpoint, which is what gets signed."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def signed(
    origin: str,
    size: int,
    root: bytes,
    *,
    key: bytes,
    sign: Callable[[bytes], bytes],
    name: str | None = None,
) -> Checkpoint:
    """Return a checkpoint signed with the Ed25519 key of these 32 public bytes, under the log's name unless one is given.

    Raises ValueError for a name that no note can hold.
    """
    if not notes.is_key_name(origin) or not notes.is_key_name(name or origin):
        raise ValueError("the name of a log or key has no spaces, no plus and nothing invisible in it")
    text = text_of(origin, size, root)
    return parse(str(Note(text, (notes.sign(text, name or origin, key, sign),))).encode())


def read_checkpoint(path: Path) -> bytes:
    """Return the bytes of a small file. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            return file.read(NOTE_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}", Location(package=str(path))) from error
