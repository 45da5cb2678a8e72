"""What the checks find: codes `tree.*`, `index.*`, `page.*` and `check.*`, each explained."""

from __future__ import annotations

from archive.checks.proofcodes import PROOFS, WITHHELD
from archive.checks.structurecodes import STRUCTURE
from archive.findings import CODES, Code, Level, Status
from archive.signing import signaturecodes as signaturecodes
from archive.signing import timecodes as timecodes

_CDXJ = "CDXJ 0.1.0"
_WACZ = "WACZ 1.1.1"
_REBUILD = "The records are the truth: derive the index from them anew, and find out why it differed."


def _index(
    name: str, title: str, meaning: str, status: Status = Status.FAILED, clause: str | None = _CDXJ
) -> Code:
    return Code(f"index.{name}", Level.COHERENCE, status, title, meaning, _REBUILD, clause)


INDEX = (
    _index(
        "line-broken",
        "An index line cannot be read",
        "A line is a key, a timestamp and a JSON object with URL, offset, length and file name, each once. This one is"
        " not, so the record it stands for may not be found.",
    ),
    _index(
        "no-record",
        "An index line points at nothing",
        "No record begins where the line says. The record was removed or moved, or the line was made up.",
    ),
    _index(
        "differs",
        "An index line says something else than its record",
        "URL, time, digest, length, status and type stand in the index as well as in the record. Here they differ:"
        " whoever looks the page up is shown something other than what the line promises.",
    ),
    _index(
        "record-missing",
        "A record that the index does not list",
        "The record is in the package but cannot be found through the index: to a reader of the archive it is not"
        " there.",
    ),
    _index(
        "unsorted",
        "The index is not sorted",
        "Programs look lines up by bisection, which needs them in the order of their bytes. Lines out of order are"
        " overlooked, so that a page that is there seems to be missing. Some versions of js-wacz and Scoop are known to"
        " sort otherwise, so of their packages this is a warning.",
    ),
    _index(
        "line-repeated",
        "An index line stands twice",
        "The same line stands in the index a second time. It does no harm to who looks something up, but counts one"
        " capture as two. Other writers are known to do so, so of their packages this is a warning.",
    ),
    _index(
        "damaged",
        "The index cannot be inflated",
        "The compressed index is damaged or cut off. The lines behind the damage cannot be read.",
    ),
    _index(
        "block-differs",
        "The list of blocks does not fit the index",
        "A compressed index comes with a list of where its blocks begin, how long they are, and their digests. The list"
        " and the blocks differ, so that programs read the wrong place or refuse the block.",
        clause=None,
    ),
    _index(
        "blocks-unlisted",
        "A compressed index without a list of blocks",
        "Without its list (the .idx file) a compressed index can only be read from the front; some programs do not read"
        " it at all.",
        Status.WARNED,
        None,
    ),
    _index(
        "digest-not-checked",
        "A digest in the index that cannot be compared",
        "The line gives a digest in an unknown algorithm or spelling. Nothing can be said of whether it is right.",
        Status.NOT_CHECKED,
    ),
)

