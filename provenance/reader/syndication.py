"""Notes that an article was published elsewhere first, in many languages: `This article was originally published on …`."""

from __future__ import annotations

import re

from archive import lazily

_PHRASES = (
    # English
    r"(?:this|the)\s(?:\w+\s)?(?:article|story|piece|post|essay|report|column|interview|text|analysis|op-ed|commentary)\s"
    r"(?:is\s|was\s|has\sbeen\s)?(?:first\s|originally\s|previously\s|initially\s)(?:published|appeared|posted|ran|printed)",
    r"(?:this|the)\s(?:\w+\s)?(?:article|story|piece|post|essay)\s(?:appeared|ran)\s(?:first|originally)",
    r"(?:first|originally|previously)\s(?:published|appeared|posted|printed)\s(?:\w+\s){0,4}?(?:on|at|in|by|with)\b",
    r"(?:this|the)\s(?:article|story|piece|post|essay)\s(?:is|was|has\sbeen)\s(?:re-?published|re-?posted|reprinted|cross-?posted)\s",
    r"(?:re-?published|reposted|reprinted|cross-?posted)\s(?:here\s)?(?:with\s(?:the\s)?permission\s)?from\b",
    r"read\sthe\soriginal\s(?:article|story|post|piece)",
    # German
    r"(?:dieser|der|dieses)\s(?:artikel|beitrag|text|interview|bericht|kommentar)\s(?:ist|erschien|wurde|war)\s(?:\w+\s){0,3}?"
    r"(?:zuerst|ursprünglich|zunächst|erstmals)",
    r"(?:zuerst|ursprünglich|erstmals)\s(?:erschienen|veröffentlicht|publiziert)\s(?:am\s[^,.]{3,20}\s)?(?:bei|auf|in|im|von)\b",
    # French
    r"(?:cet|l['’])\s?article\s(?:a\sété|est|était|fut)\s(?:initialement|d['’]abord|originellement|originalement)\s(?:publié|paru)",
    r"cet\sarticle\sest\s(?:republié|paru\spour\sla\spremière\sfois)",
    r"(?:initialement|d['’]abord|originellement)\s(?:publiée?|parue?)\s(?:sur|dans|par|chez)\b",
    # Spanish
    r"(?:este|esta|el|la)\s(?:artículo|texto|reportaje|nota|entrevista|columna)\s(?:fue|se|ha\ssido)\s(?:publicad[oa]\s|publicó\s)?"
    r"(?:originalmente|originariamente|inicialmente|por\sprimera\svez)",
    r"publicad[oa]\s(?:originalmente|originariamente|inicialmente|por\sprimera\svez)\s(?:en|por)\b",
    # Portuguese
    r"(?:este|esta|o|a)\s(?:artigo|texto|reportagem|matéria|entrevista)\sfoi\s(?:publicad[oa]\s(?:originalmente|inicialmente|primeiro)"
    r"|(?:originalmente|inicialmente)\spublicad[oa])",
    r"publicad[oa]\s(?:originalmente|inicialmente)\s(?:em|no|na|por|pel[oa])\b",
    # Italian
    r"(?:questo|l['’])\s?articolo\sè\s(?:stato\s|apparso\s|uscito\s)?(?:originariamente|inizialmente|originalmente|per\sla\sprima\svolta)",
    r"(?:pubblicato|apparso|uscito)\s(?:originariamente|inizialmente|originalmente|per\sla\sprima\svolta)\s(?:su|da|in|nel|sul)",
    # Dutch
    r"dit\s(?:artikel|verhaal|stuk|interview|bericht)\s(?:is|verscheen|werd)\s(?:eerder|oorspronkelijk|eerst)",
    r"(?:oorspronkelijk|eerder|eerst)\s(?:gepubliceerd|verschenen)\s(?:op|in|bij|door)\b",
    # Russian, Ukrainian
    r"(?:эта\s|этот\s|данная\s|данный\s)?(?:статья|материал|текст|интервью)\s(?:был[ао]?\s)?(?:впервые|первоначально|изначально)\s"
    r"(?:был[ао]?\s)?(?:опубликован|вышл?[аио]?|появил)",
    r"(?:впервые|первоначально|изначально)\s(?:был[ао]?\s)?опубликован[ао]?\s(?:на|в|во)\s",
    r"оригинал\s(?:статьи|материала|текста)",
    r"(?:вперше|спочатку|первісно)\s(?:бул[ао]\s)?опублікован[ао]\s(?:на|в|у)\s",
    r"оригінал\s(?:статті|матеріалу|тексту)",
    # Polish, Czech
    r"(?:ten\s)?(?:artykuł|tekst|wywiad)\s(?:ukazał\ssię|został|był)\s(?:po\sraz\spierwszy|pierwotnie|oryginalnie|najpierw)",
    r"pierwotnie\s(?:opublikowan[yoae]|ukazał\ssię)",
    r"(?:tento\s)?(?:článek|text|rozhovor)\s(?:byl|vyšel)\s(?:původně|poprvé|nejprve)",
    # Swedish, Danish, Norwegian, Finnish
    r"(?:den\shär\s)?(?:artikeln|texten|intervjun)\s(?:publicerades|var|är)\s(?:först|ursprungligen)",
    r"(?:artiklen|artikkelen|teksten|innlegget)\s(?:blev|ble|er|var)\s(?:først|oprindeligt|opprinnelig)",
    r"(?:artikkeli|juttu|kirjoitus)\son\s(?:alun\sperin|ensin|ensimmäisen\skerran)\sjulkaistu",
    # Turkish, Greek, Romanian, Hungarian
    r"bu\s(?:makale|yazı|haber|metin)[^.\n]{0,60}\silk\s(?:olarak|kez|defa)[^.\n]{0,60}\syayı[mn]lan",
    r"(?:το\sάρθρο|το\sκείμενο)\s(?:αυτό\s)?(?:πρωτο)?δημοσιεύ[τθ]ηκε\s(?:αρχικά|για\sπρώτη\sφορά|πρώτα)",
    r"(?:acest\s)?(?:articol|text)(?:ul)?\sa\s(?:fost\spublicat|apărut)\s(?:inițial|iniţial|prima\sdată|mai\sîntâi)",
    r"(?:a|az)\s(?:cikk|írás|interjú)\seredetileg",
    # Chinese, Japanese, Korean, Arabic, Persian, Hebrew, Hindi
    r"本文(?:首发|首發|原载|原載|最初发表|最初發表)[于於在]",
    r"この記事は[^。\n]{1,60}(?:に|で)(?:最初に)?(?:掲載|公開|初出)",
    r"이\s?(?:기사|글)[은는][^.\n]{1,60}(?:처음|최초)",
    r"(?:نُ?شر|نُ?شرت)\s(?:هذا|هذه)\s(?:المقال|المقالة|التقرير|المادة)\s(?:أولا|أولًا|أولاً|أصلا|أصلًا|لأول\sمرة|في\sالأصل)",
    r"این\s(?:مقاله|مطلب|گزارش)\s(?:نخستین\sبار|ابتدا|اولین\sبار)",
    r"(?:המאמר|הכתבה|הטור)\s(?:פורס(?:ם|מה)|התפרס(?:ם|מה))\s(?:לראשונה|במקור)",
    r"यह\s(?:लेख|रिपोर्ट|आलेख)\s(?:मूल\sरूप\sसे|पहली\sबार|सबसे\sपहले)",
)
NOTE = lazily.compile(rf"(?:{'|'.join(_PHRASES)})", re.IGNORECASE)
"""What says that the text was published somewhere else first."""

