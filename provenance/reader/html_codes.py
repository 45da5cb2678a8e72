"""What can be found while a page is read."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status


def _code(
    name: str, status: Status, title: str, meaning: str, remedy: str, clause: str | None = None
) -> Code:
    return Code(name, Level.READING, status, title, meaning, remedy, clause)


CODES.register(
    (
        _code(
            "html.charset-disagrees",
            Status.NOTE,
            "HTTP and the page name different charsets",
            "The Content-Type header and the page's own declaration do not name the same charset. The header was "
            "followed, as browsers do. Letters outside ASCII may have been meant otherwise.",
            "Look whether accented letters and quotation marks read well; if not, give the charset.",
            "WHATWG HTML §13.2.3.2",
        ),
        _code(
            "html.charset-guessed",
            Status.WARNED,
            "The charset is a guess",
            "Neither HTTP nor the page names a charset, and the bytes are not UTF-8. The likeliest charset was taken. "
            "Words outside ASCII may be wrong, and so may quotations that hold them.",
            "Compare the text with the page in a browser, or give the charset.",
            "WHATWG HTML §13.2.3.2",
        ),
        _code(
            "html.bytes-replaced",
            Status.WARNED,
            "Some bytes could not be decoded",
            "The page holds bytes that its charset does not have; each became the replacement character. The archived "
            "bytes are untouched. Quotations over such a place cannot be compared letter for letter there.",
            "Nothing need be done; check the places that matter in the archived bytes.",
        ),
        _code(
            "html.too-large",
            Status.WARNED,
            "The page is larger than what is read",
            "The page is longer than the limit for pages. It was not read, so it has no text, no fields and no tweets "
            "here. Its bytes are archived all the same.",
            "Raise the limit `html_bytes` if you trust the page.",
        ),
        _code(
            "html.too-deep",
            Status.WARNED,
            "The page nests too deeply to be read whole",
            "The parser stopped at its depth limit, and the page is too large to be read again by the slower one. The "
            "text after that place is missing here, so absent values and quotations say nothing.",
            "Read the archived bytes by other means; such pages are often made to break readers.",
        ),
        _code(
            "html.read-again",
            Status.NOTE,
            "The page was read a second time by a more forgiving parser",
            "The first parser lost text because of very deep nesting. The second one read the page, and its tree was "
            "flattened. The text is whole; XPath places count in the flattened tree, not in the page as sent.",
            "Nothing need be done; find places by their words instead of by their XPath.",
        ),
        _code(
            "html.attributes-dropped",
            Status.NOTE,
            "A tag with very many attributes was cut",
            "A tag carries more attributes than are read, which no ordinary page does. The first ones were kept. "
            "A value that stands only in the others is not seen.",
            "Nothing need be done; look at the tag in the archived bytes if a value seems to be missing.",
        ),
        _code(
            "html.json-ld-broken",
            Status.NOTE,
            "A JSON-LD script could not be read",
            "The page holds structured data that is no JSON. It was left aside. Outlet, dates and authors rest on the "
            "other evidence alone.",
            "Nothing need be done; the script stands in the archived bytes.",
            "JSON-LD 1.1 §7",
        ),
        _code(
            "page.wall",
            Status.WARNED,
            "The page is a wall, not the article",
            "What was saved is a check for robots, a refusal, a login, a request for consent, an offer of subscriptions "
            "or a notice that the page was not found. Servers send such pages with status 200 too. It is told by signs "
            "that agree: its title or heading, sentences that only such pages say, the scripts it is made of. Its title, "
            "names and dates are the wall's own, so no article is read of it: no value is better than a wrong one. "
            "Its text and bytes are kept.",
            "Capture the address again, in a browser if need be, or look for a copy in another archive. That a wall "
            "stood there says nothing about whether the article was published.",
        ),
        _code(
            "date.modified-before-published",
            Status.WARNED,
            "The page says it was changed before it was published",
            "The modification date lies before the publication date. One of the two is wrong, or one of them means "
            "something else. Both are shown as the page gives them.",
            "Check the evidence of both dates before you rely on either.",
        ),
        _code(
            "tweet.printed-date-disagrees",
            Status.WARNED,
            "The date printed under a tweet is not the date in its id",
            "A tweet's id holds the moment at which it was made. The date that the page prints lies more than a day "
            "away. The embed may have been edited, or it shows another tweet than it links.",
            "Compare the embed with an archived copy of the tweet before you quote it.",
        ),
    )
)
