"""What checking proofs and packages with withheld records finds: the codes `proof.*` and `withheld.*`, each explained."""

from __future__ import annotations

from archive.findings import Code, Level, Status

_PROOF = "docs/format/proof.md"
_WITHHELD = "docs/format/withholding.md"
_ASK = "Ask for the proof once more, from whoever has the package; do not rely on this one."
_OTHER_COPY = "Get the package from whoever withheld, or the whole original, and compare."


def _proof(
    name: str,
    title: str,
    meaning: str,
    remedy: str = _ASK,
    *,
    status: Status = Status.FAILED,
    level: Level = Level.FIXITY,
) -> Code:
    return Code(f"proof.{name}", level, status, title, meaning, remedy, _PROOF)


def _withheld(
    name: str,
    title: str,
    meaning: str,
    remedy: str = _OTHER_COPY,
    *,
    status: Status = Status.FAILED,
    level: Level = Level.FIXITY,
) -> Code:
    return Code(f"withheld.{name}", level, status, title, meaning, remedy, _WITHHELD)


PROOFS = (
    _proof(
        "not-canonical",
        "The proof is spelled in another way",
        "A proof is written in one spelling only, so that no byte of it can be altered without being noticed. This one"
        " was written by another program, or a byte of it was changed that stands for nothing.",
        level=Level.CONTAINER,
    ),
    _proof(
        "manifest-differs",
        "The manifest in the proof is not the one whose digest is given",
        "The proof carries the manifest of the package and the digest of the manifest, and the two do not belong"
        " together. A signature is over the digest, so it vouches for another manifest than this.",
    ),
    _proof(
        "manifest-broken",
        "The manifest in the proof states no root",
        "The root over the records stands in the manifest. This manifest cannot be read, or has no root in a form that is"
        " known here, so nothing is proven against it.",
    ),
    _proof(
        "member-unlisted",
        "The record is said to lie in a WARC that the manifest does not have",
        "A record's leaf names the WARC in which the record lies. The manifest lists all members of the package, and this"
        " WARC is none of them.",
    ),
    _proof(
        "size-differs",
        "The proof is about a tree of another size",
        "The manifest says how many records there are, and the proof says another number. A way to the root can be made to"
        " fit a tree of another size, so the number is compared by itself.",
    ),
    _proof(
        "path-broken",
        "The way to the root has another length than it must have",
        "For a record's place in a tree of so many records there is one length that the list of neighbours has. This list"
        " is too long or too short, so it leads nowhere.",
    ),
    _proof(
        "root-differs",
        "The record does not lead to the root",
        "Header, block, place and salt of the record make a leaf, and the leaf and its neighbours must make the root that"
        " stands in the manifest. They make another: the record is not in that package, or the proof was altered.",
    ),
    _proof(
        "header-differs",
        "The header is not that of the proven record",
        "The bytes of the record's header, with its date and address, are not those that the leaf commits to. What is"
        " proven is another record than the one that is shown.",
    ),
    _proof(
        "block-differs",
        "The content is not that of the proven record",
        "The bytes of the record's block are not those that the leaf commits to. What is proven is another content than"
        " the one that is shown.",
    ),
    _proof(
        "record-not-here",
        "A file that was given holds no record of the proof",
        "A file was named as holding proven records, and none of the records in it has a header and a block that the proof"
        " is about. It may be another capture of the same page, or an altered record.",
    ),
    _proof(
        "content-not-given",
        "The record itself was not there to be compared",
        "The proof has only the digests of this record, and no file with the record was given. That some record of these"
        " digests is in the package is proven; what it says is not.",
        "Name the file that holds the record, a WARC, behind the proof.",
        status=Status.NOT_CHECKED,
    ),
    _proof(
        "other-root",
        "The root is not the one that is expected",
        "You named the root of the package by another way, and the proof leads to another one: it is about another"
        " package, or about a forged one.",
    ),
    _proof(
        "other-manifest",
        "The manifest is not the one that is expected",
        "You named the manifest of the package, or its digest, by another way, and the proof has another manifest: it is"
        " about another package, or about a forged one.",
    ),
    _proof(
        "role-differs",
        "A record is not what the proof says it is there for",
        "A proof of an article has the document, the text read from it and what the article says, each of which is told"
        " by its header. Here a record is there twice, is missing, or belongs to another document.",
        level=Level.COHERENCE,
    ),
    _proof(
        "part-missing",
        "The document has no such article",
        "The proof names one of several articles of a document by its number, and the record of what the articles say has"
        " none of that number.",
        level=Level.COHERENCE,
    ),
)

