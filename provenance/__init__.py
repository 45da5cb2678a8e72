"""Who published this, when, at what address; is it quoted rightly; is the archived copy untouched?

Five doors: `read` an article, `open` a body of sources, `trace` quotations, `build` a package, `verify` one.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from provenance import version

if TYPE_CHECKING:
    from archive.findings import Report
    from archive.signing.trust import Trust
    from provenance.builder import Builder
    from provenance.corpus.body import Body
    from provenance.model.article import Article
    from provenance.model.trace import Trace
    from provenance.progress import Reporter

__version__ = version.VERSION
__all__ = ["__version__", "build", "open", "read", "trace", "verify"]


def read(
    source: str | Path | bytes | BinaryIO,
    *,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    accept_weak: bool = False,
) -> tuple[Article, ...]:
    """Return the articles of one text or page: a path, bytes, or an open binary file.

    `url` says what address it was captured from. With `accept_weak`, a page that states no date is given the best
    guess, at tier E or F. A document may hold several articles, or none. Raises
    `archive.errors.Error` where it cannot be read at all.
    """
    from provenance.corpus.reading import read_source

    return read_source(
        source, url=url, media_type=media_type, charset=charset, accept_weak=accept_weak
    ).articles


def open(*inputs: str | Path | bytes | BinaryIO) -> Body:  # noqa: A001 (the door's name: provenance.open)
    """Return a body of sources: every article of the inputs.

    A path may be a text, a page, an archive, a folder, a seed list or a corpus (`provenance index`); bytes and open
    binary files are texts or pages. The sources of a corpus are looked in and are not among the articles of the body.
    Raises the first error among the inputs: sources that silently lack a part would make "not found" a lie.
    """
    from provenance.corpus.reading import gather

    return gather(inputs)


def trace(articles: Article | Iterable[Article], *, against: Body | None = None) -> Iterator[Trace]:
    """Trace every quotation of the articles, in the articles themselves and in a body of sources."""
    from provenance.corpus.body import trace_articles
    from provenance.model.article import Article

    return trace_articles((articles,) if isinstance(articles, Article) else articles, against=against)


def build(path: str | Path, **options: Any) -> Builder:
    """Return a package being built, to be used in a `with` block. For the options see `provenance.builder.Builder`."""
    from provenance.builder import Builder

    return Builder(path, **options)


def verify(
    source: str | Path | bytes | BinaryIO,
    *,
    require: str | Iterable[str] = (),
    signer: str | Iterable[str] = (),
    trust: Trust | str | Path | None = None,
    timestamps: int | None = None,
    reporter: Reporter | None = None,
) -> Report:
    """Verify a package, a WARC or an ARC, and return the report. Bad data is a finding, never an exception.

    `require` names what must be there for the verdict to be sound: so far `signature` and `timestamp`. `signer` names
    who must have signed it: a host, or the fingerprint of a key; `trust` is a trust file (docs/format/trust.md);
    `timestamps` is how many authorities must vouch for the time.
    """
    from provenance.progress import SILENT
    from provenance.verifier import verify as verify_package

    if isinstance(source, bytes):
        source = io.BytesIO(source)
    path = str(source) if isinstance(source, str | Path) else source
    return verify_package(
        path,
        require=(require,) if isinstance(require, str) else require,
        signer=signer,
        trust=trust,
        timestamps=timestamps,
        reporter=reporter or SILENT,
    )
