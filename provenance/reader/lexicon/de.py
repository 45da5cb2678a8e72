"""German: verbs of saying and the small words around them."""

from __future__ import annotations

NOUNS_CAPITAL = True
CUES = (
    "sagte sagt sagten sagen gesagt erklärte erklärt erklärten meinte meint betonte betont berichtete "
    "berichtet berichteten erzählte erzählt schrieb schreibt schrieben twitterte fragte fragt antwortete "
    "antwortet behauptete behauptet bestätigte bestätigt forderte fordert kritisierte kritisiert warnte warnt "
    "versicherte versichert verkündete ergänzte ergänzt fügte teilte nannte nennt bezeichnete bezeichnet "
    "räumte äußerte mahnte mahnt rief ruft entgegnete erwiderte resümierte lobte bemerkte gab gestand "
    "beklagte beteuerte unterstrich zitierte zitiert urteilte kündigte sprach spricht hieß heißt so warf wirft vorgeworfen "
    "mitteilte mitteilt mitgeteilt bezeichnete genannt kritisiert erläuterte erläutert unterstreicht"
)
PRONOUNS = "er sie wir ich man"
DETERMINERS = (
    "der die das den dem ein eine einer einem einen dieser diese dieses seine seiner sein ihre ihrer ihr "
    "unser mehrere viele einige zwei drei kein keine"
)
PREPOSITIONS = (
    "in im an am auf bei beim mit nach vor aus zu zum zur über unter gegen durch ohne um seit während wegen "
    "gegenüber trotz zwischen bis als neben hinter ins ans"
)
OF = "des von vom für"
COORDINATORS = "und oder sowie"
SUBORDINATORS = "wie dass daß weil wenn ob obwohl nachdem bevor aber doch denn während damit"
RELATIVES = "welcher welche welches dessen deren"
AUXILIARIES = (
    "hat haben hatte hatten habe habe will wollte kann könne könnte soll solle sollte muss müsse werde wird "
    "wurde würde"
)
PASSIVE = "ist sind war waren sei seien worden"
ADVERBS = (
    "es sich nie niemals nicht "
    "auch dann später heute gestern nun jetzt zuvor weiter erneut zudem außerdem jedoch hingegen noch schon "
    "bereits nur hinzu mit dazu aber wörtlich"
)
TIMES = (
    "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli "
    "august september oktober november dezember abend morgen nachmittag mittag"
)
OFFICES = (
    "präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister ministerin außenminister "
    "außenministerin verteidigungsminister innenminister finanzminister ministerpräsident ministerpräsidentin "
    "sprecher sprecherin chef chefin vorsitzender vorsitzende vorsitzenden bürgermeister bürgermeisterin "
    "direktor direktorin professor professorin general botschafter botschafterin generalsekretär "
    "staatssekretär abgeordneter abgeordnete experte expertin leiter leiterin trainer regierungssprecher "
    "senator senatorin richter anwalt anwältin kommissar kommissarin parteichef polizeisprecher"
)
HONORIFICS = "herr frau herrn dr prof"
GROUPS = "polizei experten behörden kritiker ermittler zeugen"
BODIES = (
    "ministerium außenministerium verteidigungsministerium innenministerium amt auswärtiges behörde "
    "kommission partei regierung bundesregierung polizei gericht universität institut verband rat bundestag "
    "agentur zeitung verlag"
)
ACCORDING = ("laut", "nach angaben von", "zufolge", "nach den worten von")
FEMININE = "sie"
MASCULINE = "er"
GENITIVE = "der"
PLURAL = "sie wir"
DEFINITE = "der die das seine ihre"
DOCUMENTS = "mitteilung erklärung bericht brief"
INDEFINITE = "jemand niemand jeder alle man"
