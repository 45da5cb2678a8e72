"""The story of a verification.

1. Open what is given: a package, a WARC or an ARC, anybody's. What cannot be opened at all is `unreadable`. A corpus
   is checked for being what was indexed, and that is all.
2. Let the archive storey check it: container, fixity, index, package, signatures.
3. Compare records that were copied from elsewhere with the digests they came with.
4. Read every document again from its bytes, and compare text and articles with the records beside it.
5. Compare the page list and the table of articles with what was read.
6. Trace every quotation again, and compare with what the package says.
7. Say what was required and is not there.

The verdict is computed from what was found and from what was covered (archive.findings.Report), nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import attrs

import archive
import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.checks import Policy, check_all
from archive.digest import digest, read_label, spell
from archive.errors import Error, InputError, Location, Unreadable, UsageError
from archive.findings import Count, Covered, Fact, Finding, Report, found
from archive.limits import DEFAULT, Limits
from archive.remote import is_address
from archive.wacz.reader import Package
from provenance import collection, records
from provenance.corpus.body import ARTICLES, TRACES, Body, Held, article_lines
from provenance.corpus.reading import ORIGINAL_BLOCK_DIGEST, block_digest, reading_of
from provenance.derived import Derived, compare_records, place_of
from provenance.inputs import is_corpus
from provenance.progress import SILENT, Reporter
from provenance.tables import compare_pages, compare_table, compare_traces

if TYPE_CHECKING:
    from archive.signing.bitcoin import Headers
    from archive.signing.trust import Trust

REQUIREMENTS = {"signature": "signatures", "timestamp": "timestamps"}
"""What `require` may name, and the aspect of coverage that shows it."""
Outcome = Finding | Covered | Fact


def verify(
    source: str | BinaryIO,
    *,
    require: Iterable[str] = (),
    signer: str | Iterable[str] = (),
    trust: Trust | str | Path | None = None,
    timestamps: int | None = None,
    bitcoin_headers: Headers | None = None,
    offline: bool = False,
    reporter: Reporter = SILENT,
    limits: Limits = DEFAULT,
    jobs: int = 1,
) -> Report:
    """Verify one package, WARC or ARC. What is wrong with it is in the report; only misuse raises (UsageError).

    `signer` names who must have signed it, by host or by the fingerprint of a key; `trust` is whom to believe, or the
    trust file that says so, and may name signers too (archive.signing.trust). A signer who is named is required.
    `timestamps` is how many authorities must vouch for the time; that requires timestamps. `bitcoin_headers` are headers
    of blocks by height (`headers_from`). `offline` refuses what lies on a server: nothing else here needs the network.
    `jobs` processes inflate and hash what is large and was given by its path; the report is the same with one.
    """
    trust = trusted(trust, signer)
    require = required(require, trust, timestamps)
    path = source if isinstance(source, str) else "-"
    if offline and is_address(path):
        message = "the package lies on a server, and the network is to be left alone"
        raise UsageError(message, Location(path), hint="fetch it first, and give the file")
    aspects = frozenset(REQUIREMENTS[name] for name in require)
    policy = policy_of(require, trust, timestamps, bitcoin_headers, limits=limits, offline=offline)
    try:
        if is_corpus(Path(path)):
            return _verify_corpus(path, aspects).also(missing(Report(path), require))
        with archive.open(source, name=path, limits=limits, jobs=jobs) as package:  # 1
            report = Report.of(
                path,
                _outcomes(package, policy, reporter),
                required=aspects,
            )
        return report.also(missing(report, require))  # 7
    except InputError as error:
        return Report(path, stopped_by=error.within(package=path))
    except OSError as error:
        return Report(
            path, stopped_by=Unreadable(f"cannot be read: {error.strerror or error}", Location(path))
        )


def _verify_corpus(path: str, required: frozenset[str]) -> Report:
    """Check an index of sources: it is derived, and holds nothing that could vouch for it from outside."""
    from provenance.corpus.fixity import check_corpus  # numpy: for corpora alone

    return Report.of(path, check_corpus(Path(path)), required=required)


def trusted(trust: Trust | str | Path | None, signer: str | Iterable[str] = ()) -> Trust | None:
    """Return whom to believe: a trust or what a trust file says, and the signers that are named; None: just the public."""
    named = [signer] if isinstance(signer, str) else list(signer)
    if trust is None and not named:
        return None
    from archive.signing.trust import load_trust, public_trust

    if isinstance(trust, str | Path):
        trust = load_trust(trust)
    return (trust or public_trust()).naming(named)


def required(require: Iterable[str], trust: Trust | None, timestamps: int | None) -> tuple[str, ...]:
    """Return what must be there: what is asked for, and what naming signers and authorities implies. Raises UsageError."""
    signers = trust is not None and bool(trust.signers)
    implied = (("signature", signers), ("timestamp", timestamps is not None))
    names = tuple(dict.fromkeys((*require, *(name for name, so in implied if so))))
    unknown = sorted(set(names) - set(REQUIREMENTS))
    if unknown:
        raise UsageError(f"cannot require {unknown[0]!r}; only {', '.join(sorted(REQUIREMENTS))}")
    return names


def policy_of(
    require: Sequence[str],
    trust: Trust | None,
    timestamps: int | None,
    headers: Headers | None,
    *,
    limits: Limits = DEFAULT,
    offline: bool = True,
) -> Policy:
    """Return what the checks of the archive storey demand where this is required."""
    wanted = (timestamps or (trust.timestamps if trust else 1)) if "timestamp" in require else 0
    return Policy(limits, trust=trust, offline=offline, timestamps=wanted, blocks=headers or {})


def headers_from(path: str | Path) -> Headers:
    """Return the headers of Bitcoin blocks in a file (archive.signing.bitcoin). Raises UsageError."""
    from archive.signing.bitcoin import MOST_BYTES, read_headers

    where = Location(str(path))
    try:
        with Path(path).open("rb") as file:
            return read_headers(file.read(MOST_BYTES + 1).decode("ascii"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where) from error
    except ValueError as error:  # UnicodeDecodeError is one
        raise UsageError(f"the headers cannot be read: {error}", where) from error


def _outcomes(package: Package, policy: Policy, reporter: Reporter) -> Iterator[Outcome]:
    limits = policy.limits
    reporter.stage("checking the archive")
    yield from check_all(package, policy)  # 2
    yield from _original_digests(package, limits)  # 3
    yield from _collection(package)
    if not package.ours and not _holds_derived(package):
        return
    reporter.stage("reading again")
    body = Body()
    yield from _read_again(package, limits, body, reporter)  # 4
    yield from compare_pages(package, body)  # 5
    yield from compare_table(package, ARTICLES, list(article_lines(body)))  # 5
    reporter.stage("tracing again")
    yield from compare_traces(package, body)  # 6


def _collection(package: Package) -> Iterator[Outcome]:
    """Yield what is stated of the collection, and what its records show of how they were collected."""
    surveys = [package.survey(name, canonical=package.ours) for name in package.warc_names]
    yield Fact("collected", collection.facts_of(placed for survey in surveys for placed in survey.placed))
    hashed = [each.count for survey in surveys for each in survey.covered if each.aspect == "records"]
    yield Fact("hashed", [sum(count.checked for count in hashed), sum(count.present for count in hashed)])
    if collection.MEMBER not in package.entries or not package.entries[collection.MEMBER].readable:
        return
    try:
        statements = collection.statements_in(package.read_member(collection.MEMBER))
    except (Error, ValueError) as error:
        where = Location(member=collection.MEMBER)
        yield found(
            "collection.broken", f"what is stated of the collection cannot be read: {error}", where=where
        )
        return
    yield Fact("collection", [attrs.asdict(statement) for statement in statements])


def _original_digests(package: Package, limits: Limits) -> Iterator[Finding]:
    """Compare copied records with the digests they came with: copying must not make a damaged record look sound."""
    for name in package.warc_names:
        for placed in package.survey(name, canonical=package.ours).placed:
            label = read_label(placed.header.get(ORIGINAL_BLOCK_DIGEST) or "")
            if label is None or not label.known or label.value is None:
                continue
            actual = block_digest(package, placed, label.algorithm, limits)
            if actual is not None and label.value != actual:
                yield found(
                    "record.original-digest-differs",
                    "the bytes are not those that the record's maker gave a digest of",
                    where=attrs.evolve(place_of(placed), field=ORIGINAL_BLOCK_DIGEST),
                    expected=placed.header.get(ORIGINAL_BLOCK_DIGEST),
                    actual=spell(label.algorithm, actual),
                )


def _holds_derived(package: Package) -> bool:
    """Say whether texts, articles or tables of ours lie in an archive: then they are checked, whoever packed them."""
    if ARTICLES in package.entries or TRACES in package.entries:
        return True
    return any(
        records.is_derived(placed.header)
        for name in package.warc_names
        for placed in package.survey(name).placed
    )


def missing(report: Report, require: Iterable[str]) -> Iterator[Finding]:
    """Yield what is required (see `REQUIREMENTS`) and is not there."""
    for name in require:
        if not report.coverage.get(REQUIREMENTS[name], Count()).present:
            yield found(
                "verify.requirement-missing", f"a {name} is required, and there is none", expected=name
            )


def _read_again(package: Package, limits: Limits, body: Body, reporter: Reporter) -> Iterator[Outcome]:
    """Read each document again, put it into `body`, and yield where the records beside it say something else."""
    placed = [
        placed
        for name in package.warc_names
        for placed in package.survey(name, canonical=package.ours).placed
    ]
    derived = Derived.of(placed)
    for source in placed:
        read = reading_of(package, source, limits)
        if read is not None and read.document is not None:
            yield from compare_records(source, read.document, digest(read.given.data), derived)
            walls = (finding for finding in read.document.findings if finding.code == "page.wall")
            yield from (attrs.evolve(finding, where=place_of(source)) for finding in walls)
            held = Held(
                source.target_uri or "",
                source.record_id,
                read.document,
                records.page_of(source, read.document),
            )
            body.add(held)
        reporter.advance(1, source.target_uri)
    yield from derived.orphans()