_STEMS = (
    "publi", "appear", "posted", "printed", "ran ", "original", "erschien", "veröffentlich", "paru", "pubblicat", "appars", "uscit",
    "gepubliceerd", "versche", "опубл", "появил", "вышл", "оригинал", "оригінал", "ukazał", "opubl", "został", "był", "byl", "vyšel",
    "bragt", "julkaistu", "yayı", "δημοσι", "apărut", "eredetileg", "本文", "この記事", "기사", "글", "شر", "این", "לראשונה",
    "במקור", "लेख", "रिपोर्ट",
)  # fmt: skip
"""What every note holds, one of them: most paragraphs need not be searched."""

LABEL = lazily.compile(
    r"original(?:artikel|beitrag|text|quelle)|zum original(?:artikel)?"
    r"|article original|lien (?:original|d['’]origine)|lire l['’]article original"
    r"|(?:artículo|texto|enlace|fuente|nota) original|publicado originalmente en"
    r"|(?:artigo|texto|matéria|link) original|publicado originalmente em"
    r"|articolo originale|(?:fonte|link) originale|origineel artikel|oorspronkelijk artikel"
    r"|оригинал(?: (?:статьи|материала|текста|публикации))?|ссылка на оригинал|оригінал(?: (?:статті|матеріалу|тексту))?"
    r"|oryginał(?: artykułu)?|původní článek|originalartikel(?:n|en)?|orijinal (?:makale|haber|yazı)"
    r"|原文(?:链接|連結|地址|网址|網址|出处|出處)?|元記事|原文記事|원문(?: (?:링크|보기))?|المصدر الأصلي|رابط المقال الأصلي"
    r"|(?:original(?:ly published)?|source|read the (?:original|full) (?:article|story|text|post)?|first published)"
    r"(?: (?:url|link|article|story|source|text|post|at|here|on)){0,3}",
    re.IGNORECASE,
)
"""What stands in front of an original's address."""


def read_note(characters: str, start: int, end: int) -> re.Match[str] | None:
    """Return the note in a paragraph of its own, or None: a note is short, and begins the paragraph or a sentence in it."""
    if end - start > 400:
        return None
    low = characters[start:end].lower()
    if not any(stem in low for stem in _STEMS):
        return None
    note = NOTE.search(characters, start, end)
    if note is None:
        return None
    before = characters[start : note.start()].strip(" ([*—–-_\t\n\"“'")
    return note if not before or before[-1] in ".!?:。" or len(before) <= 40 else None
