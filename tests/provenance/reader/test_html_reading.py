"""A page becomes a document: charset, canonical text, body, places, limits."""

# ruff: noqa: E501 (markup stands as pages have it)
from __future__ import annotations

import json
import re

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.limits import DEFAULT
from provenance.model.evidence import Layer
from provenance.reader import read
from provenance.reader.blocks import lay_out
from provenance.reader.charset import codec_of, decode_page
from provenance.reader.dom import parse
from provenance.reader.html import read_html, read_tree
from provenance.reader.prescan import ATTRIBUTES, thin_attributes
from provenance.reader.second_reading import flatten

LEAD = "The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive."
SECOND = (
    "Engineers had warned for years that the wall would not survive another season without new foundations."
)


def page_of(markup: str, **options):
    """Lay out a piece of markup."""
    return lay_out(parse(markup), **options)


def codes(document) -> list[str]:
    """All finding codes of a document and its articles."""
    return [f.code for f in (*document.findings, *(g for a in document.articles for g in a.findings))]


class TestCharset:
    """WHATWG HTML §13.2.3: byte order mark, then HTTP, then meta; the label means what browsers mean by it."""

    def test_bom_wins(self):
        """A byte order mark outranks HTTP and meta, and is no part of the text."""
        data = b"\xef\xbb\xbf" + '<meta charset="koi8-r"><p>grün'.encode()
        read = decode_page(data, "iso-8859-1")
        assert (read.encoding, read.named_by, read.bom_bytes) == ("utf-8", "bom", 3)
        assert read.characters.endswith("grün")

    def test_http_before_meta_and_said(self):
        """HTTP outranks meta; that they differ is a finding."""
        data = '<meta charset="utf-8"><p>grün'.encode("cp1251", "replace")
        read = decode_page(data, "windows-1251")
        assert (read.encoding, read.named_by) == ("cp1251", "http")
        assert [f.code for f in read.findings] == ["html.charset-disagrees"]

    def test_agreement_is_silent(self):
        """Two labels of one charset are no disagreement."""
        assert decode_page(b'<meta charset="latin1"><p>x', "windows-1252").findings == ()

    @pytest.mark.parametrize(
        "declaration",
        [
            '<meta charset="windows-1251">',
            "<meta charset=windows-1251>",
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
            '<?xml version="1.0" encoding="windows-1251"?>',
        ],
    )
    def test_meta(self, declaration):
        """Every form of declaration in the page is understood."""
        read = decode_page(f"{declaration}<p>Мост".encode("cp1251"))
        assert read.characters.endswith("Мост")
        assert read.named_by == "meta"

    def test_undeclared_utf8(self):
        """Without a declaration, UTF-8 that decodes is UTF-8, and nothing is guessed."""
        read = decode_page("<p>Мост".encode())
        assert (read.encoding, read.findings) == ("utf-8", ())

    def test_undeclared_other_is_a_guess(self):
        """Without a declaration and not UTF-8, the charset is guessed and said to be."""
        text = "Der Bürgermeister übergab die Schlüssel für das schöne große Gebäude am Fluß. " * 20
        read = decode_page(f"<p>{text}".encode("cp1252"))
        assert read.characters == f"<p>{text}"
        assert [f.code for f in read.findings] == ["html.charset-guessed"]

    def test_bad_bytes_are_counted_at_the_first(self):
        """What the charset does not have becomes U+FFFD; the finding has the offset of the first."""
        read = decode_page(b'<meta charset="utf-8"><p>a\xffb')
        assert read.characters.endswith("a\ufffdb")
        (odd,) = read.findings
        assert (odd.code, odd.where.offset_bytes) == ("html.bytes-replaced", 26)

    @pytest.mark.parametrize(
        ("label", "codec"),
        [
            ("ISO-8859-1", "cp1252"),
            ("ascii", "cp1252"),
            ("GB2312", "gb18030"),
            ("shift_jis", "cp932"),
            ("utf8", "utf-8"),
        ],
    )
    def test_labels_as_browsers_read_them(self, label, codec):
        """Old labels name the superset that browsers use."""
        assert codec_of(label) == codec

    @pytest.mark.parametrize("label", ["", None, "rot13", "hex", "no-such", "idna", "\x00"])
    def test_labels_that_name_none(self, label):
        """Python's codecs that are no charsets are never used on a page's bytes."""
        assert codec_of(label) is None


