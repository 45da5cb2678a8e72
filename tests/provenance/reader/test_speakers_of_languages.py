"""Who is said to speak in six languages beside English: ten sentences each, the speakers worked out by hand."""

from __future__ import annotations

import re

import pytest

from provenance.reader.quotes import find_quotations

GERMAN = (
    ("„Wir reparieren das Tor“, sagte Bürgermeisterin Greta Osmund am Montag.", "Greta Osmund"),
    ("Der Direktor des Hafens, Albin Roth, erklärte: „Die Fähre fährt.“", "Albin Roth"),
    ("Nach Angaben von Hanne Voss ist der Plan „ein schlechter Witz“.", "Hanne Voss"),
    ("Greta Osmund kritisierte, dass das Amt „blind und taub“ sei.", "Greta Osmund"),
    ("„Die Pumpen laufen nicht“, so Jonas Feld.", "Jonas Feld"),
    ("„Niemand wurde gewarnt“, hieß es in einer Mitteilung.", None),
    ("„Niemand wurde gewarnt“, teilte das Verkehrsministerium mit.", "das Verkehrsministerium"),
    ("„Die Fähre fährt“, sagte Albin Roth.\n„Sie fährt um zwölf“, fügte er hinzu.", "Albin Roth"),
    (
        "Roth sei „kein Freund der Stadt“, sagte eine Sprecherin der Bürgermeisterin.",
        "eine Sprecherin der Bürgermeisterin",
    ),
    ("Ilse Brandt schrieb auf Twitter: „Es reicht.“", "Ilse Brandt"),
)
FRENCH = (
    ("« Nous réparons la porte », a déclaré la maire Greta Osmund lundi.", "Greta Osmund"),
    ("Le directeur du port, Albin Roth, a expliqué : « Le bac part. »", "Albin Roth"),
    ("D’après Hanne Voss, le plan est « une mauvaise blague ».", "Hanne Voss"),
    ("Greta Osmund a qualifié le projet de « mauvaise blague ».", "Greta Osmund"),
    ("« Les pompes ne marchent pas », selon Jonas Feld.", "Jonas Feld"),
    ("« Personne n’a été prévenu », regrette le ministère des Transports.", "le ministère des Transports"),
    ("« Le bac part », a dit Albin Roth.\n« À midi », a-t-il précisé.", "Albin Roth"),
    ("Albin Roth n’a jamais dit que la porte était « pourrie ».", None),
    ("Le plan est « une blague », estime une porte-parole de la ville.", "une porte-parole de la ville"),
    ("Ilse Brandt a écrit sur Twitter : « Ça suffit. »", "Ilse Brandt"),
)
SPANISH = (
    ("«Reparamos la puerta», dijo la alcaldesa Greta Osmund el lunes.", "Greta Osmund"),
    ("El director del puerto, Albin Roth, explicó: «El barco sale».", "Albin Roth"),
    ("Según Hanne Voss, el plan es «una mala broma».", "Hanne Voss"),
    ("El plan es «una mala broma», de acuerdo con Greta Osmund.", "Greta Osmund"),
    ("«Las bombas no funcionan», aseguró Jonas Feld a los periodistas.", "Jonas Feld"),
    (
        "«Nadie fue avisado», informó el Ministerio de Transporte en un comunicado.",
        "Ministerio de Transporte",
    ),
    ("«El barco sale», dijo Albin Roth.\n«A mediodía», añadió él.", "Albin Roth"),
    ("Albin Roth nunca dijo que la puerta estaba «podrida».", None),
    ("El plan es «una broma», señaló una portavoz de la ciudad.", "una portavoz de la ciudad"),
    ("Ilse Brandt escribió en Twitter: «Basta ya».", "Ilse Brandt"),
)
ITALIAN = (
    ("«Ripariamo il cancello», ha detto la sindaca Greta Osmund lunedì.", "Greta Osmund"),
    ("Il direttore del porto, Albin Roth, ha spiegato: «Il traghetto parte».", "Albin Roth"),
    ("Secondo Hanne Voss, il piano è «un brutto scherzo».", "Hanne Voss"),
    ("Greta Osmund ha definito il piano «un brutto scherzo».", "Greta Osmund"),
    ("«Le pompe non funzionano», afferma Jonas Feld.", "Jonas Feld"),
    ("«Nessuno è stato avvertito», riferisce il ministero dei Trasporti.", "il ministero dei Trasporti"),
    ("«Il traghetto parte», ha detto Albin Roth.\n«A mezzogiorno», ha aggiunto lui.", "Albin Roth"),
    ("Albin Roth non ha mai detto che il cancello era «marcio».", None),
    ("Il piano è «uno scherzo», sostiene una portavoce della città.", "una portavoce della città"),
    ("Ilse Brandt ha scritto su Twitter: «Basta».", "Ilse Brandt"),
)
PORTUGUESE = (
    ("“Reparamos o portão”, disse a prefeita Greta Osmund na segunda-feira.", "Greta Osmund"),
    ("O diretor do porto, Albin Roth, explicou: “A balsa sai”.", "Albin Roth"),
    ("De acordo com Hanne Voss, o plano é “uma piada”.", "Hanne Voss"),
    ("O plano é “uma piada”, segundo Greta Osmund.", "Greta Osmund"),
    ("“As bombas não funcionam”, afirmou Jonas Feld aos jornalistas.", "Jonas Feld"),
    ("“Ninguém foi avisado”, informou o Ministério dos Transportes em nota.", "Ministério dos Transportes"),
    ("“A balsa sai”, disse Albin Roth.\n“Ao meio-dia”, acrescentou ele.", "Albin Roth"),
    ("Albin Roth nunca disse que o portão estava “podre”.", None),
    ("O plano é “uma piada”, declarou uma porta-voz da cidade.", "uma porta-voz da cidade"),
    ("Ilse Brandt escreveu no Twitter: “Chega”.", "Ilse Brandt"),
)
RUSSIAN = (
    ("«Мы чиним ворота», — сказала мэр Грета Осмунд в понедельник.", "Грета Осмунд"),
    ("Директор порта Альбин Рот пояснил: «Паром уходит».", "Альбин Рот"),
    ("По словам Анны Фосс, план — «плохая шутка».", "Анны Фосс"),
    ("План — «плохая шутка», считает Грета Осмунд.", "Грета Осмунд"),
    ("«Насосы не работают», — заявил журналистам Йонас Фельд.", "Йонас Фельд"),
    ("«Никого не предупредили», — сообщили в министерстве транспорта.", None),
    ("«Никого не предупредили», — сообщило Министерство транспорта.", "Министерство транспорта"),
    ("«Паром уходит», — сказал Альбин Рот.\n«В полдень», — добавил он.", "Альбин Рот"),
    ("Альбин Рот никогда не говорил, что ворота «гнилые».", None),
    ("Ильза Брандт написала в Twitter: «Хватит».", "Ильза Брандт"),
)
SENTENCES = [
    pytest.param(language, text, expected, id=f"{language}: {text[:40]}")
    for language, sentences in {
        "de": GERMAN,
        "fr": FRENCH,
        "es": SPANISH,
        "it": ITALIAN,
        "pt": PORTUGUESE,
        "ru": RUSSIAN,
    }.items()
    for text, expected in sentences
]


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_the_speaker_is_told_in_each_language(language: str, text: str, expected: str | None) -> None:
    """The last quotation of each sentence is spoken by whom the sentence says, or by nobody."""
    paragraphs = [found.span() for found in re.finditer(r"[^\n]+", text)]
    speaker = find_quotations(text, paragraphs, language=language)[-1].speaker
    assert ((speaker.name or speaker.surface) if speaker else None) == expected


