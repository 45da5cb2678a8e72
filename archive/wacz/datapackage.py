"""The manifest of a package (`datapackage.json`) and the digest of the manifest (`datapackage-digest.json`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from archive.wacz.pages import Page

PATH = "datapackage.json"
DIGEST_PATH = "datapackage-digest.json"
VERSION = "1.1.1"
"""What we write; 1.0.0 and 1.2.0 are read too. Clients of 2026 refuse 1.2.0."""
PROFILE = "data-package"
SOFTWARE = "source-provenance"
"""How the software that wrote a package names itself; such packages must be in canonical form."""


@attrs.frozen
class Resource:
    """A member that the manifest vouches for."""

    path: str
    hash: str
    size_bytes: int


@attrs.frozen
class Description:
    """What a package says of itself. `created` is `YYYY-MM-DDTHH:MM:SSZ`; nothing unknown is filled in."""

    software: str = SOFTWARE
    title: str | None = None
    description: str | None = None
    created: str | None = None
    main_page: Page | None = None


def manifest(
    description: Description, resources: Iterable[Resource], *, own: Mapping[str, Any] | None = None
) -> bytes:
    """Return the text of `datapackage.json`; `own` holds keys of ours, such as the root over the records."""
    page = description.main_page
    value = {
        "profile": PROFILE,
        "wacz_version": VERSION,
        "title": description.title,
        "description": description.description,
        "created": description.created,
        "software": description.software,
        "mainPageUrl": page and page.url,
        # py-wacz writes and ReplayWeb.page reads this spelling, the specification has the one above
        "mainPageURL": page and page.url,
        "mainPageDate": page and page.ts,
        # ReplayWeb.page shows the title it finds here, not the one that the specification asks for
        "metadata": _metadata(description),
        **(own or {}),
        "resources": [_row(resource) for resource in resources],
    }
    return _text({key: part for key, part in value.items() if part is not None})


def _metadata(description: Description) -> dict[str, str] | None:
    given = {"title": description.title, "desc": description.description}
    return {key: value for key, value in given.items() if value is not None} or None


def manifest_digest(digest: str, *, rest: Mapping[str, Any] | None = None) -> bytes:
    """Return the text of `datapackage-digest.json`; `rest` holds its further keys, such as `signedData`."""
    return _text({"path": PATH, "hash": digest, **(rest or {})})


def _row(resource: Resource) -> dict[str, Any]:
    name = resource.path.rpartition("/")[2].lower()
    return {"name": name, "path": resource.path, "hash": resource.hash, "bytes": resource.size_bytes}


def _text(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode("ascii")


def software_of(value: object) -> str:
    """Return how the software that wrote a manifest names itself, or an empty string."""
    software = value.get("software") if isinstance(value, Mapping) else None
    return software if isinstance(software, str) else ""


def is_collection(value: object) -> bool:
    """Say whether a manifest is that of a collection of packages (MultiWACZ, a draft), not of one package."""
    profile = value.get("profile") if isinstance(value, Mapping) else None
    return isinstance(profile, str) and profile.startswith("multi-wacz")


def is_ours(value: object) -> bool:
    """Say whether a manifest claims to be written by this software."""
    return software_of(value).split(" ")[0].split("/")[0] == SOFTWARE


def resources_of(value: object) -> Sequence[object]:
    """Return the rows of a manifest's resource list, whatever they are."""
    rows = value.get("resources") if isinstance(value, Mapping) else None
    return rows if isinstance(rows, list) else ()