class TestCanonicalText:
    """The visible text, block by block."""

    def test_blocks(self):
        """Every block element ends a block; a blank line divides them."""
        page = page_of(
            "<h1>A</h1><p>b<p>c<ul><li>d<li>e</ul><blockquote>f</blockquote><table><tr><td>g<td>h</table>"
        )
        assert page.characters == "A\n\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n\nh"
        assert [block.tag for block in page.blocks] == ["h1", "p", "p", "li", "li", "blockquote", "td", "td"]

    def test_hidden_is_left_out(self):
        """Scripts, styles, templates, hidden elements and what style hides are not text; what follows them is."""
        hidden = (
            "<script>s</script><style>s</style><template>s</template><noscript>s</noscript><p hidden>s</p>"
            '<p style="color:red; display : none">s</p><svg><text>s</text></svg><!-- s --><button>s</button>'
        )
        assert page_of(f"<p>a{hidden}b").characters.replace("\n\n", "") == "ab"

    def test_white_space_as_a_browser_shows_it(self):
        """Runs become one space, also over element borders; no-break spaces stay; edges are bare."""
        page = page_of("<p>\n  a <b> b</b>\t<i>\nc </i> d\u00a0 e \n</p>")
        assert page.characters == "a b c d\u00a0 e"

    def test_pre_and_br(self):
        """Line breaks stay where the page breaks lines, and nowhere else."""
        assert page_of("<p>a <br> b<br>c</p><pre>x\n  y</pre>").characters == "a\nb\nc\n\nx\n  y"

    @pytest.mark.parametrize(
        ("language", "shown"),
        [("", "say “a ‘b’ c”"), ("en-GB", "say “a ‘b’ c”"), ("de", "say „a ‚b‘ c“"), ("fr", "say «a «b» c»")],
    )
    def test_q_shows_marks(self, language, shown):
        """`<q>` shows the marks of the page's language, nested ones inside."""
        assert page_of("<p>say <q>a <q>b</q> c</q>", language=language).characters == shown

    def test_block_in_inline(self):
        """A block inside a link still ends the block before it, and its text counts as linked."""
        page = page_of('<a href="/x">a<div>bc</div>d</a>')
        assert page.characters == "a\n\nbc\n\nd"
        assert [block.linked for block in page.blocks] == [1, 2, 1]

    def test_comment_inside_a_word(self):
        """A comment divides nothing."""
        assert page_of("<p>harb<!-- x -->our").characters == "harbour"

    @given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "a", " ", "\n", "ß", "<q>", "</q>", "<br>",
                                     "<ul>", "<li>", "<td>", "<!--x-->", "<script>", "</script>", "<a>", "</a>", "&nbsp;", "<pre>"])))  # fmt: skip
    @settings(max_examples=200, deadline=None)
    def test_laws(self, parts):
        """Blocks are in order, apart by one blank line, never blank themselves; each XPath leads back to its element."""
        page = page_of("".join(parts))
        assert page.characters == "\n\n".join(page.characters[b.start : b.end] for b in page.blocks)
        for block in page.blocks:
            assert page.characters[block.start : block.end].strip(" \n\t")
            assert 0 <= block.linked <= block.end - block.start
            assert page.dom.root.xpath(page.path(block)) == [page.node(block)]


