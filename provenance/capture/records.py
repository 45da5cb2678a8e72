"""An exchange as records: request and response of every hop, bound to each other, as WARC 1.1 asks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from archive.digest import digest
from archive.warc.record import NewRecord
from provenance.capture.exchange import Exchange


def records(exchange: Exchange) -> Iterator[NewRecord]:
    """Yield the response and the request of every exchange, redirects first, in the order in which they happened.

    Both records of a pair carry the same WARC-Date, the moment at which the capture of that address began (§5.4), and
    the request names its response in WARC-Concurrent-To (§5.7). Ids follow from the content, so that the same exchange
    always gives the same records.
    """
    for hop in (*exchange.redirects, exchange):
        yield from _pair(hop)


def _pair(exchange: Exchange) -> Iterator[NewRecord]:
    date = exchange.started_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    address = ("WARC-IP-Address", exchange.ip)
    response_id = _id("response", exchange.url, date, exchange.response)
    cut = (("WARC-Truncated", exchange.truncated),) if exchange.truncated else ()
    yield NewRecord(
        "response",
        date,
        exchange.response,
        target_uri=exchange.url,
        content_type="application/http; msgtype=response",
        record_id=response_id,
        fields=(address, *cut),
    )
    yield NewRecord(
        "request",
        date,
        exchange.request,
        target_uri=exchange.url,
        content_type="application/http; msgtype=request",
        record_id=_id("request", exchange.url, date, exchange.request),
        fields=(address, ("WARC-Concurrent-To", response_id)),
    )


def _id(kind: str, url: str, date: str, block: bytes) -> str:
    name = "\n".join((kind, url, date, digest(block)))
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>"
