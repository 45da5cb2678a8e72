"""A server on 127.0.0.1 for a handful of files that answers requests for byte ranges, as ReplayWeb.page makes them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "wacz": "application/wacz"}


class _Handler(BaseHTTPRequestHandler):
    """Serves `server.files`, a mapping of paths to bytes; a connection is kept for further requests."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send a file, or the part of it that was asked for (RFC 9110 §14); the query of the address is ignored."""
        path = self.path.partition("?")[0]
        files: Mapping[str, bytes] = self.server.files  # type: ignore[attr-defined]
        if path not in files:
            self._send(404, b"", {})
            return
        data, headers = (
            files[path],
            {"Content-Type": _type(path), "Accept-Ranges": "bytes"},
        )
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        if asked is None:
            self._send(200, data, headers)
            return
        first, end = _span(asked[1], asked[2], len(data))
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{len(data)}"
        self._send(206, data[first:end], headers)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _send(self, status: int, data: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


def _type(path: str) -> str:
    return _TYPES["html" if path.endswith("/") else path.rpartition(".")[2]]


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # the last so many bytes, which may be more than there are
        return max(size - int(last), 0), size
    return int(first), min(int(last) + 1 if last else size, size)


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """Serve the files while the block lasts; the value is the address of the root, without a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.files = files  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