class TestBody:
    """The article's own blocks."""

    def body(self, markup: str) -> list[str]:
        document = read_html(markup.encode())
        (article,) = document.articles
        return [document.text[span] for span in article.body]

    def test_without_any_semantics(self):
        """Text density alone finds the article between a menu and a list of links."""
        links = (
            "<div>"
            + "".join(
                f'<p><a href="/{n}">Another story number {n} of the day in short</a></p>' for n in range(9)
            )
            + "</div>"
        )
        assert self.body(f"{links}<div><div><p>{LEAD}</p><p>{SECOND}</p></div></div>{links}") == [
            LEAD,
            SECOND,
        ]

    def test_semantic_container(self):
        """What says it is the article's body is it, though a comment is longer."""
        comment = f'<div class="comments"><p>{"I have quite a lot to say on this matter. " * 9}</p></div>'
        assert self.body(f'<div itemprop="articleBody"><p>{LEAD}</p><p>{SECOND}</p></div>{comment}') == [
            LEAD,
            SECOND,
        ]

    def test_what_stands_beside(self):
        """Asides, share bars and related links inside the article are not its body; nor is the headline."""
        assert self.body(
            f'<article><h1>Harbour wall to be repaired</h1><p>{LEAD}</p><aside><p>{SECOND}</p></aside><div class="share-bar share">'
            f"<p>Share this with all of your friends</p></div><p>{SECOND}</p>"
            '<div class="related"><h3>Related</h3><p>A story about something else entirely, elsewhere.</p></div></article>'
        ) == [LEAD, SECOND]

    def test_tweets_are_not_the_body(self):
        """The words of an embedded tweet are in the text and not in the body."""
        tweet = (
            '<blockquote class="twitter-tweet"><p>We are told the wall will hold, for now at least.</p>— Ada Holm (@adaholm) '
            '<a href="https://twitter.com/adaholm/status/1049027471233241088">October 7, 2018</a></blockquote>'
        )
        assert self.body(f"<article><p>{LEAD}</p>{tweet}<p>{SECOND}</p></article>") == [LEAD, SECOND]

    def test_nothing_there(self):
        """A page without text has no body, and no article is made up for it."""
        assert read_html(b"<html><script>1</script></html>").articles == ()


class TestQuotations:
    """Quotations of the body, at their exact place."""

    TWEET = (
        '<blockquote class="twitter-tweet"><p>They said “we will never pay for this” again.</p>— Ada Holm (@adaholm) '
        '<a href="https://twitter.com/adaholm/status/1049027471233241088">October 7, 2018</a></blockquote>'
    )

    def test_offsets(self):
        """Each quotation's offsets are those of its words in the canonical text; `<q>` quotes too."""
        speech = "“The wall is the town,” said mayor Ida Brandt. She called the plan <q>a promise we keep</q> on Tuesday."
        document = read_html(f"<article><p>{LEAD}</p>{self.TWEET}<p>{speech}</p></article>".encode())
        quotations = document.articles[0].quotations
        assert [q.exact for q in quotations] == ["The wall is the town,", "a promise we keep"]
        assert all(document.text[q.span] == q.exact for q in quotations)


