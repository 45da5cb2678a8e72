"""A record header in bytes: rendered in a fixed order, parsed leniently with everything odd about it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from archive.limits import Limits
from archive.warc.record import Header

VERSION = "WARC/1.1"
"""What we write."""

KNOWN_VERSIONS = frozenset({"warc/1.0", "warc/1.1"})
"""What the strict reader knows; case does not matter in literals (RFC 2616 §2.1, which ISO 28500 §4 rests on)."""

TOKEN = lazily.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
CONTROL = lazily.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SOUND = lazily.compile(rf"(?:{TOKEN.pattern}+:[^\x00-\x08\x0a-\x1f\x7f]*+\r\n)*+")
"""Field lines about which nothing is odd."""
_TOLD = 10
"""How many odd lines of one header are found one by one: a hostile file could have as many as it has lines."""

_DIGITS = lazily.compile(r"[0-9]{1,18}")
_LINE_END = lazily.compile(rb"\r?\n")


def render(version: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """Return the header lines, without the empty line behind them."""
    lines = [version, *(f"{name}: {value}" for name, value in fields)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def parse(raw: bytes, limits: Limits, where: Location) -> tuple[Header, list[Finding]]:
    """Return the header and everything about its syntax that is not as it should be. Values are not looked into.

    `raw` is the version line and the field lines, each with its line end. Folded lines are unfolded (ISO 28500 §4).
    """
    header = sound(raw, limits)
    return _lenient(raw, limits, where) if header is None else (header, [])


def sound(raw: bytes, limits: Limits) -> Header | None:
    """Parse a header about which nothing is odd, as nearly all are, at little cost; None for any other."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    first, end, rest = text.partition("\r\n")
    if first.lower() not in KNOWN_VERSIONS or not end or not _SOUND.fullmatch(rest):
        return None
    lines = rest.split("\r\n")
    if len(lines) > limits.header_fields:
        return None
    lines.pop()
    parts = [line.partition(":") for line in lines]
    return Header(first, tuple([(name, value.strip(" \t")) for name, _, value in parts]), raw)


def _lenient(raw: bytes, limits: Limits, where: Location) -> tuple[Header, list[Finding]]:
    """Parse any header, finding what is odd about it."""
    first, *lines = _LINE_END.split(raw)
    findings = list(_line_findings(raw, first, where))
    fields: list[tuple[str, str]] = []
    told = 0
    for number, line in enumerate(_unfolded(lines)):
        if number >= limits.header_fields:
            findings.append(_too_many(limits, len(lines), where))
            break
        name, problem = _name(line)
        told += bool(problem)
        if problem and told <= _TOLD:
            findings.append(found("warc.header-line", problem, where=where, actual=_shown(line)))
        if name is not None:
            value = line[len(name) + 1 :].strip(b" \t")
            fields.append((name.decode("ascii"), _decoded(value, name, findings, where)))
    return Header(first.strip(b" \t").decode("ascii", "backslashreplace"), tuple(fields), raw), findings


def content_length(header: Header, where: Location) -> tuple[int | None, Finding | None]:
    """Return the length of the block in bytes, or None with the finding that says why it is not known.

    The value is `[0-9]{1,18}`: `1_0`, `+10` or digits of other scripts are lengths for some programs and none for
    others, which is how a record is smuggled past a reader.
    """
    values = header.all("Content-Length")
    if values and values.count(values[0]) == len(values) and _DIGITS.fullmatch(values[0]):
        return int(values[0]), None
    at = where.within(field="Content-Length")
    if not values:
        return None, found("warc.content-length", "the record has no Content-Length", where=at)
    reason = "is given twice with different values" if len(set(values)) > 1 else "is not a number of bytes"
    return None, found("warc.content-length", f"Content-Length {reason}", where=at, actual=list(values)[:4])


def _line_findings(raw: bytes, first: bytes, where: Location) -> Iterator[Finding]:
    if first.decode("ascii", "replace").lower() not in KNOWN_VERSIONS:
        yield found("warc.version", "the record has no known version", where=where, actual=_shown(first))
    if raw.count(b"\n") != raw.count(b"\r\n"):
        yield found("warc.line-ends", "header lines end in a bare line feed", where=where)


def _unfolded(lines: list[bytes]) -> list[bytes]:
    """Join the lines that begin with white space to the line before them."""
    logical: list[list[bytes]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and logical:
            logical[-1].append(line)
        elif line:
            logical.append([line])
    return [b" ".join(part.strip(b" \t") for part in parts) if parts[1:] else parts[0] for parts in logical]


def _name(line: bytes) -> tuple[bytes | None, str | None]:
    """Return the name of the field in this line (None where it is no field), and what is wrong with the line."""
    name, colon, value = line.partition(b":")
    if not colon:
        return None, "a header line has no colon"
    text = name.decode("ascii", "replace")
    if not TOKEN.fullmatch(text):
        return None, "a header line does not begin with a field name"
    if CONTROL.search(value.decode("latin-1")):
        return name, "a field value has control characters"
    return name, None


def _decoded(value: bytes, name: bytes, findings: list[Finding], where: Location) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        at = where.within(field=name.decode("ascii"))
        findings.append(
            found("warc.header-encoding", "the value is not UTF-8", where=at, actual=_shown(value))
        )
        return value.decode("utf-8", "surrogateescape")


def _too_many(limits: Limits, seen: int, where: Location) -> Finding:
    message = f"more than {limits.header_fields} header fields (limit header_fields)"
    return found("warc.limit-exceeded", message, where=where, expected=limits.header_fields, actual=seen)


def _shown(line: bytes) -> str:
    """Return bytes for a message: printable and short."""
    return line[:80].decode("utf-8", "backslashreplace")