SECOND = (
    ("de", "Bundeskanzler Karl Nehm hat die Pläne als „einen schweren Fehler“ bezeichnet.", "Karl Nehm"),
    ("de", "„Das ist nicht wahr“, betonte die Ministerin Petra Holm gegenüber der Zeitung.", "Petra Holm"),
    ("de", "Wie Petra Holm mitteilte, sei die Lage „unter Kontrolle“.", "Petra Holm"),
    ("de", "Der Sprecher des Amtes, Igor Velm, sagte, man habe „nichts gewusst“.", "Igor Velm"),
    ("de", "Laut Polizei handelt es sich um „einen Unfall“.", "Polizei"),
    ("de", "Petra Holm warf der Regierung „Versagen“ vor.", "Petra Holm"),
    ("de", "„Es reicht“, rief Holm.", "Holm"),
    ("fr", "Le président Karl Nehm a qualifié ces plans d’« erreur grave ».", "Karl Nehm"),
    ("fr", "« Ce n’est pas vrai », a insisté la ministre Petra Holm auprès de l’AFP.", "Petra Holm"),
    ("fr", "Comme l’a expliqué Petra Holm, la situation est « sous contrôle ».", "Petra Holm"),
    ("fr", "Selon la police, il s’agit d’« un accident ».", "la police"),
    ("fr", "Petra Holm accuse le gouvernement d’avoir « échoué ».", "Petra Holm"),
    ("fr", "« Ça suffit ! », s’est exclamé Holm.", "Holm"),
    ("fr", "« Nous n’avons rien su », a reconnu Igor Velm, porte-parole de l’agence.", "Igor Velm"),
    ("es", "El presidente Karl Nehm calificó los planes de «grave error».", "Karl Nehm"),
    ("es", "«No es verdad», insistió la ministra Petra Holm.", "Petra Holm"),
    ("es", "Según explicó Petra Holm, la situación está «bajo control».", "Petra Holm"),
    ("es", "Según la policía, se trata de «un accidente».", "la policía"),
    ("es", "Petra Holm acusó al Gobierno de haber «fracasado».", "Petra Holm"),
    ("es", "«¡Basta!», exclamó Holm.", "Holm"),
    ("es", "«No sabíamos nada», reconoció Igor Velm, portavoz de la agencia.", "Igor Velm"),
    ("it", "Il presidente Karl Nehm ha definito i piani «un grave errore».", "Karl Nehm"),
    ("it", "«Non è vero», ha insistito la ministra Petra Holm.", "Petra Holm"),
    ("it", "Come ha spiegato Petra Holm, la situazione è «sotto controllo».", "Petra Holm"),
    ("it", "Secondo la polizia si tratta di «un incidente».", "la polizia"),
    ("it", "Petra Holm accusa il governo di aver «fallito».", "Petra Holm"),
    ("it", "«Basta!», ha esclamato Holm.", "Holm"),
    ("it", "«Non sapevamo nulla», ha ammesso Igor Velm, portavoce dell’agenzia.", "Igor Velm"),
    ("pt", "O presidente Karl Nehm classificou os planos como “um erro grave”.", "Karl Nehm"),
    ("pt", "“Não é verdade”, insistiu a ministra Petra Holm.", "Petra Holm"),
    ("pt", "Segundo a polícia, trata-se de “um acidente”.", "a polícia"),
    ("pt", "Petra Holm acusou o governo de ter “falhado”.", "Petra Holm"),
    ("pt", "“Chega!”, exclamou Holm.", "Holm"),
    ("pt", "“Não sabíamos de nada”, admitiu Igor Velm, porta-voz da agência.", "Igor Velm"),
    ("ru", "Президент Карл Нем назвал эти планы «серьёзной ошибкой».", "Карл Нем"),
    ("ru", "«Это неправда», — подчеркнула министр Петра Хольм.", "Петра Хольм"),
    ("ru", "Как пояснила Петра Хольм, ситуация «под контролем».", "Петра Хольм"),
    ("ru", "По данным полиции, это «несчастный случай».", "полиции"),
    ("ru", "«Хватит!» — воскликнул Хольм.", "Хольм"),
    ("ru", "«Мы ничего не знали», — признал Игорь Вельм, представитель агентства.", "Игорь Вельм"),
    ("ru", "Петра Хольм обвинила правительство в «провале».", "Петра Хольм"),
)
"""Sentences that were written after the rules, and those of them that the rules then learned."""


@pytest.mark.parametrize(("language", "text", "expected"), SECOND)
def test_the_speaker_is_told_in_other_sentences(language: str, text: str, expected: str) -> None:
    """Other ways of saying who speaks: accusing, as somebody explained, verbs that close the sentence."""
    speaker = find_quotations(text, [(0, len(text))], language=language)[-1].speaker
    assert speaker is not None
    assert (speaker.name or speaker.surface) == expected
