"""Plain words for the terminal: an article, a trace, a verification, a build; coloured by who asks."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator

from archive.findings import CODES, Finding, Registry, Report, Status
from provenance.collection import checklist
from provenance.model.article import Article
from provenance.model.evidence import Field
from provenance.model.quotation import Quotation
from provenance.model.trace import Alteration, Passage, Trace, Verdict
from provenance.model.tweet import TweetReference
from provenance.reports import phrases
from provenance.reports.unproven import not_proven
from provenance.reports.visible import clip, one_line, thousands

Painter = Callable[[str, str], str]
"""Takes words and a style (a verdict, status or severity, `strong`, `soft`), returns the words painted."""

WIDTH = 92
_VALUE_CHARACTERS = 600
_FINDINGS_OF_A_KIND = 5


def plain(words: str, style: str) -> str:  # noqa: ARG001 (a painter that does not paint)
    """Return the words as they are."""
    return words


def article_words(article: Article, *, paint: Painter = plain, width: int = WIDTH) -> str:
    """Return what an article says of itself: its fields with their support, its tweets, its quotations."""
    headline = article.headline
    head = paint(one_line(headline), "strong") if headline else paint("(no headline stated)", "soft")
    return _joined(
        [
            head,
            *_field_lines(article, paint, width),
            *_tweet_lines(article, paint, width),
            *_quotation_lines(article, paint, width),
            *_finding_lines(article.findings, CODES, paint, width),
        ]
    )


def trace_words(trace: Trace, *, paint: Painter = plain, width: int = WIDTH) -> str:
    """Return the outcome for one quotation: the verdict and why, the words, the passage, what was changed."""
    glyph, severity, _ = phrases.SEVERITY[trace.verdict.severity]
    words, meaning = phrases.VERDICTS[trace.verdict]
    lines = [f"{paint(f'{glyph} {words}', trace.verdict.severity.value)} ({severity}, {trace.verdict.value})"]
    lines += _wrapped(f"“{trace.query.exact}”", width, "  ")
    if trace.query.quotation:
        lines += _wrapped(_said_by(trace.query.quotation), width, "  ")
    lines += _wrapped(f"{meaning} {phrases.sentence(trace.reason)}", width, "  ")
    lines += [line for change in trace.alterations for line in _wrapped(_changed(change), width, "    ")]
    if trace.passage:
        lines += _passage_lines(trace.passage, trace, width)
    elif trace.verdict in {Verdict.UNTRACED_IN, Verdict.UNTRACED_OUT}:
        lines += _wrapped(f"missing: {trace.missing or 'any text that holds these words'}", width, "  ")
    lines += _chain_lines(trace, width)
    for candidate in trace.candidates:
        lines += _wrapped("could be meant:", width, "  ") + _passage_lines(candidate, None, width)
    return _joined(lines)


def _chain_lines(trace: Trace, width: int) -> Iterator[str]:
    """Yield the way of the words: each place with its date, copies counted, then who was first, and what is missing."""
    if len(trace.chain) > 1:
        for link in trace.chain:
            source = link.passage.source
            told = [source.published or "undated", source.outlet or source.id]
            told += [f"via {link.via}"] if link.via else []
            told += [phrases.plural(len(link.copies), "copy", "copies")] if link.copies else []
            yield from _wrapped(", ".join(told), width, "  from  ", " " * 8)
    if trace.first and len(trace.chain) > 1:
        source = trace.first.passage.source
        yield from _wrapped(f"first at hand: {source.outlet or source.id}, {source.published}", width, "  ")
    if trace.passage and trace.missing:
        yield from _wrapped(f"missing on the way: {trace.missing}", width, "  ")
    if trace.circular:
        yield from _wrapped(
            f"cited in a circle: {' → '.join((*trace.circular, trace.circular[0]))}", width, "  "
        )


def report_words(
    report: Report, *, paint: Painter = plain, width: int = WIDTH, codes: Registry = CODES
) -> str:
    """Return a verification: verdict, why, coverage, findings by kind, and what is not proven."""
    verdict = report.verdict
    lines = [f"{paint(verdict.value, verdict.value)}  {one_line(report.package)}"]
    lines += _wrapped(phrases.soundness(report), width, "  ")
    lines += [
        line for reason in phrases.reasons(report, codes) for line in _wrapped(reason, width, "  - ", "    ")
    ]
    lines += ["", *_coverage_lines(report)] if report.coverage else []
    lines += _finding_lines(report.findings, codes, paint, width)
    lines += _checklist_lines(report, width)
    lines += ["", "not proven"]
    lines += [line for told in not_proven(report) for line in _wrapped(told, width, "  - ", "    ")]
    return _joined(lines)


def finding_words(finding: Finding, *, width: int = WIDTH) -> str:
    """Return one finding about an input: its status and code, what was found, and where."""
    glyph, _ = phrases.STATUSES[finding.status]
    place = str(finding.where)
    words = f"{glyph} {finding.code}: {finding.message}" + (f" ({place})" if place else "")
    return "\n".join(_wrapped(words, width, "", "  "))


def build_words(
    package: str,
    *,
    manifest_digest: str,
    records: int,
    articles: int,
    quotations: int,
    tweets: int,
    size_bytes: int,
    paint: Painter = plain,
) -> str:
    """Return what was built."""
    counts = (
        (articles, "article"),
        (quotations, "quotation"),
        (tweets, "tweet reference"),
        (records, "record"),
    )
    return _joined(
        [
            f"{paint('built', 'strong')}  {one_line(package)}, {phrases.size_words(size_bytes)}",
            "  " + ", ".join(phrases.plural(number, one) for number, one in counts),
            f"  manifest {one_line(manifest_digest)}",
        ]
    ).rstrip("\n")


def _field_lines(article: Article, paint: Painter, width: int) -> Iterator[str]:
    """Yield a line a field: its name, value, tier and kinds of source; then everything against it."""
    silent = []
    for name, field in article.fields:
        label = f"  {phrases.field_words(name).split(' (')[0].split(' that ')[0]:<14}"
        if field.value is None and not field.conflicts:
            silent.append(phrases.field_words(name))
            continue
        value = "(no value)" if field.value is None else phrases.value_words(field.value)
        yield from _wrapped(
            f"{clip(value, _VALUE_CHARACTERS)}  {_support(field)}", width, label, " " * len(label)
        )
        for against in field.conflicts:
            told = (
                f"against it: {phrases.value_words(against.value)} ({against.layer.value}: “{against.raw}”)"
            )
            yield from (paint(line, "warned") for line in _wrapped(told, width, " " * len(label)))
    if silent:
        yield from (
            paint(line, "soft") for line in _wrapped(", ".join(silent), width, "  not stated    ", " " * 16)
        )


def _support(field: Field[object]) -> str:
    layers = ", ".join(dict.fromkeys(evidence.layer.value for evidence in field.evidence))
    return f"[{field.tier.value if field.tier else '–'}{': ' + layers if layers else ''}]"


def _tweet_lines(article: Article, paint: Painter, width: int) -> Iterator[str]:
    if article.tweets:
        yield from ("", paint(f"  {phrases.plural(len(article.tweets), 'tweet reference')}", "strong"))
    for number, tweet in enumerate(article.tweets, 1):
        yield from _wrapped(_tweet_head(tweet), width, f"  {number:>4}  ", " " * 8)
        if tweet.text:
            yield from _wrapped(f"“{tweet.text}”", width, " " * 8)


def _tweet_head(tweet: TweetReference) -> str:
    parts = [
        phrases.TWEET_KINDS[tweet.kind],
        f"id {tweet.id}" if tweet.id else "no id",
        f"@{tweet.handle}" if tweet.handle else tweet.author or "",
        f"posted {tweet.posted_at}" if tweet.posted_at else "",
        f"dated {phrases.date_words(tweet.printed_date)}" if tweet.printed_date else "",
        f"by {', '.join(tweet.rules)}" if tweet.rules else "",
    ]
    return ", ".join(part for part in parts if part)


def _quotation_lines(article: Article, paint: Painter, width: int) -> Iterator[str]:
    if article.quotations:
        yield from ("", paint(f"  {phrases.plural(len(article.quotations), 'quotation')}", "strong"))
    for number, quotation in enumerate(article.quotations, 1):
        yield from _wrapped(f"“{quotation.exact}”", width, f"  {number:>4}  ", " " * 8)
        yield from (paint(line, "soft") for line in _wrapped(_said_by(quotation), width, " " * 8))


def _said_by(quotation: Quotation) -> str:
    speaker = phrases.speaker_words(quotation.speaker)
    if quotation.speaker is None and quotation.unattributed:
        speaker = phrases.UNATTRIBUTED.get(quotation.unattributed, speaker)
    words = [phrases.QUOTATION_KINDS[quotation.kind], speaker]
    words += [phrases.STOOD[note] for note in quotation.notes if note in phrases.STOOD]
    words += [f"via {quotation.via}"] if quotation.via else []
    words += [f"cited from {quotation.cited}"] if quotation.cited else []
    return ", ".join(words)


def _changed(change: Alteration) -> str:
    sides = (
        f"the source has “{change.original}”" if change.original else "",
        f"here stands “{change.quoted}”" if change.quoted else "",
    )
    return f"{phrases.ALTERATIONS[change.kind]}: {', '.join(side for side in sides if side)}"


def _passage_lines(passage: Passage, trace: Trace | None, width: int) -> list[str]:
    """Return the passage, where it stands, and how it stands to the quotation."""
    source = passage.source
    told = [
        source.outlet or source.input,
        source.published or "",
        source.original_url or "",
        f"characters {passage.start}–{passage.end}",
        phrases.RELATIONS[trace.relation] if trace and trace.relation else "",
        phrases.SPEAKER_AGREEMENT.get(trace.speaker_status, "") if trace else "",
    ]
    where = _wrapped(", ".join(part for part in told if part), width, "  in    ", " " * 8)
    return where + _wrapped(f"“{passage.exact}”", width, " " * 8)


def _coverage_lines(report: Report) -> Iterator[str]:
    """Yield a line an aspect, its numbers right-aligned."""
    rows = [
        (phrases.ASPECT_WORDS.get(aspect, (aspect, aspect))[1], thousands(c.checked), thousands(c.present))
        for aspect, c in report.coverage.items()
    ]
    name, checked, present = (max((len(row[i]) for row in rows), default=0) for i in range(3))
    for row, count in zip(rows, report.coverage.values(), strict=True):
        verdict = "none present" if not count.present else "all checked" if count.whole else "NOT ALL CHECKED"
        yield f"  {row[0]:<{name}}  {row[1]:>{checked}} of {row[2]:>{present}}  {verdict}"


def _checklist_lines(report: Report, width: int) -> Iterator[str]:
    """Yield what is known of how the package was collected, a line a question of the Berkeley Protocol."""
    rows = checklist(report.facts)
    if rows:
        yield from ("", "collected (the questions of the Berkeley Protocol)")
    for row in rows:
        yield from _wrapped(row.says, width, f"  {row.field:<12}{row.status:<10}", " " * 24)


def _finding_lines(findings: Iterable[Finding], codes: Registry, paint: Painter, width: int) -> Iterator[str]:
    """Yield the findings by kind, the gravest first; of many of a kind the first few, and how many more."""
    kinds: dict[tuple[Status, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.status, finding.code), []).append(finding)
    order = list(Status)
    for (status, code), alike in sorted(kinds.items(), key=lambda kind: order.index(kind[0][0])):
        glyph, told = phrases.STATUSES[status]
        times = f" ({thousands(len(alike))} times)" if len(alike) > 1 else ""
        yield from ("", f"{paint(f'{glyph} {told}', status.value)}  {one_line(code)}{times}")
        yield from _wrapped(phrases.title_of(code, codes), width, "  ") if code in codes else ()
        for finding in alike[:_FINDINGS_OF_A_KIND]:
            yield from _one_finding(finding, width)
        if more := len(alike) - _FINDINGS_OF_A_KIND:
            yield from (f"  - and {thousands(more)} more",) if more > 0 else ()
        yield from _wrapped(f"what to do: {codes[code].remedy}", width, "  ") if code in codes else ()


def _one_finding(finding: Finding, width: int) -> Iterator[str]:
    yield from _wrapped(finding.message, width, "  - ", "    ")
    for label, value in (
        ("at", str(finding.where)),
        ("expected", finding.expected),
        ("found", finding.actual),
        ("known of", _cause(finding)),
    ):
        if value not in (None, ""):
            yield from _wrapped(str(value), width, f"    {label:<9}", " " * 13)


def _cause(finding: Finding) -> str | None:
    """Return what is known of the writer that makes this mistake, and what it means for the bytes."""
    if finding.cause is None:
        return None
    bytes_are = (
        "the bytes are plausible" if finding.cause.plausible else "the bytes are in doubt all the same"
    )
    return f"{finding.cause.writer}: {finding.cause.says}; {bytes_are}"


def _wrapped(text: str, width: int, first: str, rest: str | None = None) -> list[str]:
    """Return the text on lines of at most `width`, hidden characters named, long words left whole."""
    indent = first if rest is None and not first.strip() else rest if rest is not None else " " * len(first)
    shown = one_line(clip(text, 4 * _VALUE_CHARACTERS))
    lines = textwrap.wrap(
        shown,
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
