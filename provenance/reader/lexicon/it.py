"""Italian: verbs of saying and the small words around them."""

from __future__ import annotations

CUES = (
    "dice disse dicono dissero detto dichiara dichiarò dichiarato afferma affermò affermato spiega spiegò "
    "spiegato aggiunge aggiunse aggiunto annuncia annunciò annunciato assicura assicurato sottolinea "
    "sottolineò sottolineato sostiene sostenne sostenuto ricorda ricordò ricordato risponde rispose risposto "
    "chiede chiese chiesto scrive scrisse scritto twitta twittato avverte avvertito conferma confermò "
    "confermato nega negato insiste insistito conclude concluse concluso racconta raccontò raccontato "
    "commenta commentò commentato osserva osservato precisa precisato denuncia denunciato ammette ammesso "
    "promette promesso definisce definito replica replicato ribadisce ribadito prosegue riferisce riferito "
    "rivela rivelato esclama esclamato accusa accusato accusò chiama chiamato"
)
GERUNDS = "dicendo dichiarando affermando spiegando aggiungendo sottolineando"
PRONOUNS = "lui lei egli ella loro io noi essi"
DETERMINERS = (
    "il lo la i gli le un uno una quest quell questo questa questi queste quel quella suo sua suoi sue l due tre molti "
    "alcuni"
)
PREPOSITIONS = (
    "a al alla ai alle in nel nella con su sul sulla da dal dalla tra fra dopo prima durante contro senza "
    "secondo come all nell sull dall"
)
OF = "di del dello della dei degli delle per dell"
COORDINATORS = "e ed o"
SUBORDINATORS = "che ma quando se perché mentre anche dove poi"
RELATIVES = "cui quale quali"
AUXILIARIES = "ha hanno aveva avevano può deve"
PASSIVE = "è sono era erano stato stata essere fu"
ADVERBS = "s c anche poi ancora ieri oggi già non sempre mai infine inoltre si"
TIMES = (
    "lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno "
    "luglio agosto settembre ottobre novembre dicembre mattina sera"
)
OFFICES = (
    "presidente ministro ministra premier portavoce sindaco sindaca direttore direttrice deputato deputata "
    "senatore senatrice segretario segretaria generale colonnello ambasciatore ambasciatrice professore "
    "professoressa giudice procuratore avvocato capo leader governatore cancelliere cancelliera candidato "
    "candidata commissario economista"
)
HONORIFICS = "signor signora dott dottor dottoressa sig"
GROUPS = "polizia esperti autorità critici testimoni"
BODIES = (
    "ministero governo polizia partito commissione agenzia consiglio tribunale università istituto parlamento "
    "sindacato procura"
)
ACCORDING = ("secondo", "a detta di", "stando a")
FEMININE = "lei ella"
MASCULINE = "lui egli"
PLURAL = "loro noi"
DEFINITE = "il la lo i gli le suo sua"
DOCUMENTS = "comunicato dichiarazione rapporto lettera documento nota"
ELISIONS = "l d c s un dell all nell sull dall quest quell"
INDEFINITE = "qualcuno nessuno tutti"
