"""Makes the compact form of the registry of outlets, which the reader loads, from the one that people edit.

Run `python docs/registry.py` after a change of `outlets.toml`; a test says where that was forgotten.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "provenance" / "reader" / "outlets.toml"
PACKED = ROOT / "provenance" / "reader" / "outlets.json"


def packed() -> str:
    """Return the compact form: the outlets, and what leads to them by name, by domain and by host."""
    sys.path.insert(0, str(ROOT))
    from provenance.reader.outlets import key_of
    from provenance.reader.urls import registrable_domain

    table: dict[str, dict[str, Any]] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["outlet"]
    names: dict[str, str] = {}
    shared: set[str] = set()
    domains: dict[str, str] = {}
    hosts: dict[str, tuple[str, str]] = {}
    for id_, outlet in table.items():
        for name in [*outlet["names"], *(former["name"] for former in outlet.get("was", ()))]:
            names.setdefault(key_of(name), id_)
        shared.update(key_of(name) for name in outlet.get("shared", ()))
        for domain in [*outlet["domains"], *outlet.get("old_domains", ())]:
            domains.setdefault(domain, id_)
        for host in outlet.get("hosts", ()):
            hosts[host] = (id_, registrable_domain(f"https://{host}/") or host)
    form = {"outlets": table, "names": names, "shared": sorted(shared), "domains": domains, "hosts": hosts}
    return json.dumps(form, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    PACKED.write_text(packed(), encoding="utf-8")
