"""ReplayWeb.page 2.5 in a headless Chromium shows the documents of a package that it reads over loopback."""

from __future__ import annotations

import html
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from interop.packages_made import Made
from interop.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TRIES = 2
"""Under heavy load the service worker may miss its start; the page is then opened once more."""
TRY_SECONDS = 30
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # nothing but loopback
]
VIEWER = """<!doctype html><meta charset="utf-8"><script src="/ui.js"></script><body>
<replay-web-page source="/made.wacz" url="{url}" embed="replayonly" replaybase="/replay/"></replay-web-page>"""
LISTED = """async () => {
  const known = await (await fetch("/replay/w/api/coll-index")).json();
  const opened = await (await fetch("/replay/w/api/c/" + known.colls[0].id + "?all=1")).json();
  return [known.colls[0].title, ...opened.pages.map(page => page.url)];
}"""


@pytest.fixture(scope="module")
def replaywebpage() -> Path:
    """Return the folder of the unpacked npm package."""
    folder = os.environ.get("PROVENANCE_REPLAYWEBPAGE")
    if not folder:
        pytest.skip("PROVENANCE_REPLAYWEBPAGE is not set: it names the unpacked npm package, see .ci/run")
    return Path(folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: see .ci/run")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: see .ci/run")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            yield started
        finally:
            started.close()


def _files(made: Made, replaywebpage: Path, url: str) -> dict[str, bytes]:
    code = (replaywebpage / "ui.js").read_bytes()
    return {
        "/view.html": VIEWER.format(url=html.escape(url)).encode(),
        "/ui.js": code,
        # what the service worker serves itself, for a browser that asks before the worker is in charge
        "/replay/": (replaywebpage / "index.html").read_bytes(),
        "/replay/ui.js": code,
        "/replay/sw.js": (replaywebpage / "sw.js").read_bytes(),
        "/made.wacz": made.path.read_bytes(),
    }


def _shown(
    browser: Browser, made: Made, replaywebpage: Path, url: str, passage: str
) -> tuple[str, list[str]]:
    """Open an address of the package; return the text that its frame shows, and what the viewer lists: title and pages.

    The text is returned as soon as the passage is in it, or else what was there when the time was up.
    """
    text, listed = "", [""]
    with served(_files(made, replaywebpage, url)) as address:
        for _ in range(TRIES):
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{address}/view.html")
            text = _text_of(page, url, passage)
            if text:
                listed = page.frames[1].evaluate(LISTED)
            context.close()
            if passage in text:
                break
    return text, listed


def _text_of(page: Page, url: str, passage: str) -> str:
    from playwright.sync_api import Error

    text, end = "", time.monotonic() + TRY_SECONDS
    while passage not in text and time.monotonic() < end:
        page.wait_for_timeout(200)
        try:
            texts = [frame.inner_text("body") for frame in page.frames if frame.url.endswith(f"mp_/{url}")]
        except Error:  # the frame went on to another document while we looked
            continue
        text = texts[0] if texts else text
    return text


def test_the_text_of_each_document_is_shown(made: Made, browser: Browser, replaywebpage: Path) -> None:
    """Opened by its address, each document shows a passage of its text; the viewer gives our title and lists our pages."""
    for original in made.originals:
        text, (title, *pages) = _shown(browser, made, replaywebpage, original.url, original.passage)

        assert original.passage in text
        assert sorted(known.url for known in made.originals) == sorted(pages)
        assert json.loads(made.member("datapackage.json"))["title"] == title


def test_what_is_not_in_the_package_is_not_shown(
    samples: Made, browser: Browser, replaywebpage: Path
) -> None:
    """An address that was never captured shows that it is not in the archive, and no passage of a document."""
    text, _ = _shown(
        browser, samples, replaywebpage, "https://elsewhere.example/", "not found in this archive"
    )

    assert "not found in this archive" in text
    assert [] == [original.url for original in samples.originals if original.passage in text]


VERIFIED = """async () => {
  for (const {name} of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    const opened = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
    if (!opened.objectStoreNames.contains("verification")) continue;
    const asked = opened.transaction("verification").objectStore("verification").getAll();
    const rows = await new Promise(done => { asked.onsuccess = () => done(asked.result); });
    if (rows.length) return Object.fromEntries(rows.map(row => [row.id, [row.expected, row.matched]]));
  }
  return {};
}"""


def _signed_copy(samples: Made, folder: Path) -> Made:
    """Return the samples, signed with a fresh key that goes without a certificate."""
    import attrs

    from provenance.cli import main

    key, path = folder / "key.pem", folder / "signed.wacz"
    listed = Path(__file__).parents[2] / "seeds" / "samples.toml"
    assert main(["key", "new", str(key), "--json"]) == 0
    assert main(["build", str(listed), "-o", str(path), "--sign", str(key), "--json", "--quiet"]) == 0
    return attrs.evolve(samples, path=path)


def test_a_signature_is_shown(samples: Made, browser: Browser, replaywebpage: Path, tmp_path: Path) -> None:
    """The viewer verifies our signature by the key in it, and has the key, the date and the software to show."""
    made = _signed_copy(samples, tmp_path)
    signed = json.loads(made.member("datapackage-digest.json"))["signedData"]
    original, rows = made.originals[0], {}
    with served(_files(made, replaywebpage, original.url)) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/view.html")
        assert original.passage in _text_of(page, original.url, original.passage)
        rows = page.frames[1].evaluate(VERIFIED)
        context.close()

    assert [True, True] == rows["signature"]
    assert {signed["publicKey"], signed["created"], signed["software"], signed["hash"]} == {
        rows[name][0] for name in ("publicKey", "created", "software", "datapackageHash")
    }
