"""What reading can find: the codes of this room, and what each means for the user."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

_DECODING = (
    Code(
        "text.not-utf8",
        Level.READING,
        Status.NOTE,
        "The document is not UTF-8",
        "The bytes are no UTF-8, or another encoding was declared for them. The finding names the encoding that was used "
        "and why it was chosen. Where it was detected rather than declared, single letters may be wrong; the bytes "
        "themselves are kept unchanged.",
        "Give the encoding with the document if you know it, or look at names with accents before you rely on them.",
    ),
    Code(
        "text.undecodable-bytes",
        Level.READING,
        Status.WARNED,
        "Some bytes stand for no character",
        "The document has bytes that its encoding does not know. Each is shown as U+FFFD in the text, so places in the text "
        "can no longer be turned into places in the file. The bytes themselves are kept unchanged.",
        "Look for the place in the original file; the document may be cut, damaged, or in another encoding than declared.",
    ),
    Code(
        "text.empty",
        Level.READING,
        Status.WARNED,
        "The document has no text",
        "There is nothing in the document but white space, so nothing could be read of it.",
        "Check that the file was saved whole.",
    ),
    Code(
        "text.binary",
        Level.READING,
        Status.FAILED,
        "The document is no text",
        "The bytes are not those of a text (they hold many NUL or control bytes), so nothing was read of them. This says "
        "nothing about whether they are authentic.",
        "Give the page or the text itself; a PDF or a word processor's file has to be converted first.",
    ),
)
_COHERENCE = (
    Code(
        "date.weekday-disagrees",
        Level.COHERENCE,
        Status.WARNED,
        "A weekday does not belong to its date",
        "The article names a weekday together with a date, and the calendar gives another weekday for that date. One of the "
        "two is a slip, or one was changed. It is only said where no reading of the two agrees.",
        "Compare with another copy of the article before you rely on either.",
    ),
    Code(
        "date.url-disagrees",
        Level.COHERENCE,
        Status.WARNED,
        "The date in the address is not the printed date",
        "The path of the article's address names a day that is more than a day away from the date printed with the article. "
        "Articles are sometimes updated or republished under an older address, so this alone is no sign of forgery.",
        "Both dates are kept as evidence; look at both places before you give the date.",
    ),
    Code(
        "url.slug-differs-from-headline",
        Level.COHERENCE,
        Status.NOTE,
        "The address was made from another headline",
        "The words in the article's address share little with its headline. Outlets often change a headline after "
        "publication, and republishers set their own; the address may also belong to another article.",
        "Open the address, or an archived copy of it, and compare the headline and the first paragraph.",
    ),
    Code(
        "url.unassigned",
        Level.COHERENCE,
        Status.NOTE,
        "An address that could not be given to any article",
        "The document gives an address, but not which of its articles it belongs to: outlet and date of none, or of "
        "several, agree with it. It was given to none rather than guessed.",
        "Open the address and compare.",
    ),
)
_PEOPLE = (
    Code(
        "speaker.role-conflict",
        Level.COHERENCE,
        Status.WARNED,
        "One person has two offices that contradict each other",
        "A person is given the same office in two ministries, or of two countries, in one article or in two of about "
        "the same time: one of them is a slip, or two people have one name. Offices that are called former are not "
        "compared, and neither are articles whose dates are far apart; where a date is unknown this is only a note. "
        "Both places are named.",
        "Look at both places, and name the office in print only when a third source bears it out.",
    ),
)
_LIMITS = (
    Code(
        "quotation.too-many",
        Level.READING,
        Status.NOT_CHECKED,
        "More quotation marks than are read",
        "The document has more quotation marks than any article needs. Quotations were read up to a limit.",
        "Split the document, or read the rest of it by itself.",
    ),
)

CODES.register((*_DECODING, *_COHERENCE, *_PEOPLE, *_LIMITS))
