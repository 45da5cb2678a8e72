"""Where an article was published first: notes in many languages, and what a page says of its address beside its metadata."""

from __future__ import annotations

import pytest

from provenance.model.article import Article
from provenance.reader import read

FIRST = "https://gazette.example.org/2016/10/18/harbour-wall"
HERE = "https://paper.example.com/world/harbour-wall"
PROSE = "<p>The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive there.</p>"
NOTES = [
    ("en", "This article was originally published on"), ("en", "This story first appeared in"), ("en", "First published by"),
    ("en", "This article is republished from"), ("en", "Reposted with permission from"), ("de", "Dieser Artikel erschien zuerst bei"),
    ("de", "Zuerst veröffentlicht auf"), ("fr", "Cet article a été initialement publié sur"), ("fr", "Initialement paru dans"),
    ("es", "Este artículo fue publicado originalmente en"), ("es", "Publicado originalmente en"), ("pt", "Este artigo foi publicado originalmente em"),
    ("it", "Questo articolo è stato originariamente pubblicato su"), ("nl", "Dit artikel verscheen eerder op"),
    ("ru", "Статья была впервые опубликована на"), ("ru", "Оригинал статьи:"), ("uk", "Вперше опубліковано на"), ("pl", "Artykuł ukazał się po raz pierwszy na"),
    ("cs", "Článek byl původně publikován na"), ("sv", "Artikeln publicerades först på"), ("da", "Artiklen blev først bragt i"),
    ("fi", "Artikkeli on alun perin julkaistu"), ("tr", "Bu makale ilk olarak şurada yayımlandı:"), ("el", "Το άρθρο δημοσιεύτηκε αρχικά στο"),
    ("ro", "Acest articol a fost publicat inițial pe"), ("zh", "本文首发于"), ("ja", "この記事はガゼットに掲載された:"), ("ar", "نشر هذا المقال لأول مرة في"),
    ("he", "המאמר פורסם לראשונה ב"), ("hi", "यह लेख मूल रूप से प्रकाशित हुआ था"),
]  # fmt: skip


def page(*, foot: str = "", head: str = "", url: str | None = HERE) -> Article:
    """Return the article of a page with this in its head and this below its paragraphs."""
    markup = (
        f"<html><head><title>Wall</title>{head}</head><body><article><h1>Harbour Wall To Be Repaired</h1>{PROSE * 4}{foot}</article>"
        "</body></html>"
    )
    (article,) = read(markup.encode(), url=url, name="x.html").articles
    return article


@pytest.mark.parametrize(("language", "note"), NOTES)
def test_notes_name_the_original(language: str, note: str) -> None:
    """A note below the article gives the original; the page's own address contradicts it, and is kept."""
    article = page(
        foot=f'<p>{note} <a href="{FIRST}?utm_source=x">The Gazette</a>.</p>',
        head=f'<link rel="canonical" href="{HERE}">',
    )
    assert article.original_url == FIRST
    assert {e.value for e in article.fields.original_url.conflicts} == {HERE}
    assert {e.rule for e in article.fields.original_url.evidence} == {"dom.syndication-note"}


def test_the_notes_are_of_more_than_eight_languages() -> None:
    """The table above holds more than eight languages."""
    assert len({language for language, _ in NOTES}) > 8


@pytest.mark.parametrize(
    "foot",
    [
        f'<p>The report was published by <a href="{FIRST}">the Gazette</a> on Monday, and the mayor read it.</p>',
        '<p>This article was originally published on <a href="https://gazette.example.org/">The Gazette</a>.</p>',
        '<p>This article was originally published on <a href="https://paper.example.com/old/wall">our old site</a>.</p>',
        '<p>This article was originally published on <a href="https://twitter.com/gazette/status/1">Twitter</a>.</p>',
        f'<p>This article was originally published in 2016. {"It was long. " * 40}<a href="{FIRST}">x</a></p>',
        "<p>This article was originally published on The Gazette.</p>",
    ],
)
def test_what_is_no_note_of_another_original(foot: str) -> None:
    """A mention in prose, a home page, the same site, a network, a long paragraph and a note without a link change nothing."""
    assert page(foot=foot).original_url == HERE


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (
            f'<link rel="alternate" type="application/json+oembed" href="https://paper.example.com/oembed?url={HERE}&amp;format=json">',
            "meta.oembed",
        ),
        (f'<link rel="alternate" type="application/rss+xml" href="{HERE}/feed/">', "meta.comments-feed"),
    ],
)
def test_links_in_the_head_give_the_address(head: str, rule: str) -> None:
    """An oEmbed link and the feed of an article's comments hold its address."""
    article = page(head=head, url=None)
    assert (article.original_url or "").rstrip("/") == HERE
    assert [e.rule for e in article.fields.original_url.evidence] == [rule]


def test_buttons_for_sharing_give_the_address_where_they_agree() -> None:
    """Buttons that all share one address give it; where they differ they say nothing."""
    one = f'<a href="https://www.facebook.com/sharer/sharer.php?u={HERE}">f</a><a href="https://x.com/intent/tweet?url={HERE}&amp;text=a">x</a>'
    assert page(foot=one, url=None).original_url == HERE
    other = one + f'<a href="https://www.facebook.com/sharer/sharer.php?u={FIRST}">f</a>'
    assert page(foot=other, url=None).original_url is None


def test_a_canonical_path_takes_its_site_from_icon_and_links() -> None:
    """A path alone is completed by the site that the icon and most links are of, and by nothing less."""
    head = '<link rel="canonical" href="/world/harbour-wall">'
    icon = '<link rel="shortcut icon" href="https://paper.example.com/favicon.ico">'
    links = "".join(f'<a href="https://paper.example.com/{n}">x</a>' for n in range(6))
    assert page(head=head + icon, foot=links, url=None).original_url == HERE
    assert page(head=head + icon, url=None).original_url is None
    assert page(head=head, foot=links, url=None).original_url is None


def test_the_canonical_link_outweighs_structured_data() -> None:
    """Where the canonical link and JSON-LD differ, the link is the value, and the other is kept."""
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "url": "https://paper.example.com/other/section"}</script>'
    article = page(head=f'<link rel="canonical" href="{HERE}">{data}', url=None)
    assert article.original_url == HERE
    assert [e.value for e in article.fields.original_url.conflicts] == [
        "https://paper.example.com/other/section"
    ]


def test_an_address_without_a_public_host_is_none() -> None:
    """A canonical link to a host that nobody can look up is no address."""
    assert page(head='<link rel="canonical" href="http://harbour-wall/">', url=None).original_url is None


@pytest.mark.parametrize(
    "line",
    [
        f"Original url: {FIRST}", f"Originally published at {FIRST}", f"Originalartikel: {FIRST}", f"Article original : {FIRST}",
        f"Artículo original: {FIRST}", f"Artigo original: {FIRST}", f"Articolo originale: {FIRST}", f"Origineel artikel: {FIRST}",
        f"Оригинал статьи: {FIRST}", f"Оригінал: {FIRST}", f"原文链接：{FIRST}", f"元記事：{FIRST}", f"원문: {FIRST}",
        f"This article was originally published by The Gazette: {FIRST}", f"Dieser Artikel erschien zuerst im Boten: {FIRST}",
    ],
)  # fmt: skip
def test_plain_text_names_its_original(line: str) -> None:
    """In a plain text a label or a note before an address, in many languages, gives the original."""
    prose = "The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive there."
    (article,) = read(
        f"Harbour Wall To Be Repaired\n\n{prose}\n\n{prose}\n\n{line}\n".encode(), name="x.txt"
    ).articles
    assert article.original_url == FIRST
