"""French: verbs of saying and the small words around them."""

from __future__ import annotations

CUES = (
    "dit disait disent déclare déclaré déclarait déclara affirme affirmé affirmait explique expliqué "
    "expliquait ajoute ajouté ajoutait annonce annoncé assure assuré souligne souligné estime estimé indique "
    "indiqué précise précisé rappelle rappelé raconte raconté répond répondu demande demandé lance lancé "
    "écrit écrivait confie confié note noté insiste insisté conclut conclu dénonce dénoncé regrette regretté "
    "prévient prévenu avertit averti martèle martelé commente commenté poursuit poursuivi confirme confirmé "
    "reconnaît reconnu soutient soutenu tweete tweeté résume résumé juge jugé qualifie qualifié admet admis "
    "s'exclame accuse accusé exclamé réclame réclamé réplique rétorque renchérit témoigne observe promet promis appelé"
)
GERUNDS = "disant déclarant affirmant expliquant ajoutant soulignant précisant"
PRONOUNS = "il elle ils elles on je nous -il -elle -ils -elles -on -t-il -t-elle -t-on j c"
DETERMINERS = "le la les un une ce cet cette ces son sa ses leur leurs plusieurs deux trois des l notre"
PREPOSITIONS = (
    "auprès à au aux dans en sur avec par après avant pendant selon contre sans sous depuis chez vers entre lors "
    "jeudi lundi"
)
OF = "de du d pour"
COORDINATORS = "et ou"
SUBORDINATORS = "comme que mais quand lorsque si parce car alors tandis où qu puis jusqu lorsqu puisqu quoiqu"
RELATIVES = "qui dont lequel laquelle"
AUXILIARIES = "a ont avait avaient aura aurait peut doit va vont"
PASSIVE = "est sont était étaient été être fut"
ADVERBS = (
    "aussi encore ensuite également toujours déjà hier enfin ne n pas plus jamais rien ainsi notamment se s lui leur "
    "nous vous y en"
)
GENITIVE = "des"
ELISIONS = "l d n s c j m t qu jusqu lorsqu puisqu quoiqu"
TIMES = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août "
    "septembre octobre novembre décembre matin soir"
)
OFFICES = (
    "président présidente ministre premier première chef cheffe porte-parole maire directeur directrice "
    "député députée sénateur sénatrice secrétaire général générale colonel ambassadeur ambassadrice "
    "professeur professeure juge procureur avocat avocate chercheur chercheuse économiste commissaire patron "
    "patronne responsable chancelier chancelière candidat candidate"
)
HONORIFICS = "m mme mlle dr me monsieur madame"
GROUPS = "policiers experts autorités critiques témoins"
BODIES = (
    "ministère gouvernement police parti commission agence conseil tribunal université institut assemblée "
    "syndicat parquet"
)
ACCORDING = ("selon", "d'après", "d’après", "aux dires de")
FEMININE = "elle"
MASCULINE = "il"
PLURAL = "ils elles nous"
DEFINITE = "le la les ce cette"
DOCUMENTS = "communiqué déclaration rapport lettre document"
INDEFINITE = "quelqu'un personne chacun tous"
