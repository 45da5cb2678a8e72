"""Who is said to speak, in texts of our own: each way of saying so, and each in which nobody is said to."""

from __future__ import annotations

import re

import pytest

from provenance.model.quotation import Quotation, QuotationKind, SpeakerStatus
from provenance.reader.quotes import find_quotations


def read(text: str, language: str | None = "en") -> tuple[Quotation, ...]:
    """Return the quotations of a text."""
    return find_quotations(text, [found.span() for found in re.finditer(r"[^\n]+", text)], language=language)


def speaker_of(text: str, language: str | None = "en", number: int = -1) -> str | None:
    """Return the name of a quotation's speaker (by default the last one's), or how it is described."""
    speaker = read(text, language)[number].speaker
    return (speaker.name or speaker.surface) if speaker else None


NAMED = {
    "said WHO": ("en", "“The ferry sails,” said Dana Orlov.", "Dana Orlov"),
    "WHO said": ("en", "“The ferry sails,” Dana Orlov said on Monday.", "Dana Orlov"),
    "WHO said before": ("en", "On Monday Dana Orlov said: “The ferry sails.”", "Dana Orlov"),
    "WHO said that": ("en", "Dana Orlov said that the plan was “a bad joke” and left.", "Dana Orlov"),
    "the verb is far away": (
        "en",
        "Dana Orlov told reporters on Monday in the harbour of Karsk that the plan would be “a bad joke.”",
        "Dana Orlov",
    ),
    "a clause at the end": ("en", "The plan is “a bad joke” and will sink, Dana Orlov said.", "Dana Orlov"),
    "according to": ("en", "According to Dana Orlov, the plan is “a bad joke.”", "Dana Orlov"),
    "according to, behind": ("en", "The plan is “a bad joke,” according to Dana Orlov.", "Dana Orlov"),
    "an apposition behind the name": (
        "en",
        "Dana Orlov, the head of the harbour, said: “It sails.”",
        "Dana Orlov",
    ),
    "an apposition without its second comma": (
        "en",
        "Dana Orlov, head of the harbour office (KHO) said: “It sails.”",
        "Dana Orlov",
    ),
    "an apposition before the name": (
        "en",
        "Speaking with the envoy, Ilse Brandt, in Velm, the Karsk president, Dana Orlov, said: “It sails.”",
        "Dana Orlov",
    ),
    "a relative clause at the name": (
        "en",
        "Dana Orlov, who had met the envoy, said: “It sails.”",
        "Dana Orlov",
    ),
    "who, of the last name": ("en", "The plan angered Dana Orlov, who called it “a bad joke.”", "Dana Orlov"),
    "an office before the name": ("en", "“It sails,” said Foreign Minister Dana Orlov.", "Dana Orlov"),
    "a form of address": ("en", "Dana Orlov came.\n\n“It sails,” Ms. Orlov said.", "Dana Orlov"),
    "an age": ("en", "“It sails,” said Dana Orlov, 41, a captain.", "Dana Orlov"),
    "saying": ("en", "Dana Orlov left the hall, saying “it sails.”", "Dana Orlov"),
    "two verbs, one subject": (
        "en",
        "Dana Orlov criticised the plan and called it “a bad joke.”",
        "Dana Orlov",
    ),
    "with WHO saying": ("en", "The talks failed, with Dana Orlov calling them “a bad joke.”", "Dana Orlov"),
    "tweeted": ("en", "Dana Orlov tweeted: “It sails.”", "Dana Orlov"),
    "WHO and a colon": ("en", "The talks failed. Dana Orlov: “It sails.”", "Dana Orlov"),
    "any verb behind a comma": ("en", "“It sails,” a furious Orlov thundered.", "Orlov"),
    "a dash and a name": ("en", "“It sails.” — Dana Orlov", "Dana Orlov"),
    "a label in capitals": ("en", "“ORLOV: It sails.”", "ORLOV"),
    "a claim of somebody": ("en", "Dana Orlov’s claim that the ferry “is a bad joke” spread.", "Dana Orlov"),
    "a colon at the end of the paragraph before": ("en", "Dana Orlov said:\n\n“It sails.”", "Dana Orlov"),
    "the turn goes on in the paragraph": (
        "en",
        "“It sails,” said Dana Orlov. “It sails at noon.”",
        "Dana Orlov",
    ),
    "the sentence before": (
        "en",
        "Dana Orlov defended the plan on Monday and explained it. “It sails at noon.”",
        "Dana Orlov",
    ),
    "the turn goes on in the next paragraph": (
        "en",
        "“It sails,” said Dana Orlov.\n\n“It sails at noon.”",
        "Dana Orlov",
    ),
    "a pronoun for the last speaker": (
        "en",
        "“It sails,” said Dana Orlov.\n\n“It sails at noon,” she added.",
        "Dana Orlov",
    ),
    "a pronoun inside the sentence": (
        "en",
        "Dana Orlov denounced what she called “a bad joke.”",
        "Dana Orlov",
    ),
    "a pronoun for the subject of the sentence before": (
        "en",
        "The envoy to Velm, Dana Orlov, replied to Mr. Brandt. The plan, she said, was “a bad joke.”",
        "Dana Orlov",
    ),
    "a description for the one introduced so": (
        "en",
        "Harbour spokesman Igor Velm came.\n\n“It sails,” the spokesman said.",
        "Igor Velm",
    ),
    "a ministry": (
        "en",
        "“It sails,” the Karsk Transport Ministry said in a statement.",
        "Karsk Transport Ministry",
    ),
    "a document": (
        "en",
        "He said leaflets were being dropped over Karsk, warning residents: “Leave.”",
        "leaflets",
    ),
    "whose statement it is": (
        "en",
        "On Monday, the Karsk Harbour Office reported that it sails.\n\n“It sails at noon,” the statement said.",
        "Karsk Harbour Office",
    ),
    "somebody without a name": (
        "en",
        "“It sails,” said a spokeswoman for the harbour office.",
        "a spokeswoman for the harbour office",
    ),
    "an anonymous source": ("en", "“It sails,” an official who asked not to be named said.", "an official"),
    "police": ("en", "“It sank,” police said.", "police"),
    "a verb with its other half": ("en", "As Dana Orlov put it, “it sails.”", "Dana Orlov"),
    "shot back": ("en", "Dana Orlov shot back in a statement, saying “it sails.”", "Dana Orlov"),
    "is quoted as saying": ("en", "“It sails,” Dana Orlov is quoted as saying.", "Dana Orlov"),
    "is saying": ("en", "Dana Orlov is warning that the plan is “a bad joke.”", "Dana Orlov"),
    "a shortened is": (
        "en",
        "“It sails,” said Dana Orlov. She’s claiming that it is “a bad joke.”",
        "Dana Orlov",
    ),
    "despite saying": (
        "en",
        "Dana Orlov, the envoy, despite admitting that the plan was “a bad joke” left.",
        "Dana Orlov",
    ),
    "footage of WHO saying": ("en", "The film has footage of Dana Orlov saying “it sails.”", "Dana Orlov"),
    "the verb before the name and a colon": (
        "en",
        "In other words, explained harbour chief Dana Orlov: “It sails.”",
        "Dana Orlov",
    ),
    "in the view of": ("en", "The plan is “a bad joke” in Dana Orlov’s view.", "Dana Orlov"),
    "called so by": ("en", "The plan was described as “a bad joke” by Dana Orlov.", "Dana Orlov"),
    "another": ("en", "Dana Orlov left. Another advised, “Sail now.”", "Another"),
    "he promises": ("en", "He promises that the plan will be “a bad joke.”", "He"),
    "two who call it so": (
        "en",
        "Dana Orlov and Ilse Brandt call the plan “a bad joke.”",
        "Dana Orlov and Ilse Brandt",
    ),
    "a rank that begins like a verb": (
        "en",
        "“It sails,” state Senate leader Dana Orlov and House Speaker Ilse Brandt, both of Karsk, said.",
        "state Senate leader Dana Orlov and House Speaker Ilse Brandt",
    ),
    "a participle before the name": ("en", "“It sails,” retired navy general Dana Orlov said.", "Dana Orlov"),
    "a pronoun and the name before it": (
        "en",
        "Dana Orlov said the plan was worth a look because “it sails,” she said.",
        "Dana Orlov",
    ),
    "a pronoun and the paragraph before": (
        "en",
        "Harbour chief Dana Orlov defended the plan on Monday and explained it.\n\nThe town waits.\n\n"
        "Dana Orlov conceded that the warning was late.\n\n“It sails,” she said.",
        "Dana Orlov",
    ),
    "whom the sentence before goes by": (
        "en",
        "The pumps, according to Dana Orlov, are old. “It sails,” she said.",
        "Dana Orlov",
    ),
    "his promise": ("en", "Dana Orlov has pushed her promise of “a new ferry” for months.", "Dana Orlov"),
    "what it underlines is said by nobody else": (
        "en",
        "Minister of Waterways Dana Orlov came.\n\n“It sails,” Orlov said.",
        "Dana Orlov",
    ),
    "who was quoted in the sentence before": (
        "en",
        "When Ilse Brandt offered help, “it was sinking. It needed it,” Orlov said. “And it sank.”",
        "Orlov",
    ),
    "whose words an agency carries": (
        "en",
        "The harbour chief, Dana Orlov, said the plan was “a bad joke,” Reuters reported.",
        "Dana Orlov",
    ),
    "German, verb first": ("de", "„Die Fähre fährt“, sagte Dana Orlov am Montag.", "Dana Orlov"),
    "German, before": ("de", "Dana Orlov erklärte: „Die Fähre fährt.“", "Dana Orlov"),
    "German, with office": ("de", "„Die Fähre fährt“, sagte Außenminister Igor Velm.", "Igor Velm"),
    "German, laut": ("de", "Laut Dana Orlov ist der Plan „ein schlechter Witz“.", "Dana Orlov"),
    "German, described": ("de", "„Die Fähre fährt“, sagte der Sprecher.", "der Sprecher"),
    "French, verb first": ("fr", "« Le bac part », a déclaré Dana Orlov lundi.", "Dana Orlov"),
    "French, pronoun behind the verb": (
        "fr",
        "« Le bac part », a dit Dana Orlov.\n« À midi », a-t-elle ajouté.",
        "Dana Orlov",
    ),
    "French, before": ("fr", "Dana Orlov a affirmé : « Le bac part. »", "Dana Orlov"),
    "French, selon": ("fr", "Selon Dana Orlov, le projet est « une mauvaise blague ».", "Dana Orlov"),
    "Spanish, verb first": ("es", "«El barco sale», dijo Dana Orlov el lunes.", "Dana Orlov"),
    "Spanish, before": ("es", "La ministra Dana Orlov afirmó: «El barco sale».", "Dana Orlov"),
    "Spanish, dialogue": ("es", "—El barco sale —dijo Orlov—. Sale ya.", "Orlov"),
    "Italian, verb first": ("it", "«Il traghetto parte», ha detto Dana Orlov.", "Dana Orlov"),
    "Italian, before": ("it", "Dana Orlov ha spiegato: «Il traghetto parte».", "Dana Orlov"),
    "Portuguese, verb first": ("pt", "“A balsa sai”, disse Dana Orlov.", "Dana Orlov"),
    "Portuguese, segundo": ("pt", "Segundo Dana Orlov, o plano é “uma piada”.", "Dana Orlov"),
    "Russian, verb first": ("ru", "«Паром уходит», — сказала Дана Орлова.", "Дана Орлова"),
    "Russian, before": ("ru", "Дана Орлова заявила: «Паром уходит».", "Дана Орлова"),
    "Russian, dialogue": ("ru", "— Паром уходит, — сказала Орлова. — Он уходит.", "Орлова"),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_speaker_is_named(name):
    """Each way of naming a speaker is understood."""
    language, text, expected = NAMED[name]
    assert speaker_of(text, language) == expected


SILENT = {
    "nobody is named": "The plan was “a bad joke” all along.",
    "a title": "The film “The Last Ferry” opened on Monday.",
    "a title behind called": "She is writing a book called “The Last Ferry” now.",
    "a word at arm’s length": "The so-called “experts” left Karsk.",
    "passive": "The plan is called “Northern Light” in Karsk.",
    "what anybody says": "The town laughs at anybody who says “it sails.”",
    "a paragraph after somebody else was described": "Dana Orlov visited the harbour of Karsk.\n\n“It sails at noon.”",
    "the first words of the text": "“It sails at noon.”\n\nThe town of Karsk was quiet on Monday.",
    "a work that ends in a comma": "She reminds him of the 1969 book titled “The Last Ferry,” which was read in Karsk.",
    "a work that somebody appeared in": "As a captain in “The Last Ferry,” Dana Orlov repeatedly sailed alone.",
    "what’s called": "Engineers hope to build what’s today called “a swing gate.”",
    "only if she had said so": "If Dana Orlov had said “it sails,” the court would have freed her.",
    "a claim is described, not made": "The plan “sank” before Velm looked at Orlov’s remarks.",
}


@pytest.mark.parametrize("name", SILENT)
def test_nobody_is_said_to_speak(name):
    """Where nobody is said to speak there is no speaker, and a reason."""
    quotation = read(SILENT[name])[-1]
    assert quotation.speaker is None
    assert quotation.unattributed in ("nobody-named", "scare", "title")


def test_the_one_who_is_judged_does_not_speak():
    """`She called Orlov’s remarks “…”` is said by her."""
    assert speaker_of("Ilse Brandt called Dana Orlov’s remarks “a bad joke.”") == "Ilse Brandt"


def test_found_warned_is_no_warning():
    """`found every household warned` is said by whoever found it so."""
    text = "The harbour office of Karsk has finished its round and found every household warned.\n\n“All are safe.”"
    speaker = read(text)[-1].speaker
    assert speaker is None or "household" not in speaker.surface


def test_words_that_end_in_a_nested_quotation_lead_on():
    """The comma before two closing marks leads to who speaks all the same."""
    text = "The song is about “people who say, ‘It sails,’” Dana Orlov said."
    assert speaker_of(text, number=0) == "Dana Orlov"


def test_it_stands_for_no_person():
    """`it` is resolved to a body and never to a person."""
    text = "“It sails,” said Dana Orlov.\n\n“It sails at noon,” it added."
    speaker = read(text)[-1].speaker
    assert speaker is not None
    assert speaker.name is None


def test_a_surname_that_two_people_bear_names_neither():
    """Of two people with one surname, a surname alone is nobody's full name, unless one is named far more often."""
    both = "Dana Orlov met Igor Orlov in Karsk.\n\n“It sails,” Orlov said."
    speaker = read(both)[-1].speaker
    assert speaker is not None
    assert (speaker.surface, speaker.name) == ("Orlov", "Orlov")
    often = (
        "Dana Orlov came. Dana Orlov saw it. Dana Orlov left.\n\nIgor Orlov slept.\n\n“It sails,” Orlov said."
    )
    assert speaker_of(often) == "Dana Orlov"


def test_nobody_is_he_and_she():
    """Whom `he` stood for, `she` does not stand for later on; nor whom the text calls Mr."""
    text = "“It sails,” said Dana Orlov.\n\n“At noon,” he added.\n\n“It sails,” said Dana Orlov.\n\n“At one,” she added."
    assert [q.speaker.name for q in read(text) if q.speaker] == [
        "Dana Orlov",
        "Dana Orlov",
        "Dana Orlov",
        None,
    ]
    called = "Mr. Orlov came late.\n\n“It sails,” said Dana Orlov.\n\n“At one,” she added."
    speaker = read(called)[-1].speaker
    assert speaker is not None
    assert speaker.name is None


def test_words_of_a_headline_are_no_name():
    """A surname is not resolved to a run of capitals that has small words in it."""
    text = "Town Meets With Expert On Orlov\n\n“It sails,” Orlov said."
    assert speaker_of(text) == "Orlov"


def test_a_pronoun_between_two_people_stays_a_pronoun():
    """Where another person was named since the last speaker, a pronoun stands for nobody."""
    text = (
        "“It sails,” said Dana Orlov. The envoy Ilse Brandt met Petra Holm.\n\n“It sails at noon,” she added."
    )
    speaker = read(text)[-1].speaker
    assert speaker is not None
    assert (speaker.status, speaker.name) == (SpeakerStatus.PRONOUN, None)


def test_a_description_of_two_people_stays_a_description():
    """`The spokesman` is nobody in particular where two were introduced."""
    text = "Harbour spokesman Igor Velm and army spokesman Jan Holm came.\n\n“It sails,” the spokesman said."
    speaker = read(text)[-1].speaker
    assert speaker is not None
    assert (speaker.status, speaker.name) == (SpeakerStatus.DESCRIBED, None)


def test_a_ministry_is_not_she():
    """A pronoun for a person does not stand for a body."""
    text = "“It sails,” the Karsk Transport Ministry said.\n\n“It sails at noon,” she added."
    speaker = read(text)[-1].speaker
    assert speaker is not None
    assert speaker.name is None


def test_the_chain_of_a_resolution_is_shown():
    """A surname shows the full name it was resolved to; a turn that goes on says whose it is."""
    quotations = read("Dana Orlov came. “It sails,” Orlov said. “At noon.”")
    assert [q.speaker.resolved_from for q in quotations if q.speaker] == [
        ("Dana Orlov",),
        ("Orlov", "continued"),
    ]


def test_titles_are_taken_off_and_kept():
    """The office before a name is its role, and no part of it."""
    (quotation,) = read("“It sails,” said Karsk Foreign Minister Dana Orlov.")
    assert quotation.speaker is not None
    assert (quotation.speaker.name, quotation.speaker.role) == ("Dana Orlov", "Karsk Foreign Minister")


def test_an_apposition_is_a_role():
    """What stands between commas behind a name is the person's role."""
    (quotation,) = read("Dana Orlov, the head of the harbour, said: “It sails.”")
    assert quotation.speaker is not None
    assert quotation.speaker.role == "the head of the harbour"


KINDS = {
    QuotationKind.DIRECT: "“The ferry sails at noon,” said Dana Orlov.",
    QuotationKind.PARTIAL: "Dana Orlov said the plan was “a very bad joke” and left.",
    QuotationKind.BLOCK: "Dana Orlov said:\n\n“The ferry sails at noon.”",
    QuotationKind.TWEET: "“The ferry sails at noon,” Dana Orlov wrote on Twitter.",
    QuotationKind.SCARE: "The so-called “experts” left Karsk.",
    QuotationKind.TITLE: "The film “The Last Ferry” opened on Monday.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_decided_by_its_rule(kind):
    """Each kind of quotation in a plain case."""
    assert read(KINDS[kind])[-1].kind is kind


def test_what_is_written_elsewhere_is_no_tweet():
    """Words that somebody wrote in a letter are no post."""
    assert read("“The ferry sails at noon,” Dana Orlov wrote in a letter.")[-1].kind is QuotationKind.DIRECT
    assert read("Dana Orlov tweeted: “It sails.”")[-1].kind is QuotationKind.TWEET


def test_a_quotation_in_the_headline_is_one():
    """What stands in the headline is a headline's quotation, with the speaker it names."""
    text = "Orlov: ‘The ferry sails’"
    (quotation,) = find_quotations(text, [(0, len(text))], headline=(0, len(text)), language="en")
    assert quotation.kind is QuotationKind.HEADLINE
    assert quotation.speaker is not None
    assert quotation.speaker.name == "Orlov"


VIA = {
    "as quoted by": ("“It sails,” Dana Orlov said, as quoted by RIA Novosti news agency.", "RIA Novosti"),
    "told an outlet": ("“It sails,” Dana Orlov told Reuters on Monday.", "Reuters"),
    "according to": ("“It sails,” Dana Orlov said, according to TASS.", "TASS"),
    "an outlet reports": (
        "RIA Novosti reports that the ferry is late.\n\n“It sails,” Dana Orlov said.",
        "RIA Novosti",
    ),
    "an agency nobody knows": (
        "“It sails,” Dana Orlov said, as quoted by Karsk Wire news agency.",
        "Karsk Wire",
    ),
    "a town is no outlet": ("“It sails,” Dana Orlov said, according to Karsk.", None),
    "nothing is said": ("“It sails,” Dana Orlov said.", None),
}


CHAINS = {
    "an agency that cites another": (
        "The minister said the plan was “a bad joke,” Reuters reported, citing RIA Novosti.",
        ("Reuters", "RIA Novosti"),
    ),
    "an agency that quotes what a paper was told": (
        "“It sails,” Orlov told the Karsk Echo newspaper, as quoted by Interfax.",
        ("Interfax", "Karsk Echo"),
    ),
    "citing between commas": (
        "RIA Novosti, citing Interfax, reports that Orlov said: “It sails.”",
        ("RIA Novosti", "Interfax"),
    ),
    "which cited": (
        "According to Reuters, which cited the Interfax news agency, Orlov said “it sails.”",
        ("Reuters", "Interfax"),
    ),
    "an agency that speaks itself": ("“It sails,” Reuters reported, citing RIA Novosti.", ("RIA Novosti",)),
    "letters of a party": ("The ferry is “safe,” according to PTI.", ()),
    "letters of an agency that is named": (
        "The ferry is “safe,” according to PTI. The Press Trust of India asked twice.",
        ("PTI",),
    ),
    "letters that are called an agency": ("The ferry is “safe,” according to AAP news agency.", ("AAP",)),
    "somebody who reports": ("“It sails,” Dana Orlov reported.", ()),
}


@pytest.mark.parametrize("name", CHAINS)
def test_through_whom_the_words_came(name):
    """Outlets that cite one another are kept in order: the one the article names as its source comes first."""
    text, expected = CHAINS[name]
    quotation = read(text)[-1]
    assert quotation.carriers == expected
    assert quotation.via == (expected[0] if expected else None)


@pytest.mark.parametrize("name", VIA)
def test_where_the_words_were_taken_from(name):
    """The outlet or agency that an article took words from is named where the text names it."""
    text, expected = VIA[name]
    assert read(text)[-1].via == expected