WITHHELD = (
    _withheld(
        "records",
        "Records are withheld",
        "Somebody took records out of the package, to protect a source for example, and says so. What is left leads,"
        " together with the hashes of what is withheld, to the root that the original's manifest states: so every record"
        " that is left is as it was, header and block, and none was added. Of the withheld records nothing is known but"
        " how many there are and where in the order they stood. The tables and traces are made of what is left, and may"
        " lack what a withheld record would have shown.",
        "Ask whoever withheld for the records, if you may have them; the reason given is their word.",
        status=Status.NOTE,
        level=Level.CUSTODY,
    ),
    _withheld(
        "guessable",
        "What is withheld could be guessed",
        "The package was built without a salt key. Whoever holds what is left and can guess a withheld record byte by byte,"
        " its date to the second included, can test the guess against its hash and against the digests in the original's"
        " manifest. A page that anybody can still fetch is easily guessed.",
        "Where a source depends on it, do not publish this package. Build with `--salt-key` before anything is signed.",
        status=Status.NOTE,
        level=Level.CUSTODY,
    ),
    _withheld(
        "mentioned",
        "Something that stays names what is withheld",
        "A record, a member or the signed manifest that would stay in the package holds the address, the id, the digest or"
        " the headline of a withheld record. Hashes hide nothing that is said in words elsewhere; a manifest that was"
        " signed cannot be altered.",
        "Withhold what names it too. Where the manifest names it, do not publish a package made of this one.",
        status=Status.WARNED,
        level=Level.CUSTODY,
    ),
    _withheld(
        "member",
        "A further member is withheld",
        "A member of the original beside its records is not here, and the manifest says that it was withheld. Nothing is"
        " known of it but its size and digest.",
        "Ask whoever withheld for it, if you may have it.",
        status=Status.NOTE,
        level=Level.CUSTODY,
    ),
    _withheld(
        "broken",
        "What is said of the original cannot be read",
        "The package says that records were withheld from it, and lacks the original's manifest or the rows of its"
        " records, or they cannot be read. Nothing then shows that what is left is as it was.",
    ),
    _withheld(
        "form-unknown",
        "Records were withheld in an unknown form",
        "The package says in a form that this version does not know that records were withheld. Whether the rest is as in"
        " the original was not checked.",
        "Verify the package with a newer version.",
        status=Status.NOT_CHECKED,
    ),
    _withheld(
        "order-broken",
        "The rows stand in an order that the original cannot have had",
        "The records of a package have an order: WARC by WARC, and in each from the front. The rows of what is left do not"
        " keep it, so somebody exchanged records or rows.",
    ),
    _withheld(
        "original-differs",
        "The original's manifest is not the one whose digest is given",
        "The package carries the manifest of the original and the digest of it, which a signature is over. They do not"
        " belong together: the manifest was exchanged, so that its root fits other records.",
    ),
    _withheld(
        "count-differs",
        "There are more or fewer rows than the original had records",
        "The original's manifest says how many records there were. Here there is another number of rows, so that records"
        " were taken out, or made up, without being withheld.",
    ),
    _withheld(
        "record-added",
        "There is a record that the original did not have",
        "Each record that is left has a row, which says what place it had. There are more records than rows: something was"
        " added that nobody vouches for.",
    ),
    _withheld(
        "record-missing",
        "A record is gone that is not stated as withheld",
        "Each record that is left has a row, which says what place it had. There are fewer records than rows: something was"
        " taken out by somebody else than the one who withheld.",
    ),
    _withheld(
        "member-moved",
        "A record lies in another WARC than before",
        "A record's leaf names the WARC in which the record lay in the original. Here it lies in another one, or WARCs were"
        " exchanged.",
    ),
    _withheld(
        "root-differs",
        "What is left is not what was signed",
        "The records that are left and the hashes of the withheld ones must make the root in the original's manifest. They"
        " make another: a record was altered or exchanged, or the hash of a withheld record was made up to hide that"
        " something else was taken out.",
    ),
    _withheld(
        "manifest-differs",
        "The package says other words of itself than the original did",
        "What a package says of itself a reader takes for signed: title, description and whatever else must be as in the"
        " original, the main page must be of the page list, and it cannot have been made before the original was. Here"
        " something is otherwise.",
    ),
    _withheld(
        "member-differs",
        "A further member is not as in the original",
        "Beside its records a package may have members that are copied as they are. This one has other bytes than the"
        " original's manifest vouches for, was not there, or is gone without being stated as withheld.",
    ),
)
