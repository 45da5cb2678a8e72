"""The story of a withholding: a new package without some documents, which still leads to what was signed.

1. Open the package, and see that its records are those that its manifest vouches for, and that nothing in it is broken.
2. Choose the documents, and what goes with them: what was derived from them, the rest of their captures, revisits of them.
3. Read what stays again: tables, traces and page list are made of it alone.
4. State the original: its manifest with signature and time-stamps, a salt for each record that stays, a leaf for each other.
5. Copy what stays as it is stored.
6. Look whether anything in the new package still names what is withheld. Where it does there is none, unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs

import archive
import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.checks import Policy, check_all
from archive.checks.statements import differs
from archive.disk import is_same
from archive.errors import InputError, Location, UsageError
from archive.findings import Finding, Status, found
from archive.jsontext import parse as parse_json
from archive.limits import DEFAULT, Limits
from archive.wacz.belonging import belonging
from archive.wacz.committed import Committed, committed
from archive.wacz.cutting import Cut, Rest, cut
from archive.wacz.datapackage import DIGEST_PATH, PATH, Description
from archive.wacz.package import Package
from archive.wacz.pages import Page
from archive.wacz.tree import SALT_FIELD, Content
from archive.wacz.withheld import KEY, ORIGINAL, ROWS, Row, Statement, Withheld, original_lines, row_lines
from archive.warc.reader import read_at
from archive.warc.record import Placed
from provenance import records
from provenance.choosing import Chosen, Source, choose_all, sources
from provenance.corpus.body import ARTICLES, TRACES, Body, Held, article_lines, trace_lines
from provenance.corpus.reading import reading_of
from provenance.mentions import Mentions
from provenance.progress import SILENT, Reporter

_CHUNK_BYTES = 1 << 18
_HINT = "withhold what names it too, or see with --even-so that it stays named"


@attrs.frozen
class Choice:
    """What is to be withheld, and how. `every` takes all documents that answer to one name; `members` are whole files."""

    wanted: tuple[str, ...]
    reason: str
    every: bool = False
    members: tuple[str, ...] = ()
    even_so: bool = False


@attrs.frozen
class Made:
    """What a withholding made. `findings` say what of the withheld records is still told, or can be guessed."""

    package: Path
    manifest_digest: str
    original_digest: str
    root: str
    size_bytes: int
    kept: int
    withheld: int
    of_records: int
    documents: tuple[str, ...]
    findings: tuple[Finding, ...]
    gone: tuple[Placed, ...]
    """The withheld records, as they were in the package."""


def withhold(
    source: str | Path,
    path: Path,
    choice: Choice,
    *,
    created: str | None = None,
    overwrite: bool = False,
    tell: Callable[[Finding], object] = str,
    reporter: Reporter = SILENT,
    limits: Limits = DEFAULT,
) -> Made:
    """Write a package without the chosen documents.

    Raises UsageError where an article cannot be told, nothing would be left, or something that stays names what is
    withheld and `even_so` was not asked for; InputError where the package is not one of ours, or is not sound.
    """
    if not choice.reason.strip():
        raise UsageError("a reason is needed, and this one is empty")
    if is_same(path, source):
        raise UsageError("the result would replace the package", hint="give it another name with -o")
    with archive.open(source, limits=limits) as package:
        reporter.stage("checking the archive")
        vouched = _vouched(package, limits)  # 1
        _check_later(created, vouched.statement)
        run = _Withholding(package, vouched, choice, limits, tell)  # 2
        reporter.stage("reading what stays")
        rest = run.rest(created, reporter)  # 3, 4
        reporter.stage("copying")
        made = cut(package, path, rest, run.keeps, overwrite=overwrite, look=run.look)  # 5, 6
    return run.summary(path, made)


def _vouched(package: Package, limits: Limits) -> Committed:
    if not package.ours:
        message = "records can be withheld from packages of this software only"
        raise InputError(message, Location(package=package.name))
    vouched = committed(package)
    if reason := differs(vouched.statement, limits):
        raise InputError(reason, Location(package=package.name), "see `provenance verify`")
    for outcome in check_all(package, Policy(limits=limits)):
        if isinstance(outcome, Finding) and outcome.status is Status.FAILED:
            message = f"the package is unsound: {outcome.message}"
            raise InputError(message, outcome.where.within(package=package.name), "see `provenance verify`")
    return vouched


def _check_later(created: str | None, original: Statement) -> None:
    """Refuse a time before that of the original, which would contradict it. Both are written in one form."""
    before = parse_json(original.manifest).value.get("created")
    if created is not None and isinstance(before, str) and created < before:
        message = f"the new package cannot have been made at {created}: the original was made at {before}"
        raise UsageError(message, hint="give a later time with --created-at, or none")


class _Withholding:
    """One withholding: which records go, which stay, and what is said of both."""

    def __init__(
        self,
        package: Package,
        vouched: Committed,
        choice: Choice,
        limits: Limits,
        tell: Callable[[Finding], object],
    ) -> None:
        self._package, self._vouched, self._choice, self._limits = package, vouched, choice, limits
        self._tell = tell
        known = sources(package)
        self._chosen = _chosen(known, choice)
        self._gone = self._going(self._chosen)
        gone = {(vouched.contents[n].member, vouched.contents[n].number) for n in self._gone}
        self._gone_places = gone
        here = {(vouched.placed[n].member, vouched.placed[n].offset_bytes) for n in self._gone}
        self._sources = tuple(
            each for each in known if (each.placed.member, each.placed.offset_bytes) in here
        )
        self._mentions = Mentions((vouched.placed[n] for n in self._gone), self._sources)
        self.findings: list[Finding] = []
        stays = [each for n, each in enumerate(vouched.placed) if n not in self._gone]
        if all(each.type == "warcinfo" for each in stays):
            raise UsageError("nothing would be left of the package")
        self._stays = stays

    def _going(self, chosen: Sequence[Chosen]) -> frozenset[int]:
        places = {(each.member, each.offset_bytes): n for n, each in enumerate(self._vouched.placed)}
        begin = [places[c.source.placed.member, c.source.placed.offset_bytes] for c in chosen]
        return frozenset(belonging(self._vouched.placed, begin))

    def keeps(self, content: Content) -> bool:
        """Say whether a record stays."""
        return (content.member, content.number) not in self._gone_places

    def rest(self, created: str | None, reporter: Reporter) -> Rest:
        """Return what stands beside the records that stay."""
        body, pages = Body(), list[Page]()
        for placed in self._stays:
            read = reading_of(self._package, placed, self._limits)
            if read is not None and read.document is not None:
                page = records.page_of(placed, read.document)
                body.add(Held(placed.target_uri or "", placed.record_id, read.document, page))
                pages += [page] if page is not None else []
                self._mind([read.given.data], _where(placed), "the document says")
            reporter.advance(1, placed.target_uri)
        withheld = self._withheld()
        members = self._members(body, withheld)
        manifest = self._package.datapackage or {}
        description = Description(
            records.SOFTWARE,
            _string(manifest, "title"),
            _string(manifest, "description"),
            created,
            None if self._is_salted() or not pages else pages[0],
        )
        return Rest(description, tuple(pages), members, {KEY: withheld.statement()})

    def _members(self, body: Body, withheld: Withheld) -> dict[str, Iterable[bytes]]:
        """Return the further members: made anew of what stays, or copied."""
        left_out = set(self._choice.members)
        carried = [name for name in self._package.entries if _is_carried(name)]
        if unknown := sorted(left_out - set(carried)):
            raise UsageError(f"there is no further member {unknown[0]!r} to be withheld")
        members: dict[str, Iterable[bytes]] = {
            name: _chunks(self._package, name) for name in carried if name not in left_out
        }
        if body.held:
            members[ARTICLES] = article_lines(body)
        if traces := tuple(body.traces()):
            members[TRACES] = trace_lines(traces)
        return members | {
            ROWS: row_lines(withheld.rows),
            ORIGINAL: original_lines(withheld.original),
        }

    def _withheld(self) -> Withheld:
        """Return what is said of the original, which is that of an earlier withholding where there was one."""
        vouched, earlier = self._vouched, self._vouched.withheld
        rows = list(vouched.rows)
        for number in self._gone:
            index = vouched.indexes[number]
            rows[index] = Row(leaf=vouched.leaves[index])
        reasons = (*(earlier.reasons if earlier else ()), self._choice.reason)
        members = (*(earlier.members if earlier else ()), *sorted(set(self._choice.members)))
        return Withheld(vouched.statement, tuple(rows), reasons, members)

    def look(self, unfinished: Path) -> None:
        """Look through the new package for what names the withheld records. Raises UsageError where something does."""
        original: Statement = self._vouched.statement
        self._mind([original.manifest], Location(member=ORIGINAL, field=PATH), "the original's manifest says")
        with archive.open(unfinished, name=self._package.name, limits=self._limits) as made:
            for name in made.warc_names:
                for placed in made.survey(name, canonical=True).placed:
                    self._mind(_stored(made, placed), _where(placed), "a record that stays says")
            for name in made.entries:
                if name not in made.warc_names and name not in made.index_names and name != ORIGINAL:
                    self._mind(_chunks(made, name), Location(member=name), f"{name!r} says")
        count = len(self.findings)
        if count and not self._choice.even_so:
            message = f"what is withheld is still named in {count} places; nothing was written"
            raise UsageError(message, hint=_HINT)
        if not self._is_salted():
            message = "the package was built without a salt key: whoever guesses a withheld record can test the guess"
            self._say(found("withheld.guessable", message))

    def _mind(self, chunks: Iterable[bytes], where: Location, who: str) -> None:
        if seen := self._mentions.seen(chunks):
            what = ", ".join(sorted(seen))
            message = f"{who} {what} of something that is withheld"
            self._say(found("withheld.mentioned", message, where=where))

    def _say(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)
            self._tell(finding.within(package=self._package.name))

    def _is_salted(self) -> bool:
        return all(each.header.get(SALT_FIELD) for each in self._vouched.placed)

    def summary(self, path: Path, made: Cut) -> Made:
        """Return what was made."""
        from archive.digest import digest

        return Made(
            path,
            made.manifest_digest,
            digest(self._vouched.statement.manifest),
            self._vouched.stated.root,
            made.size_bytes,
            made.records,
            len(self._gone),
            self._vouched.stated.records,
            tuple(each.placed.record_id for each in self._sources),
            tuple(self.findings),
            tuple(self._vouched.placed[number] for number in sorted(self._gone)),
        )


def _chosen(known: Sequence[Source], choice: Choice) -> tuple[Chosen, ...]:
    """Return the documents that are meant; articles of one document go together."""
    from provenance.choosing import choose

    chosen = dict[int, Chosen]()
    for wanted in choice.wanted:
        several = choose_all(known, wanted)
        if len({id(each.source) for each in several}) > 1 and not choice.every:
            choose(known, wanted)  # raises, and lists them
        chosen |= {id(each.source): each for each in several}
    return tuple(chosen.values())


def _is_carried(name: str) -> bool:
    """Say whether a member is copied as it is: neither a record, nor derived, nor about the package itself."""
    if name in (PATH, DIGEST_PATH, ARTICLES, TRACES, ROWS, ORIGINAL):
        return False
    return not name.startswith(("archive/", "indexes/", "pages/"))


def _chunks(package: Package, name: str) -> Iterator[bytes]:
    with package.open_member(name, check=False) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            yield chunk


def _stored(package: Package, placed: Placed) -> Iterator[bytes]:
    """Yield header and block of a record."""
    with package.open_member(placed.member, check=False) as stream:
        record = read_at(stream, placed.offset_bytes, placed.length_bytes, limits=package.limits)
        yield record.header.raw
        yield from record.chunks()


def _where(placed: Placed) -> Location:
    return Location(member=placed.member, record=placed.record_id)


def _string(manifest: object, key: str) -> str | None:
    value = manifest.get(key) if isinstance(manifest, dict) else None
    return value if isinstance(value, str) else None
