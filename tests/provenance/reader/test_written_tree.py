"""The written tree: numbers of elements, odd names, and places of links, against the tree itself."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.reader.blocks import attributes_of, lay_out, unwritten
from provenance.reader.dom import parse, text_of
from provenance.reader.hosts import registrable_domain
from provenance.reader.prescan import ATTRIBUTES, thin_attributes
from provenance.reader.suffixes import registrable, rules

PARTS = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<div class=x>", "</div>", "<a href='/y?a=1&amp;b=2'>", "</a>", "word ", "ß", "<br>", "<time>",
            "</time>", "<p<q>", "</p<q>", "<i a\"b<c>", "</i>", "<script>if (a<b) {}</script>", "<!-- < -->", "&lt;", "<li>",
            "<svg><path d='M'/></svg>", "<pre> x ", "</pre>", "<span hidden>", "</span>", "\x01", "<fb:like>", "&nbsp;",
            "<p style='display:none'>",
        ]
    ),
    max_size=40,
)  # fmt: skip


@given(PARTS)
@settings(max_examples=200, deadline=None)
def test_start_tags_are_the_elements(parts):
    """The n-th start tag of the written tree is the n-th element; brackets stand nowhere else."""
    dom = parse("".join(parts))
    written = dom.markup.decode()
    assert written.count("<") == written.count(">")
    starts = [at for at, c in enumerate(written) if c == "<" and written[at + 1] != "/"]
    names = [written[at + 1 :].partition(">")[0].partition(" ")[0].removesuffix("/") for at in starts]
    assert names == [str(node.tag).replace("<", "_") for node in dom.nodes]


@given(PARTS)
@example(["<a href='/y?a=1&amp;b=2'>", "&nbsp;", "<br>"])
@settings(max_examples=200, deadline=None)
def test_blocks_and_links_lie_where_their_elements_do(parts):
    """A block is a part of its element's text, and a link's place holds the link's own words."""
    page = lay_out(parse("".join(parts)))
    squeezed = "".join
    for block in page.blocks:
        shown = squeezed(page.characters[block.start : block.end].split())
        inside = squeezed(text_of(page.node(block)).replace("\x01", "\ufffd").split())
        assert set(shown) <= set(inside)
        assert page.node(block).tag == block.tag or "<" in page.node(block).tag
    for number, (start, end) in page.inline.items():
        assert page.dom.nodes[number].tag in ("a", "time")
        assert 0 <= start <= end <= len(page.characters)
        assert page.characters[start:end] == page.characters[start:end].strip()


def test_link_places():
    """Each link's place is exactly its words."""
    page = lay_out(
        parse(
            "<p>See <a href=/a> the wall </a>, <a href=/b>the <b>harbour</b></a>.</p><p><a href=/c>All</a></p>"
        )
    )
    words = [page.characters[slice(*page.inline[number])] for number in sorted(page.inline)]
    assert words == ["the wall", "the harbour", "All"]
    assert [page.span_of(node) for node in page.dom.iter("a")] == [
        page.inline[n] for n in sorted(page.inline)
    ]


def test_attributes_are_read_back():
    """What a start tag says is what its element has."""
    dom = parse("""<p title='a "b" &lt; c &amp;amp; d' class="x y" data-n=1>t</p>""")
    (node,) = dom.iter("p")
    written = dom.markup.decode().partition("<p")[2].partition(">")[0]
    assert attributes_of(written) == dict(node.attrib)
    assert unwritten("a &amp;lt; b &lt; c") == "a &lt; b < c"


def test_tags_that_hold_a_word():
    """Words in names and values of start tags are found, once a tag; words in text, scripts and end tags are not."""
    dom = parse(
        "<p class=tweet id=tweet>tweet</p><script>'tweet'</script><b data-tweet-id=1>x</b><tweet>y</tweet>"
    )
    found = [dom.nodes[number].tag for number in dom.tags_holding("tweet")]
    assert found == ["p", "b", "tweet"]
    assert [(node.tag, name) for node, name, _ in dom.attributes_holding("tweet")] == [
        ("p", "class"),
        ("p", "id"),
        ("b", "data-tweet-id"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                " a=1",
                " b='>'",
                ' c="<"',
                " d",
                "/",
                "'",
                '"',
                "=",
                ">",
                "<p",
                "<script>",
                "</script>",
                "<!--",
                "-->",
            ]
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_few_attributes_are_never_cut(parts):
    """Whatever the markup, a page with fewer attributes than the limit comes back as it was."""
    markup = "<p" + "".join(parts)
    assert thin_attributes(markup.encode()) == (markup.encode(), 0)


def test_a_page_of_very_many_tags_keeps_its_text():
    """Some hundred thousand tags are read; the text is whole and the blocks are as many as the paragraphs."""
    page = lay_out(parse("<p>a<b>b</b>" * 60_000))
    assert len(page.blocks) == 60_000
    assert page.characters.startswith("ab\n\nab")


def test_attributes_over_the_limit_are_cut_wherever_they_stand():
    """A tag of too many attributes behind much that is ordinary is found."""
    many = " ".join(f"a{n}=1" for n in range(3 * ATTRIBUTES))
    thinned, cut = thin_attributes(
        ("<p class=x>text</p><script>a<b</script>" * 50 + f"<i {many}>kept</i>").encode()
    )
    assert cut == 1
    assert thinned.endswith(b">kept</i>")


class TestSuffixes:
    """Public Suffix List: rules, wildcards and exceptions (publicsuffix.org, "Formal algorithm")."""

    RULES = frozenset({"com", "uk", "co.uk", "*.kobe.jp", "!city.kobe.jp", "jp"})

    @pytest.mark.parametrize(
        ("host", "domain"),
        [
            ("example.com", "example.com"),
            ("www.example.com", "example.com"),
            ("com", None),
            ("a.b.example.co.uk", "example.co.uk"),
            ("co.uk", None),
            ("a.b.c.kobe.jp", "b.c.kobe.jp"),
            ("c.kobe.jp", None),
            ("www.city.kobe.jp", "city.kobe.jp"),
            ("example.nowhere", None),
        ],
    )
    def test_algorithm(self, host, domain):
        """The longest rule counts; an exception is registrable itself; what no rule knows is not."""
        assert registrable(host.split("."), self.RULES) == domain

    @pytest.mark.parametrize(
        "host",
        [
            "www.bbc.co.uk",
            "x.github.io",
            "a.city.kobe.jp",
            "b.ck",
            "www.ck",
            "tass.ru",
            "10.0.0.1",
            "localhost",
        ],
    )
    def test_as_the_library_says(self, host):
        """The answer is that of the library whose list it is."""
        import tldextract

        library = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
        assert rules() is not None
        assert registrable_domain(f"https://{host}/") == (
            library.extract_str(host).top_domain_under_public_suffix or None
        )


@pytest.mark.parametrize("blank", ["&nbsp;", "\u2003", " \u3000\n", "\x85"])
def test_white_space_of_any_script_begins_no_block(blank):
    """White space that ASCII does not have is dropped in front of a block's words, and makes no block of its own."""
    page = lay_out(parse(f"<div>{blank}<p>{blank}<b>wall</b></p>{blank}</div>"))
    assert page.characters == "wall"