class TestLimits:
    """No page takes quadratic time, and what is not read is said."""

    def test_too_large(self):
        """A page over the limit is not read, and the finding says how large it is."""
        limits = attrs.evolve(DEFAULT, html_bytes=100)
        document = read_html(b"<p>x" * 26, limits=limits)
        assert (document.articles, len(document.text)) == ((), 0)
        assert [(f.code, f.expected, f.actual) for f in document.findings] == [("html.too-large", 100, 104)]
        assert "html.too-large" not in codes(read_html(b"<p>x" * 25, limits=limits))

    def test_limits_reach_the_page_through_the_door(self):
        """The limits given to `read` are those by which a page is read."""
        document = read(b"<p>x" * 26, media_type="text/html", limits=attrs.evolve(DEFAULT, html_bytes=100))
        assert [f.code for f in document.findings] == ["html.too-large"]

    def test_deep_page_is_read_again(self):
        """Where the first parser loses text, the second finds it, and says so."""
        deep = (
            f"<p>{LEAD}</p>"
            + "<div>" * 3000
            + f"<p>{SECOND} 1 &lt; 2</p>"
            + "</div>" * 3000
            + "<p>The end of it.</p>"
        )
        document = read_html(deep.encode())
        assert document.text.characters == f"{LEAD}\n\n{SECOND} 1 < 2\n\nThe end of it."
        assert codes(document) == ["html.read-again"]

    def test_ordinary_depth_is_read_once(self):
        """Some hundred levels are no reason to read again."""
        document = read_html((f"<p>{LEAD}</p>" + "<div>" * 500 + "deep").encode())
        assert "deep" in document.text.characters
        assert codes(document) == []

    def test_too_deep(self):
        """Too deep and too large to be read again: the loss is said, and it ends at once."""
        document = read_html(("<p>kept</p>" + "<b>" * 300_000 + "lost").encode())
        assert "lost" not in document.text.characters
        assert codes(document) == ["html.too-deep"]

    def test_a_million_attributes(self):
        """A tag with very many attributes keeps its first ones, in linear time."""
        many = "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">kept</p>"
        document = read_html(many.encode())
        assert document.text.characters == "kept"
        assert codes(document) == ["html.attributes-dropped"]
        dom, _ = read_tree(many)
        assert len(next(dom.iter("p")).attrib) == ATTRIBUTES

    @pytest.mark.parametrize(
        "hiding",
        [
            "<p {}>kept</p>",
            "<p title='>' {}>kept</p>",
            '<p title="it\'s" {}>kept</p>',
            "<p a'=\"' > \" {}>kept</p>",
            "<script>'<p a=\"'</script><p {}>kept</p>",
            "<!-- <p a=' --><p {}>kept</p>",
        ],
    )
    def test_attributes_cannot_hide(self, hiding):
        """Quotes, scripts and comments before them do not hide many attributes."""
        thinned, cut = thin_attributes(hiding.format(" ".join(f"a{n}='>'" for n in range(3000))).encode())
        assert cut == 1
        assert b"kept" in thinned
        assert thinned.count(b"='>'") <= ATTRIBUTES

    def test_few_attributes_are_let_be(self):
        """A page with ordinary tags comes back as the same string."""
        markup = "<p title='a > b' class=x>text</p>" * 100
        assert thin_attributes(markup.encode()) == (markup.encode(), 0)

    @pytest.mark.parametrize(
        "markup",
        [
            "",
            "<",
            "<!--" * 50_000,
            "<a " * 50_000,
            "</x>" * 50_000,
            "&" * 50_000,
            "<![CDATA[" * 5_000,
            "<q>" * 5_000,
            "\0" * 100,
        ],
    )
    def test_broken_markup(self, markup):
        """Whatever comes, reading ends without an exception."""
        read_html(markup.encode())

    @given(st.binary(max_size=400))
    @settings(max_examples=150, deadline=None)
    def test_any_bytes(self, data):
        """Any bytes whatsoever are read without an exception, and the same way twice."""
        assert read_html(data) == read_html(data)

    def test_flatten_keeps_text_and_attributes(self):
        """The second reading keeps text, entities, scripts and attributes of the levels it keeps."""
        flat = flatten(
            '<p title="a&quot;b">x &lt; y<br>z<script>1 < 2</script><!-- gone --></p>' + "<i>" * 300 + "deep"
        )
        assert flat is not None
        assert flat.startswith('<p title="a&quot;b">x &lt; y<br>z<script>1 < 2</script></p><i>')
        assert "deep" in flat
        assert flat.count("<i>") == 200


PLACED = (
    """<!DOCTYPE html><!-- saved from url=(0043)https://www.ostermoor-herald.co.uk/2021/03/ --><html lang="en-GB"><head>
<title>Harbour wall to be repaired | Harbour Herald</title><link rel="canonical" href="https://www.ostermoor-herald.co.uk/2021/03/04/wall">
<meta property="og:site_name" content="Harbour Herald"><meta property="og:title" content="Harbour wall to be repaired">
<meta property="article:published_time" content="2021-03-04T10:00:00+00:00"><meta name="author" content="By Ida Brandt and Olaf Reuter">
<script type="application/ld+json">{"@graph": [{"@type": "Person", "@id": "#ida", "name": "Ida Brandt"},
{"@type": "NewsArticle", "headline": "Harbour wall to be repaired", "a/b~c": 1, "datePublished": "2021-03-04T10:00:00Z", "dateModified": "2021-03-05",
"author": [{"@id": "#ida"}, {"@type": "Person", "name": "Olaf Reuter"}], "publisher": {"@type": "Organization", "name": "Harbour Herald"},
"mainEntityOfPage": {"@id": "https://www.ostermoor-herald.co.uk/2021/03/04/wall"}, "articleSection": "Town"}]}</script></head>
<body><article><h1>Harbour  wall to be <i>repaired</i></h1><p>March 4, 2021</p><p>By Ida Brandt</p><time datetime="2021-03-04">4 March</time>
<div itemprop="articleBody"><p>OSTERMOOR (Reuters) - """
    + LEAD
    + "</p><p>"
    + SECOND
    + "</p></div></article></body></html>"
)