PAGES = (
    Code(
        "page.broken",
        Level.COHERENCE,
        Status.FAILED,
        "A line of the page list cannot be read",
        "Each line behind the header is a JSON object with url and ts, each key once. This one is not, so a page that"
        " was meant to be listed is lost.",
        "Compare with another copy of the package.",
        f"{_WACZ} §5.2",
    ),
    Code(
        "page.date-broken",
        Level.COHERENCE,
        Status.WARNED,
        "A page without a proper date",
        "The ts of a page is a date and time as in RFC 3339, with a time zone. This one is something else, so programs"
        " may show another date or leave the page out.",
        "Take the date from the record of the page, not from the list.",
        f"{_WACZ} §5.2",
    ),
    Code(
        "page.id-repeated",
        Level.COHERENCE,
        Status.WARNED,
        "Two pages have one id",
        "An id stands for one page of the list. With two, whatever refers to the id can mean either.",
        "Take the page by its address and date, not by its id.",
        f"{_WACZ} §5.2",
    ),
    Code(
        "page.header-missing",
        Level.COHERENCE,
        Status.WARNED,
        "The page list has no header",
        "The first line of a page list says what it is. Without it programs differ on whether they read the list.",
        "Nothing needs to be done to read the package here.",
        f"{_WACZ} §5.2",
    ),
    Code(
        "page.not-indexed",
        Level.COHERENCE,
        Status.FAILED,
        "A page that was not captured",
        "The page list names a page, and the index has no capture of it. The page cannot be opened: it was taken out of"
        " the archive, or was never in it. Other writers also list pages that failed to load, so of their packages this"
        " is a warning.",
        "Do not take the page list for evidence of what was captured.",
        f"{_WACZ} §5.2",
    ),
    Code(
        "page.unlisted",
        Level.COHERENCE,
        Status.FAILED,
        "A page that is captured and not listed",
        "A record says by its WARC-Page-ID that it belongs to a page, and no page list names that page: it was taken out"
        " of the list.",
        "Compare with another copy of the package.",
    ),
    Code(
        "page.main-unlisted",
        Level.COHERENCE,
        Status.WARNED,
        "The main page is not in the page list",
        "The manifest names a page to open first, and the page list does not have it.",
        "Open another page of the list.",
        f"{_WACZ} §5.4",
    ),
)

OTHERS = (
    Code(
        "check.stopped",
        Level.CONTAINER,
        Status.NOT_CHECKED,
        "A check could not be finished",
        "Something in the package could not be read, or was larger than is allowed, and the check ended there. What it"
        " would have found behind that place is not known.",
        "See the message. If the package is trusted, raise the limit that it names.",
    ),
)

TREE = (
    Code(
        "tree.absent",
        Level.FIXITY,
        Status.FAILED,
        "The manifest says nothing of the records",
        "The manifest of each of our packages holds a root over all records, headers and blocks alike. This one says"
        " that our software wrote it and has none: it was taken out, and with it the only thing that vouches for dates"
        " and addresses in the headers.",
        "Get another copy of the package, and compare its manifest's digest with one that you had by another way.",
    ),
    Code(
        "tree.broken",
        Level.FIXITY,
        Status.FAILED,
        "What the manifest says of the records cannot be read",
        "Under its key the manifest has something else than a form, a number of records and a root.",
        "Get another copy of the package, and compare it with this one.",
    ),
    Code(
        "tree.form-unknown",
        Level.FIXITY,
        Status.NOT_CHECKED,
        "The root over the records is of an unknown form",
        "The manifest vouches for the records in a form that this version does not know. Whether headers and blocks are"
        " those that were written was not checked in this way.",
        "Verify the package with a newer version.",
    ),
    Code(
        "tree.count-differs",
        Level.FIXITY,
        Status.FAILED,
        "There are more or fewer records than were written",
        "The manifest says how many records the package was made of. Records were added, taken out or damaged beyond"
        " reading since.",
        "Get another copy of the package, and compare it with this one.",
    ),
    Code(
        "tree.root-differs",
        Level.FIXITY,
        Status.FAILED,
        "The records are not those that were written",
        "The root in the manifest commits to header and block of every record, and to their order. The records as they"
        " are now give another one: a date, an address, another field or some content was altered after the package was"
        " made. Whoever alters records and makes a new root too is found only by a signature, or by a digest of the"
        " manifest that is held elsewhere.",
        "Do not rely on dates and addresses in the records. Get another copy of the package, and compare.",
    ),
)

CODES.register(TREE)
CODES.register(INDEX)
CODES.register(PAGES)
CODES.register(STRUCTURE)
CODES.register(OTHERS)
CODES.register(PROOFS)
CODES.register(WITHHELD)
