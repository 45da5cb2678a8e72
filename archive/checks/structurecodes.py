"""What all records of an archive together can show: the codes `structure.*`, each explained."""

from __future__ import annotations

from archive.findings import Code, Level, Status

STRUCTURE = (
    Code(
        "structure.id-repeated",
        Level.COHERENCE,
        Status.FAILED,
        "Two records have one id",
        "A record id stands for one record only. With two, whatever refers to the id can mean either, and a reader can"
        " be shown the wrong one. Several writers are known to repeat ids, so this is a warning unless the package is in"
        " our canonical form, whose writer never does.",
        "Find out which of the records was there first.",
        "ISO 28500:2017 §5.2",
    ),
    Code(
        "structure.reference-missing",
        Level.COHERENCE,
        Status.WARNED,
        "A record refers to one that is not here",
        "The record names another one by its id, which is not in this archive. It may lie in another archive, as with"
        " revisits of an earlier capture, or it may have been taken out.",
        "Look for the other record where the capture came from.",
        "ISO 28500:2017 §5.7",
    ),
    Code(
        "structure.reference-wrong",
        Level.COHERENCE,
        Status.FAILED,
        "A record refers to one that cannot be meant",
        "The record names another one by its id, and that one is of a type that the reference cannot mean, or is the"
        " record itself. An id was exchanged or a record re-labelled, so what belongs together cannot be told.",
        "Find out which record was meant, by its date and address.",
        "ISO 28500:2017 §5.7, §5.16",
    ),
    Code(
        "structure.dates-differ",
        Level.COHERENCE,
        Status.WARNED,
        "One capture has two dates",
        "Records that say they are of one capture have the same date by the standard. These have different ones: either"
        " their writer took the time of each record, as several do, or the date of one was changed.",
        "Take the earlier date as known and the later one as doubtful; compare with another copy.",
        "ISO 28500:2017 §5.4",
    ),
    Code(
        "structure.revisit-differs",
        Level.COHERENCE,
        Status.FAILED,
        "A revisit is of another payload than it says",
        "A revisit says that what was fetched is identical with an earlier capture, by its digest. The capture it names"
        " has another digest, so whoever follows the reference is shown something that was not fetched.",
        "Look for the capture with the digest that the revisit gives.",
        "ISO 28500:2017 §6.7.2",
    ),
    Code(
        "structure.revisit-reference",
        Level.COHERENCE,
        Status.WARNED,
        "A revisit names two different captures",
        "A revisit names an earlier capture by its id, and again by its address and date. The address or the date is not"
        " that of the record with the id, so programs that follow one or the other show different captures.",
        "Take the record with the payload digest of the revisit.",
        "ISO 28500:2017 §6.7.2",
    ),
    Code(
        "structure.segments-differ",
        Level.COHERENCE,
        Status.FAILED,
        "Segments of a record do not fit together",
        "A record that was cut into segments can be put together by their numbers, address and total length. These"
        " contradict one another: a segment is there twice, belongs elsewhere, or was shortened.",
        "Get another copy of the files in which the segments lie.",
        "ISO 28500:2017 §7",
    ),
    Code(
        "structure.segment-missing",
        Level.COHERENCE,
        Status.WARNED,
        "A segment of a record is not here",
        "The record was cut into segments, and not all of them are in this archive. They may lie in the next file of the"
        " same crawl, or may have been taken out. What is here is only a part of what was captured.",
        "Look for the other segments where the archive came from.",
        "ISO 28500:2017 §7",
    ),
    Code(
        "structure.warcinfo-absent",
        Level.COHERENCE,
        Status.NOTE,
        "The file does not say where it comes from",
        "A file is recommended to begin with a warcinfo record, which says what software wrote it, when and how. This one"
        " begins with something else, as excerpts of a file do.",
        "Nothing has to be done.",
        "ISO 28500:2017 §4",
    ),
)