def resolved(evidence, dom, text: str, url: str):
    """Return what stands at a piece of evidence's place, letter for letter."""
    place = evidence.place
    if place.pointer is not None:
        scripts = [s for s in dom.root.iter("script") if s.get("type") == "application/ld+json"]
        value = json.loads(scripts[place.script].text)
        for escaped in place.pointer.split("/")[1:]:
            step = escaped.replace("~1", "/").replace("~0", "~")
            value = value[int(step)] if isinstance(value, list) else value[step]
        return value
    if place.component is not None:
        return evidence.raw if evidence.raw in url else None
    if place.xpath is None:
        return text[place.start : place.end]
    (node,) = dom.root.xpath(place.xpath)
    whole = (
        node.get(place.attribute)
        if place.attribute
        else ("".join(node.itertext()) if isinstance(node.tag, str) else node.text)
    )
    return whole if place.start is None else whole[place.start : place.end]


def test_every_place_resolves_to_its_raw_value():
    """All evidence of all fields can be looked up where it says it stands, and says there what it says it says."""
    url = "https://www.ostermoor-herald.co.uk/2021/03/04/wall"
    document = read_html(PLACED.encode(), url=url)
    dom, _ = read_tree(PLACED)
    article = document.articles[0]
    everything = [e for field in article.evidence.values() for e in field] + list(document.address.evidence)
    for name in article.evidence:
        everything += getattr(article.fields, name).conflicts
    assert {e.layer for e in everything} >= {
        Layer.JSON_LD, Layer.META, Layer.DOM, Layer.URL, Layer.MASTHEAD, Layer.DATELINE,
    }  # fmt: skip
    assert [
        (e.rule, e.raw) for e in everything if resolved(e, dom, document.text.characters, url) != e.raw
    ] == []


def test_a_whole_page():
    """The values of a page that gives them all, with the tiers that their agreement earns."""
    article = read_html(PLACED.encode(), url="https://www.ostermoor-herald.co.uk/2021/03/04/wall").articles[0]
    assert article.headline == "Harbour wall to be repaired"
    assert article.outlet is not None
    assert (article.outlet.name, article.outlet.domain) == (
        "Harbour Herald",
        "ostermoor-herald.co.uk",
    )
    assert article.authors == ("Ida Brandt", "Olaf Reuter")
    assert str(article.published) == "2021-03-04T10:00:00Z"
    assert str(article.modified) == "2021-03-05"
    assert article.original_url == "https://www.ostermoor-herald.co.uk/2021/03/04/wall"
    assert (article.language, article.section) == ("en-GB", "Town")
    assert article.agencies == ("Reuters",)
    assert article.dateline is not None
    assert article.dateline.place == "OSTERMOOR"
    tiers = {
        name: getattr(article.fields, name).tier
        for name in ("headline", "outlet", "published", "original_url")
    }
    assert tiers == dict.fromkeys(tiers, "A")
    assert re.sub(r"\s+", " ", article.fields.headline.evidence[0].raw) == "Harbour wall to be repaired"


def test_xpath_with_odd_names():
    """Elements whose names no XPath can say are counted among all elements."""
    dom = parse("<div><p>a</p><fb:like>b</fb:like><fb:like>c</fb:like></div>")
    second = next(node for node in dom.root.iter() if node.text == "c")
    assert etree.ElementTree(dom.root).xpath(dom.path(second)) == [second]
