"""What the claims of an article say against each other, and against what is known of addresses, ids and captures."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status


def _code(
    name: str, status: Status, title: str, meaning: str, remedy: str, clause: str | None = None
) -> Code:
    return Code(name, Level.COHERENCE, status, title, meaning, remedy, clause)


CODES.register(
    (
        _code(
            "page.lists-articles",
            Status.NOTE,
            "The page lists other articles",
            "The page has hardly any text of its own, and many headlines that lead to other pages: it is a home page, a "
            "section, or an aggregator's list. Teasers are no articles, so none of them was read as one.",
            "Give the pages of the articles themselves.",
        ),
        _code(
            "date.day-month-open",
            Status.NOTE,
            "A printed date can be two days",
            "The date is printed in numbers, and nothing in the document tells whether the day or the month "
            "comes first. Both "
            "readings are kept among the conflicts of `published`, and neither was made the value. Other dates "
            "on the page, "
            "its language, or the date of capture would have settled it.",
            "Look at other dates of the same outlet, or give the date of capture.",
        ),
        _code(
            "date.after-capture",
            Status.WARNED,
            "The article is dated after it was captured",
            "A date of publication or change lies more than a day after the moment at which the copy was made. "
            "One of the two "
            "is wrong: the printed date, or the clock of whoever captured it.",
            "Compare with another copy, and check when this one was made.",
        ),
        _code(
            "tweet.later-than-article",
            Status.WARNED,
            "A post is later than the article that shows it",
            "The id of a post says that it was made more than a day after the last date that the article "
            "states. Either the "
            "article was changed without saying so, or the post was put in later. Live blogs are left out of this check.",
            "Look for a later version of the article, or for its date of change.",
        ),
        _code(
            "url.internationalised",
            Status.NOTE,
            "The domain is written in letters outside ASCII",
            "The host of the address is an internationalised name. Browsers may show it in its own script or in "
            "the `xn--` form; "
            "the finding gives both. Such names are ordinary in many countries.",
            "Compare the form with the outlet's own spelling.",
            "RFC 5891",
        ),
        _code(
            "url.mixed-scripts",
            Status.WARNED,
            "A domain mixes scripts",
            "One label of the host has letters of scripts that no language writes together, such as Latin and "
            "Cyrillic. This is "
            "how look-alikes of known domains are made. The outlet is named by the domain as it is, not by what "
            "it looks like.",
            "Compare the `xn--` form with the domain of the outlet that the page claims to be.",
            "Unicode UTS #39 §5.2",
        ),
        _code(
            "url.resembles-known-domain",
            Status.WARNED,
            "A domain looks like that of a known outlet, and is another",
            "Drawn on the screen, the host can be taken for a domain of the registry, but its letters are "
            "others. The article "
            "was not published by that outlet, unless the domain is its own too.",
            "Look at the letters one by one, and ask the outlet.",
            "Unicode UTS #39 §4",
        ),
    )
)
