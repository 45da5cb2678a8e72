"""The finding codes of what lies between the rooms: inputs, seed lists, packages. Those of a room are registered there."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

CODES.register(
    (
        Code(
            "input.not-read",
            Level.READING,
            Status.NOTE,
            "Archived, not read",
            "The bytes are no text and no page, so no article was looked for in them. They are in the package all the"
            " same, unchanged, under their digest.",
            "Nothing, where the file is an image or a style sheet. If it should be a text, open it: it may be damaged.",
        ),
        Code(
            "input.link-skipped",
            Level.READING,
            Status.NOTE,
            "A link to a folder was not followed",
            "Links to folders can lead in circles or out of the collection, so they are left out.",
            "Name the folder it points to as an input of its own, if it belongs to the collection.",
        ),
        Code(
            "input.output-skipped",
            Level.READING,
            Status.NOTE,
            "The output lies in a folder of inputs and was left out",
            "A folder is an input, and the package that is being made, its unfinished form or its journal lies in it. A"
            " package is no input of itself, so they were left out.",
            "Write the package elsewhere. To build on a package of this name, copy it to another name first.",
        ),
        Code(
            "input.duplicate",
            Level.READING,
            Status.NOTE,
            "The same document was given twice",
            "The bytes and the address are those of an earlier input. It is kept once, so that nothing counts twice.",
            "Nothing. If they should be two documents, state for each which address it was captured from.",
        ),
        Code(
            "input.payload-kept-once",
            Level.READING,
            Status.NOTE,
            "The payload of a capture was kept already",
            "The capture gave the same payload as an earlier one. As --dedup asks, it is in the package as a `revisit`"
            " record with its own address, time and HTTP header; the payload is that of the record it refers to.",
            "Nothing. Without --dedup every capture keeps its own payload.",
        ),
        Code(
            "input.record-left-out",
            Level.CONTAINER,
            Status.FAILED,
            "A record was left out of the package",
            "A record of an archive says something that the WARC standard does not let a record say (a date, an"
            " address, a field), so it could not be written again as it was. The other records are in the package.",
            "Look at the record named; `provenance verify` on the archive says what is wrong with it. Keep the archive.",
        ),
        Code(
            "seed.absent",
            Level.READING,
            Status.NOTE,
            "A document of the seed list is not here",
            "The seed list names a document whose file was not found. The others were done.",
            "Name the folder that holds the texts with --texts DIR.",
        ),
        Code(
            "seed.digest-mismatch",
            Level.FIXITY,
            Status.FAILED,
            "Not the document that the seed list names",
            "The file has another digest than the seed list states: it is another version, or was changed. It was left"
            " out, because everything the list says is about the other bytes.",
            "Find the file with the digest the list states, or correct the list.",
        ),
        Code(
            "seed.contradicts",
            Level.READING,
            Status.WARNED,
            "A document contradicts its seed list",
            "The list and the document say different things about the same value. Both are kept: the list in your"
            " hands, the document's own words in the package.",
            "Look at the place named. Either the list has a mistake, or the reader misread the document.",
        ),
        Code(
            "article.record-missing",
            Level.COHERENCE,
            Status.FAILED,
            "A document without its text or its articles",
            "A package of ours holds, beside every document that can be read, its text and what its articles say. Here"
            " one of these records is missing: it was taken out.",
            "Get the package again from where it came, or build it again from its documents.",
        ),
        Code(
            "article.without-source",
            Level.COHERENCE,
            Status.FAILED,
            "A text or articles without the document they were read from",
            "The record says it was derived from another one, which is not in the package or cannot be read. What it"
            " says can therefore not be checked.",
            "Get the package again from where it came; without the document its text is only a claim.",
        ),
        Code(
            "article.other-reader",
            Level.COHERENCE,
            Status.NOT_CHECKED,
            "Read by other rules",
            "The text and the articles were read by another version of the reader than the one that verifies. They may"
            " be right; they were not compared.",
            "Verify with the version that built the package (its name stands in the record), or build it again.",
        ),
        Code(
            "text.differs",
            Level.COHERENCE,
            Status.FAILED,
            "The text is not what the document says",
            "Read again by the same rules, the document gives another text than the record holds. All offsets of"
            " quotations refer to that text.",
            "Do not rely on the text in the package. Read the document itself with `provenance show`.",
        ),
        Code(
            "article.differs",
            Level.COHERENCE,
            Status.FAILED,
            "The articles are not what the document says",
            "Read again by the same rules, the document gives other articles than the record holds: an outlet, a date,"
            " an address, a tweet or a quotation was changed.",
            "Do not rely on the record. Read the document itself with `provenance show` and compare.",
        ),
        Code(
            "article.table-differs",
            Level.COHERENCE,
            Status.FAILED,
            "The table of articles is not what the records say",
            "The package's table of articles was derived again from its documents, and this line is another one.",
            "Do not rely on the table; the documents themselves are in the package.",
        ),
        Code(
            "package.table-missing",
            Level.COHERENCE,
            Status.FAILED,
            "The table of articles, or the traces, are missing",
            "A package of ours that holds articles lists them in a table, and states the trace of every quotation. One of"
            " the two was taken out.",
            "Get the package again from where it came, or build it again from its documents.",
        ),
        Code(
            "record.original-digest-differs",
            Level.FIXITY,
            Status.FAILED,
            "A copied record was damaged before it was copied",
            "The record was copied from another archive together with the digest it had there, and its bytes do not fit"
            " that digest: they were changed, or cut, before they came into this package.",
            "Look for the archive the record was made in. What the record holds now is not what its maker captured.",
        ),
        Code(
            "page.list-differs",
            Level.COHERENCE,
            Status.FAILED,
            "The page list is not what the documents say",
            "The list of pages that a viewer offers was made again from the documents of the package, and another address,"
            " date or title came out than the list has. A title in it may be forged.",
            "Do not rely on titles that a viewer shows; the report gives the headlines that the documents have.",
        ),
        Code(
            "trace.differs",
            Level.TRACE,
            Status.FAILED,
            "A trace is not what tracing gives",
            "The quotation was traced again in the articles of the package, and the outcome is another one than the"
            " package states.",
            "Do not rely on the recorded trace. `provenance trace PACKAGE` gives the one that the documents support.",
        ),
        Code(
            "collection.broken",
            Level.COHERENCE,
            Status.FAILED,
            "What is stated of the collection cannot be read",
            "The package has a member that says who collected it, what for and how, and that member is not one that this"
            " software writes. So nobody knows what was stated.",
            "Get the package again from where it came. The records themselves are not concerned.",
        ),
        Code(
            "verify.requirement-missing",
            Level.AUTHENTICITY,
            Status.FAILED,
            "Something that was required is not there",
            "You asked for a package that has this, and it has none. Nothing inside a package can tell whether it once"
            " had: a signature taken away leaves an unsigned package.",
            "Ask whoever made the package for the one that has it.",
        ),
        Code(
            "corpus.digest-mismatch",
            Level.FIXITY,
            Status.FAILED,
            "A file of the corpus was changed",
            "The bytes of a file are not those that were indexed. Passages that a trace finds in this corpus may not be"
            " what the sources say, and passages that are there may not be found.",
            "Make the index anew from its inputs: it holds nothing that they do not.",
        ),
        Code(
            "corpus.file-missing",
            Level.FIXITY,
            Status.FAILED,
            "A file of the corpus is missing",
            "The corpus names a file that is not there or cannot be read, so a part of its sources cannot be searched.",
            "Make the index anew from its inputs.",
        ),
        Code(
            "corpus.file-unlisted",
            Level.FIXITY,
            Status.WARNED,
            "A file lies in the corpus that it does not name",
            "Nothing reads this file: it may be left over from a run that was stopped, or somebody put it there.",
            "Index once more: what a stopped run left is removed. Take away what you did not put there.",
        ),
        Code(
            "corpus.files-disagree",
            Level.COHERENCE,
            Status.FAILED,
            "The files of the corpus do not fit one another",
            "The files have the bytes that were written, and still do not fit: places lead beyond the texts, or what the"
            " corpus says of its sources cannot be read.",
            "Make the index anew from its inputs, and report it: this should not happen by damage.",
        ),
    )
)
