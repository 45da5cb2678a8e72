"""A package as one self-contained page: no script, nothing loaded from anywhere, every value escaped."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from archive.findings import CODES, Code, Finding, Registry, Report, Status
from provenance.collection import checklist
from provenance.model.article import Article
from provenance.model.dates import Date
from provenance.model.trace import Relation
from provenance.reports import phrases, present, visible
from provenance.reports.present import DocumentBlock
from provenance.reports.unproven import not_proven
from provenance.reports.view import PAGE_LIMITS, DocumentView, PackageView, PageLimits, Spot

__all__ = ["PAGE_LIMITS", "DocumentView", "PackageView", "PageLimits", "Spot", "render_page"]

CONTENT_SECURITY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page asks of the browser: load nothing, run nothing, send nothing."""

_SIGNS = {"sound": "✓", "undecided": "?", "unsound": "✕", "unreadable": "—"}


@attrs.frozen
class Summary:
    """The counts at the head of the page."""

    articles: int
    outlets: int
    tweets: int
    quotations: int
    period: tuple[str, ...]
    undated: int
    standings: Counter[str]
    own: int
    """How many quotations were found nowhere but in their own article."""


def render_page(view: PackageView, *, limits: PageLimits = PAGE_LIMITS, codes: Registry = CODES) -> str:
    """Return the page of a package. The same view gives the same page: no clock, no chance.

    Cost is linear in the package's text, quotations and findings. `limits` says how much is shown; what is
    left out is said on the page. `codes` explains the findings.
    """
    blocks = present.documents(view, limits)
    template = _environment().get_template("page.html.j2")
    return template.render(
        view=view,
        blocks=blocks,
        summary=_summary(view, blocks),
        limits=limits,
        findings=_by_weight(view.report),
        explained=_explained(view, codes),
        reasons=phrases.reasons(view.report, codes),
        sign=_SIGNS[view.report.verdict.value],
        check_lines=tuple(_check_lines(view)),
        unproven=not_proven(view.report),
        collected=checklist(view.report.facts),
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the environment of the templates: all is escaped, and hidden characters are made visible."""
    environment = Environment(
        loader=PackageLoader("provenance.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    style = resources.files("provenance.reports").joinpath("templates/style.css").read_text(encoding="utf-8")
    environment.globals.update(
        words=phrases,
        style=Markup(style),  # noqa: S704 (our own file)
        security=CONTENT_SECURITY,
        severities=present.SEVERITIES,
    )
    environment.filters.update(
        clip=visible.clip,
        link=visible.web_link,
        line=visible.one_line,
        stretch=visible.stretch,
        number=visible.thousands,
        text=_text,
        as_date=lambda value: isinstance(value, Date),
    )
    return environment


def _finalize(value: Any) -> Any:
    """Make hidden characters visible in every string that a template writes, before it is escaped."""
    return visible.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _text(characters: str) -> Markup:
    """Return words for the text column: line ends survive the parser, hidden characters are named."""

    def named(character: str) -> str:
        return f'<span class="hidden" title="hidden character">{visible.name_of(character)}</span>'

    line = characters.rstrip("\r\n")
    ends = characters[len(line) :].replace(
        "\r", "&#13;"
    )  # a parser would drop a carriage return as it stands
    shown = visible.HIDDEN.sub(lambda found: named(found[0]), str(escape(line)).replace("\r", "&#13;"))
    return Markup(f'{shown}<span class="ends">{ends}</span>' if ends else shown)  # noqa: S704 (escaped above)


def _summary(view: PackageView, blocks: tuple[DocumentBlock, ...]) -> Summary:
    articles = [article for document in view.documents for article in document.articles]
    dates = sorted((a.published for a in articles if a.published), key=_moment)
    ends = (dates[0], dates[-1]) if dates else ()
    standings = present.standings_of(blocks)
    return Summary(
        articles=len(articles),
        outlets=len({_outlet(article) for article in articles} - {""}),
        tweets=sum(len(article.tweets) for article in articles),
        quotations=sum(standings.values()) - standings["nobody"],
        period=tuple(
            dict.fromkeys(
                phrases.date_words(attrs.evolve(d, hour=None, minute=None, second=None, offset=None))
                for d in ends
            )
        ),
        undated=len(articles) - len(dates),
        standings=standings,
        own=sum(trace.relation is Relation.SELF for trace in view.traces.values()),
    )


def _moment(date: Date) -> tuple[int, ...]:
    """Return what dates are put in order by; an unknown part comes first."""
    return tuple(part or 0 for part in (date.year, date.month, date.day, date.hour, date.minute, date.second))


def _outlet(article: Article) -> str:
    """Return what tells an article's outlet from others: its registry id, domain or printed name."""
    outlet = article.outlet
    return (outlet.id or outlet.domain or outlet.name) if outlet else ""


def _by_weight(report: Report) -> tuple[Finding, ...]:
    """Return the findings with the gravest first, in the order found otherwise."""
    order = list(Status)
    return tuple(sorted(report.findings, key=lambda finding: order.index(finding.status)))


def _explained(view: PackageView, codes: Registry) -> dict[str, Code]:
    """Return the codes of all findings on the page that are explained, by name."""
    found = {f.code for f in view.report.findings}
    for document in view.documents:
        found.update(f.code for f in document.findings)
        found.update(f.code for article in document.articles for f in article.findings)
    return {name: codes[name] for name in sorted(found) if name in codes}


def _check_lines(view: PackageView) -> Iterator[str]:
    """Yield the commands with which anybody can check the package without this program."""
    name = shlex.quote("./" + view.package if view.package.startswith("-") else view.package)
    yield f"unzip {name} -d package"
    yield "cd package"
    label, _, value = (view.manifest_digest or "").partition(":")
    if label == "sha256" and value:
        yield f"echo {shlex.quote(value + '  datapackage.json')} | sha256sum --check"
    else:
        yield "sha256sum datapackage.json"
    listed = """jq -r '.resources[] | (.hash | ltrimstr("sha256:")) + "  " + .path' datapackage.json"""
    yield f"{listed} | sha256sum --check"
