"""Walls are told, and taken for no article; articles that speak of walls, or stand behind a banner, are read as ever."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.article import Document
from provenance.reader import read
from provenance.reader.identity import fold
from provenance.reader.wall_signs import ALL, Kind
from provenance.reader.walls import LONGEST

URL = "https://echo.example/2024/03/04/harbour-wall"
PROSE = (
    "The harbour wall of Ostermoor gave way in the night to Monday, and the council met at six in the morning to vote on the money "
    "for a new one. “We shall build it up again,” said Ada Holm, who has sat in the council since the last flood."
)
MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{n}'>Section number {n}</a></li>" for n in range(20))
    + "</ul></nav>"
)


def page(body: str, *, title: str = "", head: str = "", lang: str = "en", marks: str = "") -> bytes:
    """Return a page."""
    told = f"<title>{title}</title>" if title else ""
    return f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'>{told}{head}</head><body {marks}>{body}</body></html>".encode()


def said(document: Document) -> list[str]:
    """Return the messages of the findings that call a page a wall."""
    return [finding.message for finding in document.findings if finding.code == "page.wall"]


ROBOT, NONE, AGREE = Kind.ROBOT_CHECK, Kind.NOT_FOUND, Kind.CONSENT
WALLS: dict[str, tuple[Kind, bytes]] = {
    "managed challenge": (
        ROBOT,
        page(
            "<div class='main-wrapper'><noscript><span id='challenge-error-text'>Enable JavaScript and cookies to continue</span></noscript></div>"
            "<script>window._cf_chl_opt={cType:'managed'};</script>",
            title="Just a moment...",
        ),
    ),
    "challenge in German": (
        ROBOT,
        page(
            "<h1>echo.example</h1><h2>Bestätigen Sie, dass Sie ein Mensch sind.</h2><p>echo.example muss die Sicherheit Ihrer Verbindung überprüfen.</p>",
            title="Nur einen Moment…",
            lang="de",
        ),
    ),
    "challenge in Spanish": (
        ROBOT,
        page(
            "<h1>echo.example</h1><p>Verifique que es un ser humano completando la siguiente acción.</p>",
            title="Un momento…",
            lang="es",
        ),
    ),
    "refusal at the edge": (
        ROBOT,
        page(
            '<h1>Access Denied</h1>You don\'t have permission to access "http&#58;//echo.example/wall" on this server.<p>Reference #18.5f2c</p>',
            title="Access Denied",
        ),
    ),
    "blocked": (
        ROBOT,
        page(
            "<h1>Sorry, you have been blocked</h1><h2>You are unable to access echo.example</h2><h2>Why have I been blocked?</h2>"
            "<p>This website is using a security service to protect itself from online attacks. The action you just performed triggered "
            "the security solution.</p><p>Ray ID: 80f0</p>",
            title="Attention Required! | Guard",
        ),
    ),
    "only a script": (
        ROBOT,
        page(
            "<p id='cmsg'>…</p><script src='https://ct.captcha-delivery.com/c.js'></script>",
            title="echo.example",
        ),
    ),
    "a title and a widget": (ROBOT, page("<div class='widget'></div>", title="Just a moment...")),
    "a search engine's refusal": (
        ROBOT,
        page(
            "<p>About this page</p><p>Our systems have detected unusual traffic from your computer network. Show that you are no machine.</p>"
            "<p>This page is shown when many requests coming from your computer network look alike, against the terms of the service. The block ends "
            "when they do; until then, solve the riddle above.</p><form action='/sorry/index'></form>",
            title="https://search.example/q?harbour+wall+of+ostermoor",
        ),
    ),
    "no title at all": (
        ROBOT,
        page(
            "<iframe src='/_Incapsula_Resource?SWJIYLWA=719d'>Request unsuccessful. Incapsula incident ID: 1-2</iframe>"
        ),
    ),
    "firewall": (
        ROBOT,
        page(
            "The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 55"
        ),
    ),
    "press and hold": (
        ROBOT,
        page(
            "<div id='px-captcha'></div><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1>",
            title="Access to this page has been denied.",
        ),
    ),
    "robot check in Russian": (
        ROBOT,
        page(
            "<h1>Подтвердите, что запросы отправляли вы, а не робот</h1><p>Нам очень жаль, но запросы с вашего устройства похожи на автоматические.</p>",
            title="Вы не робот?",
            lang="ru",
        ),
    ),
    "browser check in Chinese": (
        ROBOT,
        page(
            "<h1>请稍候…</h1><p>正在验证您是否是真人。这可能需要几秒钟时间。</p>", title="请稍候…", lang="zh"
        ),
    ),
    "nothing but a status": (
        NONE,
        page("<center><h1>404 Not Found</h1></center><hr><center>server</center>", title="404 Not Found"),
    ),
    "soft 404 with a menu": (
        NONE,
        page(
            MENU
            + "<main><h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location.</p></main>",
            title="Page not found – The Ostermoor Echo",
            marks="class='error404 wide'",
        ),
    ),
    "soft 404 in German": (
        NONE,
        page(
            MENU + "<h1>Seite nicht gefunden</h1><p>Die von Ihnen gesuchte Seite gibt es nicht (mehr).</p>",
            title="Echo | Ostermoor",
            lang="de",
        ),
    ),
    "soft 404 in French": (
        NONE,
        page(
            MENU + "<h1>Page introuvable</h1><p>La page que vous recherchez n’existe plus.</p>",
            title="Page introuvable - L’Écho",
            lang="fr",
        ),
    ),
    "soft 404 in Polish": (
        NONE,
        page(
            "<h1>Nie znaleziono strony</h1><p>Strona, której szukasz, nie istnieje.</p>",
            title="Błąd 404",
            lang="pl",
        ),
    ),
    "soft 404 in Japanese": (
        NONE,
        page(
            "<h1>ページが見つかりません</h1><p>お探しのページは移動または削除された可能性があります。</p>",
            title="ページが見つかりません | エコー",
            lang="ja",
        ),
    ),
    "consent before a search": (
        AGREE,
        page(
            "<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services, to track outages and to protect against spam, "
            "fraud and abuse, and to measure how people use them.</p><p>If you choose to “Accept all”, we will also use cookies and data to "
            "develop new services and to show personalised ads, depending on your settings.</p><button>Reject all</button><button>Accept all</button>",
            title="Before you continue",
        ),
    ),
    "consent or pay in German": (
        AGREE,
        page(
            "<h1>Weiterlesen mit Werbung</h1><p>Besuchen Sie uns wie gewohnt mit Werbung und üblichem Tracking. Ihre Zustimmung können Sie jederzeit im "
            "Datenschutz-Center widerrufen.</p><p>Wir und unsere Partner speichern Informationen auf Ihrem Gerät, etwa durch Cookies, und verarbeiten "
            "personenbezogene Daten für personalisierte Anzeigen.</p><button>Akzeptieren und weiter</button>",
            title="Echo",
            lang="de",
        ),
    ),
    "consent in Dutch": (
        AGREE,
        page(
            "<h1>Jouw privacy is belangrijk</h1><p>Wij en onze partners gebruiken cookies en vragen je toestemming.</p><button>Alles accepteren</button>",
            title="Privacy Gate",
            lang="nl",
        ),
    ),
    "login": (
        Kind.LOGIN,
        page(
            "<h1>Log in</h1><form><input type='text'><input type='password'></form><a href='/p'>Forgot your password?</a>",
            title="Log in | Echo",
        ),
    ),
    "login in Italian": (
        Kind.LOGIN,
        page(
            "<form><input type=email><input type=password><a href='/p'>Password dimenticata?</a></form>",
            title="Accedi - Eco",
            lang="it",
        ),
    ),
    "subscriptions": (
        Kind.PAYWALL,
        page(
            MENU
            + "<h1>Subscribe to read</h1><h2>Standard</h2><p>Access to the journalism of the Echo on any device. Cancel anytime during your trial.</p>"
            "<p>Already a subscriber? Log in.</p>",
            title="Subscribe to read | The Echo",
        ),
    ),
    "subscriptions in Portuguese": (
        Kind.PAYWALL,
        page(
            "<h1>Conteúdo exclusivo para assinantes</h1><p>Já é assinante? Entre.</p>",
            title="Eco",
            lang="pt",
        ),
    ),
    "nothing without scripts": (
        Kind.SCRIPT,
        page(
            "<noscript><h1>JavaScript is not available.</h1><p>We’ve detected that JavaScript is disabled in this browser.</p></noscript>"
            "<div><span>Something went wrong, but don’t fret — let’s give it another shot.</span></div>",
            title="Chirps",
        ),
    ),
}


def body(*paragraphs: str) -> str:
    """Return an article without structured data."""
    return "<article>" + "".join(f"<p>{text}</p>" for text in paragraphs) + "</article>"


BANNER = (
    "<div class='layer'><h2>We value your privacy</h2><p>We and our partners store and/or access information on a device, such as cookies.</p>"
    "<button>Accept all</button><button>Reject all</button></div>"
)
STAMP = "<meta property='article:published_time' content='2024-03-04T09:00:00Z'>"
ARTICLES: dict[str, bytes] = {
    "about captchas": page(
        "<h1>Are you a robot?</h1>"
        + body(
            "“Verify you are human by completing the action below”: every reader of the Echo knows the words, and few know what they cost. "
            + PROSE,
            "Since Monday the guard of the site asks everybody, with “Please complete the CAPTCHA”, before it shows a page. "
            + PROSE,
            PROSE,
        ),
        title="Are you a robot?",
    ),
    "about a page not found": page(
        "<h1>Page not found</h1>"
        + body(
            f"Of the pages to which the courts’ rulings refer, every third is gone. {PROSE}",
            f"“The page you are looking for does not exist”, it says in their place. {PROSE}",
            PROSE,
            PROSE,
        ),
        title="Page not found",
    ),
    "a short brief": page(
        "<h1>Access denied</h1><p>The port of Ostermoor has closed the gate to the old wall. Only the pilots may pass until Friday.</p>",
        title="Access denied",
    ),
    "a brief of one moment": page(
        "<h1>Just a moment</h1><p>A short film about the harbour opens on Friday.</p>", title="Just a moment"
    ),
    "a cookie banner on top of a brief": page(
        BANNER
        + "<h1>Wall falls</h1><p>The harbour wall of Ostermoor fell in the night. Nobody was hurt.</p>",
        title="Wall falls",
    ),
    "a banner with the only main heading": page(
        BANNER.replace("h2", "h1")
        + body("The harbour wall of Ostermoor fell in the night. Nobody was hurt."),
        title="Harbour wall of Ostermoor falls in the night | Echo",
    ),
    "a cookie banner on top of an article": page(
        BANNER + "<h1>Harbour wall falls</h1>" + body(PROSE, PROSE), title="Harbour wall falls"
    ),
    "a recipe below a banner": page(
        BANNER
        + "<h1>Cookies</h1><p>For forty cookies take a pound of flour, and leave the dough to rest.</p>",
        title="Cookies",
    ),
    "an article about consent below a banner": page(
        BANNER
        + "<h1>We value your privacy</h1>"
        + body(
            *(f"The port asks for consent, and keeps the data for its partners. {PROSE}" for _ in range(12))
        ),
        title="We value your privacy",
    ),
    "an article about subscribers": page(
        "<h1>Subscribers only</h1>"
        + body(
            *(
                f"Only who subscribes may sit in the first row, to read this article in the Echo. {PROSE}"
                for _ in range(4)
            )
        ),
        title="Subscribers only",
    ),
    "a long title": page(
        "<h3>Security check</h3><p>Please complete the captcha to comment.</p>",
        title="Harbour wall of Ostermoor falls in the night to Monday, and the council votes for a new one which the port asked for | Echo",
    ),
    "a paywall notice behind a full text": page(
        "<h1>Harbour wall falls</h1>"
        + body(PROSE, PROSE, PROSE)
        + "<h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in.</p>",
        title="Echo",
    ),
    "a teaser before a paywall": page(
        "<h1>Harbour wall falls</h1><p>The harbour wall of Ostermoor fell in the night.</p><h2>Subscribe to read this article</h2><p>Already a subscriber?</p>",
        title="Harbour wall falls | Echo",
    ),
    "a brief with a login form": page(
        "<form><h3>Log in</h3><input type='password'><a href='/p'>Forgot your password?</a></form><h1>Wall falls</h1><p>Nobody was hurt.</p>",
        title="Wall falls | Echo",
    ),
    "a brief with a captcha below": page(
        "<h1>Wall falls</h1><p>The harbour wall fell in the night.</p><form><h3>Security check</h3><p>Please complete the captcha to comment.</p></form>",
        title="Echo",
    ),
    "a brief that asks for scripts to comment": page(
        "<p>The harbour wall fell in the night.</p><noscript>Please enable JavaScript to view the comments.</noscript>",
        title="Echo",
    ),
    "an app with its headline in its head": page(
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>",
        title="Harbour wall of Ostermoor falls in the night",
    ),
    "a guarded site's article": page(
        "<h1>Wall falls</h1><p>Nobody was hurt.</p><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        title="Wall falls",
    ),
    "a marker of a wall in an article's script": page(
        "<h1>Wall falls</h1><p>The harbour wall fell in the night. Nobody was hurt.</p><script>var a='captcha-delivery.com'</script>",
        title="Wall falls",
    ),
    "a head that dates its article": page(
        "<h1>Page not found</h1><p>The page you are looking for is the last play of Ada Holm.</p>",
        title="Page not found",
        head=STAMP,
    ),
    "a list beside an article says nothing was found": page(
        "<h1>Wall falls</h1><p>Nobody was hurt.</p><aside><h3>Nothing found</h3><p>It looks like nothing was found at this location.</p></aside>",
        title="Wall falls | Echo",
    ),
    "an article about logins in German": page(
        "<h1>Anmelden</h1>"
        + body(
            "Wer im Hafen von Ostermoor anlegen will, muss sich künftig zwei Tage vorher anmelden, hat der Rat am Montag nach langer Debatte "
            "mit neun zu vier Stimmen beschlossen. „Wir wissen sonst nicht, wer kommt“, sagte Ada Holm.",
        ),
        title="Anmelden",
        lang="de",
    ),
}


@pytest.mark.parametrize("name", WALLS)
def test_walls_are_told(name: str) -> None:
    """A wall is told, in whatever language, with its kind."""
    kind, data = WALLS[name]
    assert said(read(data, url=URL, name="x.html")) == [f"{kind} stands in place of an article"]


@pytest.mark.parametrize("name", WALLS)
def test_walls_give_no_values(name: str) -> None:
    """What a wall says of itself is nobody's headline and nobody's words; its text stays."""
    document = read(WALLS[name][1], url=URL, name="x.html")
    assert document.articles == ()
    assert document.text.characters or b"<p>" not in WALLS[name][1]


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_are_no_walls(name: str) -> None:
    """An article that speaks of walls, is short, or has a banner, a form or a notice beside it is read as an article."""
    document = read(ARTICLES[name], url=URL, name="x.html")
    assert said(document) == []
    assert len(document.articles) == 1


def test_the_sign_is_shown() -> None:
    """The finding says by what the wall was told."""
    (finding,) = (f for f in read(WALLS["refusal at the edge"][1], name="x.html").findings)
    assert finding.actual == "access denied: you don t have permission to access"


@pytest.mark.parametrize("sign", ["title", "phrase", "marker"])
def test_one_sign_is_not_enough(sign: str) -> None:
    """The title of a wall, one of its sentences, or the name of its script alone, beside a short text, is no wall."""
    title = "Access denied" if sign == "title" else "Wall falls"
    phrase = "<p>You don't have permission to access</p>" if sign == "phrase" else ""
    marker = "<script>'errors.edgesuite.net'</script>" if sign == "marker" else ""
    data = page(f"<h1>{title}</h1><p>The harbour wall fell in the night.</p>{phrase}{marker}", title=title)
    assert said(read(data, name="x.html")) == []


@pytest.mark.parametrize("paragraphs", [0, 3])
def test_prose_makes_an_article(paragraphs: int) -> None:
    """With paragraphs of prose on it a page is an article, whatever its title and sentences say."""
    data = page(
        "<h1>Access denied</h1><p>You don't have permission to access this.</p>"
        + f"<p>{PROSE}</p>" * paragraphs,
        title="Access denied",
    )
    assert len(said(read(data, name="x.html"))) == (0 if paragraphs else 1)


@pytest.mark.parametrize(("links", "walls"), [(20, 1), (600, 0)])
def test_long_pages_are_not_asked(links: int, walls: int) -> None:
    """A notice with a site's menu is a wall; a page that shows more than any wall does is not asked."""
    menu = "".join(f"<li><a href='/{n}'>Section number {n}</a></li>" for n in range(links))
    data = page(
        f"<ul>{menu}</ul><h1>Page not found</h1><p>The page you requested is not here.</p>",
        title="Page not found",
    )
    document = read(data, name="x.html")
    assert (len(document.text) > LONGEST) is (walls == 0)
    assert len(said(document)) == walls


def test_signs_are_folded() -> None:
    """Every name and phrase stands in the table as pages are folded: otherwise it could never be found."""
    for signs in ALL:
        for words in (*signs.names, *signs.phrases, *signs.topics):
            assert fold(words) == words, (signs.kind, words)


@given(st.sampled_from(sorted(ARTICLES)), st.sampled_from(sorted({n for signs in ALL for n in signs.names})))
def test_a_name_in_the_prose_is_no_wall(article: str, name: str) -> None:
    """No article becomes a wall by a paragraph that says what walls are called."""
    data = ARTICLES[article].replace(b"</body>", f"<p>{name}</p></body>".encode())
    assert said(read(data, name="x.html")) == []


def _gold_pages(gold: Path) -> Iterator[tuple[str, bytes]]:
    for folder in ("pages", "tweets"):
        for path in sorted((gold / folder).glob("*.html.gz")):
            yield path.name, gzip.decompress(path.read_bytes())


def test_no_gold_page_is_a_wall(gold: Path) -> None:
    """None of the annotated pages, all of which hold an article, is taken for a wall."""
    assert [name for name, data in _gold_pages(gold) if said(read(data, name="x.html"))] == []
