"""Who wrote a page, by the elements, links and lines that name them."""

from __future__ import annotations

import pytest

from provenance.reader.byline_names import bylined, bylined_line, is_handle, is_proper, names_of, turned
from provenance.reader.html import read_html

STORY = (
    "<p>The council of Ostermoor voted on Tuesday to repair the old harbour wall before the storms arrive.</p>"
    * 4
)


def authors_of(head: str, below: str = "", above: str = "") -> tuple[str, ...] | None:
    """Return the authors of a made page with this head, these elements above and below its headline."""
    markup = f"<html><head>{head}</head><body><main>{above}<h1>Harbour wall repaired</h1>{below}{STORY}</main></body></html>"
    (article,) = read_html(markup.encode()).articles
    return article.authors


class TestElements:
    """An element that says by class, rel, itemprop or link that an author's name stands in it."""

    @pytest.mark.parametrize(
        "byline",
        [
            '<span class="author-name">Ida Brandt</span>',
            '<div class="entry-meta"><span class="author vcard"><a class="url fn n" href="/x">Ida Brandt</a></span></div>',
            '<div class="byline">By <a href="/about/ida">Ida Brandt</a></div>',
            '<a rel="author" href="/ida">Ida Brandt</a>',
            '<a class="u" href="/author/ida-brandt/">Ida Brandt</a><!-- author in the address -->',
            '<span itemprop="author"><span itemprop="name">Ida Brandt</span></span>',
            '<div class="PostAuthor">Ida Brandt</div>',
            '<p class="byline">Ida Brandt<br>March 4, 2021</p>',
            '<div class="post-author"><span>Ida Brandt</span><span>Deputy Editor</span></div>',
            "<p>By Ida Brandt</p>",
            "<p>Written by Ida Brandt</p>",
            "<div>Words: Ida Brandt</div>".replace("Words:", "Words by"),
        ],
    )
    def test_forms(self, byline):
        """Each form gives the name, and nothing of what stands around it."""
        assert authors_of("", byline) == ("Ida Brandt",)

    def test_several_with_an_and(self):
        """Names in elements of their own belong together where only an `and` or a comma divides them."""
        two = ("Ida Brandt", "Olaf Reuter")
        byline = "By " + " and ".join(f"<a rel=author href=/a>{name}</a>" for name in two)
        assert authors_of("", byline) == ("Ida Brandt", "Olaf Reuter")

    def test_two_bylines_are_not_joined(self):
        """A second name further on, with words between, is somebody else's."""
        byline = '<a rel="author" href="/a">Ida Brandt</a><p>More from our desk</p><a rel="author" href="/b">Olaf Reuter</a>'
        assert authors_of("", byline) == ("Ida Brandt",)

    @pytest.mark.parametrize(
        "junk",
        [
            '<span class="author">admin</span>',
            '<span class="author-name">View all posts</span>',
            '<div class="byline">5 min read</div>',
            '<span class="author-name">Follow</span>',
            '<p class="byline">Reviewed by Olaf Reuter</p>',
            '<p class="byline">Photo by Olaf Reuter</p>',
            '<span class="author-bio">Olaf Reuter</span>',
            '<p class="author">March 4, 2021</p>',
            '<span class="author-name" hidden>Olaf Reuter</span>',
            "<p>By the harbour stood a wall.</p>",
        ],
    )
    def test_junk_is_nobody(self, junk):
        """What is no author's name gives none."""
        assert authors_of("", junk) is None

    def test_comments_are_not_bylines(self):
        """Who commented below the article did not write it."""
        comments = (
            '<div class="comments">'
            + '<span class="author-name">Olaf Reuter</span><p>Well said.</p>' * 30
            + "</div>"
        )
        markup = f"<body><main><h1>Wall</h1>{STORY}</main>{comments}</body>"
        (article,) = read_html(markup.encode()).articles
        assert article.authors is None


class TestDecision:
    """Metadata, print, and who of them counts."""

    def test_a_person_outranks_a_user_name(self):
        """A name to sign in with counts only where no other is given."""
        meta = '<meta name="author" content="ibrandt7">'
        assert authors_of(meta, '<span class="author-name">Ida Brandt</span>') == ("Ida Brandt",)
        assert authors_of(meta) == ("ibrandt7",)

    def test_metadata_is_whole(self):
        """A printed line that names one of several is no contradiction, and the whole list counts."""
        meta = '<meta name="author" content="Ida Brandt, Olaf Reuter">'
        assert authors_of(meta, "<p>By Ida Brandt</p>") == ("Ida Brandt", "Olaf Reuter")

    def test_the_house_is_no_person(self):
        """The outlet's own name in metadata is no author."""
        meta = '<meta property="og:site_name" content="Harbour Herald"><meta name="author" content="Harbour Herald">'
        assert authors_of(meta) is None

    def test_indexed_names_are_turned(self):
        """Libraries write the family name first."""
        assert authors_of('<meta name="citation_author" content="Brandt, Ida">') == ("Ida Brandt",)


class TestNames:
    """The words of a byline."""

    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("By Ida Brandt", ("Ida Brandt",)),
            ("Ida Brandt, MD", ("Ida Brandt, MD",)),
            ("Ida Brandt and Olaf Reuter", ("Ida Brandt", "Olaf Reuter")),
            ("Ida Brandt, Senior Reporter", ("Ida Brandt",)),
            ("Ida Brandt - Harbour Team", ("Ida Brandt",)),
            ("https://example.org/ida", None),
            ("admin", None),
            ("", None),
        ],
    )
    def test_metadata(self, raw, names):
        """Offices and houses behind a name are cut off; addresses and roles are nobody."""
        assert names_of(raw) == names

    def test_first_line_with_a_name_counts(self):
        """Dates before it and offices after it do not."""
        assert bylined("March 4, 2021 \n Ida Brandt \n Harbour Correspondent", strict=True) == ("Ida Brandt",)

    def test_strictness(self):
        """A single word is a name only in an element that holds nothing else."""
        assert (bylined("ida", strict=True), bylined("ida", strict=False)) == ((), ("ida",))

    def test_a_sentence_is_no_byline(self):
        """`By` begins sentences too."""
        assert bylined_line("By Monday the wall was gone.") == ()
        assert bylined_line("Interview by Ida Brandt") == ("Ida Brandt",)

    def test_kinds(self):
        """Proper names, user names, and names that indexes turned."""
        assert is_proper("Ida van der Brandt")
        assert not is_proper("the harbour wall")
        assert is_handle("ida.brandt")
        assert not is_handle("Ida Brandt")
        assert (turned("Brandt, Ida"), turned("Ida Brandt")) == ("Ida Brandt", "Ida Brandt")
