"""What stops the reading of an archive that lies on a server."""

from __future__ import annotations

from typing import ClassVar

import attrs

from archive.errors import Unreadable


@attrs.frozen
class RemoteUnreadable(Unreadable):
    """The server does not answer, refuses, or answers with something else than what was asked for."""

    code: ClassVar[str] = "remote-unreadable"


@attrs.frozen
class RemoteChanged(Unreadable):
    """What lies at the address changed while it was read: its parts do not belong together."""

    code: ClassVar[str] = "remote-changed"
