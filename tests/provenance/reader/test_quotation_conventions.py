"""Each convention of quotation marks in a text of our own: what is quoted, piece by piece."""

from __future__ import annotations

import re

import pytest

from provenance.reader.quotes import find_quotations

CONVENTIONS = {
    # English
    "curly doubles": ("en", "“The ferry sails at noon,” said Dana Orlov.", ["The ferry sails at noon,"]),
    "straight doubles": ("en", 'Orlov said: "The ferry sails at noon."', ["The ferry sails at noon."]),
    "two single marks for a double one": (
        "en",
        "''The ferry sails at noon,'' Orlov said.",
        ["The ferry sails at noon,"],
    ),
    "TeX marks": ("en", "``The ferry sails at noon,'' Orlov said.", ["The ferry sails at noon,"]),
    "curly singles": ("en", "‘The ferry sails at noon,’ said Dana Orlov.", ["The ferry sails at noon,"]),
    "straight singles": (
        "en",
        "Orlov said: 'The ferry sails at noon.' She left.",
        ["The ferry sails at noon."],
    ),
    "opened curly and closed straight": (
        "en",
        'Orlov said: “The ferry sails at noon."',
        ["The ferry sails at noon."],
    ),
    "possessives are no marks": (
        "en",
        "The drivers’ union and the boys’ school said “no” to Orlov’s plan.",
        ["no"],
    ),
    "contractions are no marks": (
        "en",
        "‘It won’t sail, and we can’t swim,’ said Orlov.",
        ["It won’t sail, and we can’t swim,"],
    ),
    "decades are no marks": (
        "en",
        "In the ’90s and the '80s the ferry sailed; “every hour,” said Orlov.",
        ["every hour,"],
    ),
    "words cut short are no marks": (
        "en",
        "’Twas late, and ’em ferries wait ’til noon. “Go,” said Orlov.",
        ["Go,"],
    ),
    "primes are no marks": ("en", "The mast is 6'3\" tall. “Too tall,” said Orlov.", ["Too tall,"]),
    "seconds and inches are no marks": (
        "en",
        'A 12" pipe burst, and a 14" one. Orlov said: "It was old."',
        ["It was old."],
    ),
    "single marks inside double ones": (
        "en",
        "“They told me, ‘Wait here,’ and left,” said Orlov.",
        ["They told me, ‘Wait here,’ and left,", "Wait here,"],
    ),
    "double marks inside single ones": (
        "en",
        "‘He told me: “Wait here.” So I did,’ said Orlov.",
        ["He told me: “Wait here.” So I did,", "Wait here."],
    ),
    "a word marked inside a quotation belongs to it": (
        "en",
        "“We saw the so-called ‘experts’ leave,” said Orlov.",
        ["We saw the so-called ‘experts’ leave,"],
    ),
    "interrupted inside a sentence": (
        "en",
        "“The ferry,” said Orlov, “sails at noon.”",
        ["The ferry, | sails at noon."],
    ),
    "interrupted between sentences": (
        "en",
        "“The ferry sails,” said Orlov. “It sails at noon.”",
        ["The ferry sails,", "It sails at noon."],
    ),
    "open at each paragraph": (
        "en",
        "Orlov said: “The ferry sails.\n\n“It sails at noon.\n\n“Be there.”",
        ["The ferry sails. | It sails at noon. | Be there."],
    ),
    "open at each paragraph, straight": (
        "en",
        'Orlov said: "The ferry sails.\n\n"It sails at noon."',
        ["The ferry sails. | It sails at noon."],
    ),
    "a paragraph that ends in a partial quotation closes it": (
        "en",
        "Orlov called the plan “a bad joke.”\n\n“It will sink,” she said.",
        ["a bad joke.", "It will sink,"],
    ),
    "a mark that is never closed ends with its paragraph": (
        "en",
        "Orlov said: “The ferry sails.\n\nThe town waits.",
        ["The ferry sails."],
    ),
    "a mark that was never opened is left": (
        "en",
        "The ferry sails,” said Orlov. “At noon,” she added.",
        ["At noon,"],
    ),
    "each paragraph of a transcript is another turn": (
        "en",
        '"ORLOV: The ferry sails.\n\n"BRANDT: It does not."',
        ["ORLOV: The ferry sails.", "BRANDT: It does not."],
    ),
    "an ellipsis inside": ("en", "“The ferry … sails at noon,” said Orlov.", ["The ferry … sails at noon,"]),
    "an ellipsis at the start": (
        "en",
        'Orlov said: ". . . it sails at noon." She left.',
        [". . . it sails at noon."],
    ),
    "brackets inside": ("en", "“[The ferry] sails at noon,” said Orlov.", ["[The ferry] sails at noon,"]),
    "sic inside": ("en", "“The fery [sic] sails at noon,” said Orlov.", ["The fery [sic] sails at noon,"]),
    "a censored word": ("en", "“What the **** is this?” said Orlov.", ["What the **** is this?"]),
    "a question inside the marks": ("en", "“Does it sail?” asked Orlov.", ["Does it sail?"]),
    "a comma outside the marks": ("en", "“The ferry sails”, said Orlov.", ["The ferry sails"]),
    "two partial quotations in a sentence": (
        "en",
        "Orlov called it “slow” and “costly.”",
        ["slow", "costly."],
    ),
    "an acronym with marks around": ("en", 'The "U.N." ferry sails, Orlov said.', ["U.N."]),
    "one word": ("en", "The “experts” left.", ["experts"]),
    "a no-break space at the marks": (
        "en",
        "Orlov said:\xa0“The ferry sails.”\xa0She left.",
        ["The ferry sails."],
    ),
    # other languages
    "German low and high": (
        "de",
        "„Die Fähre fährt um zwölf“, sagte Dana Orlov.",
        ["Die Fähre fährt um zwölf"],
    ),
    "German inside German": (
        "de",
        "„Er sagte: ‚Warte hier‘, und ging“, sagte Orlov.",
        ["Er sagte: ‚Warte hier‘, und ging", "Warte hier"],
    ),
    "German guillemets point inwards": (
        "de",
        "»Die Fähre fährt«, sagte Orlov. »Um zwölf.«",
        ["Die Fähre fährt", "Um zwölf."],
    ),
    "Swiss guillemets point outwards": ("de", "«Die Fähre fährt», sagte Orlov.", ["Die Fähre fährt"]),
    "French guillemets with spaces": (
        "fr",
        "« Le bac part à midi », a déclaré Dana Orlov.",
        ["Le bac part à midi"],
    ),
    "French marks inside guillemets": (
        "fr",
        "« On m’a dit : “Attendez ici.” », a déclaré Orlov.",
        ["On m’a dit : “Attendez ici.”", "Attendez ici."],
    ),
    "Spanish guillemets": (
        "es",
        "«El barco sale a mediodía», dijo Dana Orlov.",
        ["El barco sale a mediodía"],
    ),
    "Spanish curly marks": (
        "es",
        "“El barco sale a mediodía”, dijo Dana Orlov.",
        ["El barco sale a mediodía"],
    ),
    "Spanish dialogue": (
        "es",
        "—El barco sale —dijo Orlov—. Sale a mediodía.",
        ["El barco sale | Sale a mediodía."],
    ),
    "Italian": ("it", "«Il traghetto parte», ha detto Dana Orlov.", ["Il traghetto parte"]),
    "Portuguese": ("pt", "“A balsa sai ao meio-dia”, disse Dana Orlov.", ["A balsa sai ao meio-dia"]),
    "Russian guillemets": (
        "ru",
        "«Паром уходит в полдень», — сказала Дана Орлова.",
        ["Паром уходит в полдень"],
    ),
    "Russian dialogue": (
        "ru",
        "— Паром уходит, — сказала Орлова. — Он уходит в полдень.",
        ["Паром уходит | Он уходит в полдень."],
    ),
    "Russian low marks inside guillemets": (
        "ru",
        "«Газета „Заря“ пишет правду», — сказала Орлова.",
        ["Газета „Заря“ пишет правду"],
    ),
    "Polish": ("pl", "„Prom odpływa w południe” – powiedziała Dana Orlov.", ["Prom odpływa w południe"]),
    "Hungarian": ("hu", "„A komp délben indul” – mondta Orlov.", ["A komp délben indul"]),
    "Romanian": ("ro", "„Feribotul pleacă la prânz”, a spus Orlov.", ["Feribotul pleacă la prânz"]),
    "Czech": ("cs", "„Přívoz odjíždí v poledne,“ řekla Orlov.", ["Přívoz odjíždí v poledne,"]),
    "Icelandic": ("is", "„Ferjan fer á hádegi,“ sagði Orlov.", ["Ferjan fer á hádegi,"]),
    "Lithuanian": ("lt", "„Keltas išplaukia vidurdienį“, – sakė Orlov.", ["Keltas išplaukia vidurdienį"]),
    "Swedish, alike on both sides": (
        "sv",
        "”Färjan går klockan tolv”, säger Dana Orlov. ”Var där.”",
        ["Färjan går klockan tolv", "Var där."],
    ),
    "Finnish guillemets, alike on both sides": (
        "fi",
        "»Lautta lähtee puoliltapäivin», sanoi Orlov. »Tule.»",
        ["Lautta lähtee puoliltapäivin", "Tule."],
    ),
    "Danish guillemets point inwards": (
        "da",
        "»Færgen sejler klokken tolv«, siger Orlov.",
        ["Færgen sejler klokken tolv"],
    ),
    "Dutch": (
        "nl",
        "‘De veerboot vertrekt om twaalf uur’, zei Dana Orlov.",
        ["De veerboot vertrekt om twaalf uur"],
    ),
    "Ukrainian": ("uk", "«Пором іде опівдні», — сказала Орлова.", ["Пором іде опівдні"]),
    "Greek": ("el", "«Το πλοίο φεύγει το μεσημέρι», είπε η Ορλόβα.", ["Το πλοίο φεύγει το μεσημέρι"]),
    "Turkish": ("tr", "“Vapur öğlen kalkıyor” dedi Orlov.", ["Vapur öğlen kalkıyor"]),
    "Japanese corners": ("ja", "オルロフ氏は「船は正午に出る」と述べた。", ["船は正午に出る"]),
    "Chinese": ("zh", "奥尔洛夫说：“渡轮中午开船。”", ["渡轮中午开船。"]),
    "Chinese corners": ("zh", "奧爾洛夫說：「渡輪中午開船。」", ["渡輪中午開船。"]),
    "Korean": ("ko", "오를로프는 “배는 정오에 떠난다”고 말했다.", ["배는 정오에 떠난다"]),
    "Arabic guillemets": ("ar", "قالت أورلوف: «تغادر العبارة ظهرا».", ["تغادر العبارة ظهرا"]),
}


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the places of the lines."""
    return [found.span() for found in re.finditer(r"[^\n]+", text)]


def quoted(text: str, language: str | None) -> list[str]:
    """Return the pieces of every quotation, joined by a bar."""
    found = find_quotations(text, paragraphs_of(text), language=language)
    return [" | ".join(text[start:end] for start, end in quotation.segments) for quotation in found]


@pytest.mark.parametrize("name", CONVENTIONS)
def test_a_convention_is_read(name):
    """What stands between the marks, and nothing else, is quoted."""
    language, text, expected = CONVENTIONS[name]
    assert quoted(text, language) == expected


@pytest.mark.parametrize(
    "name",
    [
        "curly doubles",
        "German low and high",
        "German guillemets point inwards",
        "French guillemets with spaces",
        "Polish",
        "Japanese corners",
        "Swedish, alike on both sides",
        "Finnish guillemets, alike on both sides",
        "Russian guillemets",
    ],
)
def test_the_document_s_own_marks_decide(name):
    """Where the language is not known, the marks of the document are enough."""
    _, text, expected = CONVENTIONS[name]
    assert quoted(text, None) == expected


def test_a_list_is_no_dialogue():
    """Points behind dashes, with nobody said to speak, are no quotations."""
    assert quoted("— отмена налога;\n— новый паром;\n— ремонт моста.", "ru") == []


def test_dashes_are_no_dialogue_in_english():
    """A paragraph that begins with a dash quotes nobody where dialogue is not written so."""
    assert quoted("— The ferry sails, said Orlov — at noon.", "en") == []


def test_what_was_repaired_is_noted():
    """A quotation that no mark closes says so, and one over several paragraphs says that too."""
    text = "Orlov said: “The ferry sails.\n\nThe town waits."
    assert find_quotations(text, paragraphs_of(text))[0].notes == ("unclosed",)
    text = "Orlov said: “The ferry sails.\n\n“At noon.”"
    assert find_quotations(text, paragraphs_of(text))[0].notes == ("paragraph-open",)


def test_a_nested_quotation_names_the_one_around_it():
    """A quotation inside another is an object of its own, with its own speaker."""
    text = "“Brandt told me, ‘Wait here,’ and left,” said Dana Orlov."
    outer, inner = find_quotations(text, paragraphs_of(text))
    assert (outer.nested_in, inner.nested_in) == (None, 0)
    assert outer.speaker is not None
    assert outer.speaker.name == "Dana Orlov"
    assert inner.speaker is not None
    assert inner.speaker.name == "Brandt"
