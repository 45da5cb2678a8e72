"""Portuguese: verbs of saying and the small words around them."""

from __future__ import annotations

CUES = (
    "disse diz disseram dizem dito declarou declara declararam afirmou afirma afirmaram explicou explica "
    "explicaram acrescentou acrescenta anunciou anuncia assegurou garantiu garante sublinhou sublinha "
    "destacou destaca lembrou lembra respondeu responde perguntou pergunta escreveu escreve tuitou alertou "
    "alerta avisou confirmou confirma negou nega insistiu insiste concluiu conclui contou conta relatou "
    "comentou comenta observou ressaltou ressalta frisou criticou critica denunciou admitiu prometeu informou "
    "informa reiterou argumentou defendeu defende considerou revelou exclamou completou indicou salientou "
    "referiu acusou acusa classificou classifica chamou chama"
)
GERUNDS = "dizendo declarando afirmando explicando acrescentando"
PRONOUNS = "ele ela eles elas eu nós"
DETERMINERS = (
    "o a os as um uma uns umas este esta esse essa seu sua seus suas vários várias dois duas três muitos "
    "nosso"
)
PREPOSITIONS = (
    "em no na nos nas com por pelo pela sobre após ante contra desde durante entre até sem segundo ao aos à às "
    "num numa como"
)
OF = "de do da dos das para"
COORDINATORS = "e ou"
SUBORDINATORS = "que mas quando se porque enquanto embora onde pois"
RELATIVES = "quem cujo cuja qual"
AUXILIARIES = "tem têm tinha tinham pode deve vai vão havia"
PASSIVE = "é são foi foram era eram sido está estão"
ADVERBS = "também ainda depois ontem hoje já não sempre nunca finalmente ainda se lhe"
TIMES = (
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo janeiro fevereiro março "
    "abril maio junho julho agosto setembro outubro novembro dezembro manhã tarde noite"
)
OFFICES = (
    "presidente presidenta ministro ministra primeiro primeira porta-voz prefeito prefeita diretor diretora "
    "deputado deputada senador senadora secretário secretária general coronel embaixador embaixadora "
    "professor professora juiz juíza procurador advogado advogada chefe líder governador governadora "
    "chanceler candidato candidata delegado economista"
)
HONORIFICS = "sr sra senhor senhora dr dra"
GROUPS = "polícia especialistas autoridades críticos testemunhas"
BODIES = (
    "ministério governo polícia partido comissão agência conselho tribunal universidade instituto congresso "
    "sindicato"
)
ACCORDING = ("segundo", "de acordo com", "nas palavras de")
FEMININE = "ela"
MASCULINE = "ele"
PLURAL = "eles elas nós"
DEFINITE = "o a os as seu sua"
DOCUMENTS = "comunicado declaração relatório carta documento nota"
INDEFINITE = "alguém ninguém todos"
