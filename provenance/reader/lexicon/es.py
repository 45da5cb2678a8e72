"""Spanish: verbs of saying and the small words around them."""

from __future__ import annotations

CUES = (
    "dijo dice dijeron dicen dicho declaró declara declararon declarado afirmó afirma afirmaron afirmado "
    "explicó explica explicaron explicado añadió añade añadieron señaló señala señalaron señalado aseguró "
    "asegura aseguraron asegurado indicó indica indicaron anunció anuncia anunciaron comentó comenta "
    "comentaron manifestó manifestaron sostuvo sostiene sostuvieron destacó destaca subrayó subraya recordó "
    "recuerda respondió responde preguntó pregunta escribió escribe tuiteó advirtió advierte advirtieron "
    "confirmó confirma negó niega insistió insiste concluyó concluye agregó agrega agregaron reconoció "
    "reconoce criticó critica denunció denuncia exigió exige pidió pide calificó califica precisó precisa "
    "apuntó apunta contó cuenta relató expresó expresa lamentó admitió prometió informó informa reiteró opinó "
    "opina exclamó replicó consideró considera llamó llama matizó acusó acusa exclama "
    "clasificó tachó zanjó"
)
GERUNDS = "diciendo declarando afirmando explicando añadiendo señalando"
PRONOUNS = "él ella ellos ellas yo nosotros"
DETERMINERS = (
    "el la los las un una unos unas este esta estos estas ese esa su sus varios varias dos tres muchos "
    "nuestro"
)
PREPOSITIONS = "a al en con por sobre tras ante bajo contra desde durante entre hacia hasta según sin como"
OF = "de del para"
COORDINATORS = "y e o"
SUBORDINATORS = "que pero cuando si porque mientras aunque donde pues sino"
RELATIVES = "quien quienes cuyo cuya cual"
AUXILIARIES = "ha han había habían puede debe va van habrá"
PASSIVE = "es son fue fueron era eran sido está están"
ADVERBS = "también además después luego ayer hoy ya no siempre nunca finalmente asimismo se le les lo"
TIMES = (
    "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre mañana tarde noche"
)
OFFICES = (
    "presidente presidenta ministro ministra primer primera portavoz alcalde alcaldesa director directora "
    "diputado diputada senador senadora secretario secretaria general coronel embajador embajadora profesor "
    "profesora juez jueza fiscal abogado abogada jefe jefa líder gobernador gobernadora canciller vocero "
    "vocera candidato candidata comisario economista"
)
HONORIFICS = "sr sra señor señora don doña dr dra"
GROUPS = "policía expertos autoridades críticos testigos"
BODIES = (
    "ministerio gobierno policía partido comisión agencia consejo tribunal universidad instituto congreso "
    "sindicato fiscalía"
)
ACCORDING = ("según", "de acuerdo con", "en palabras de")
FEMININE = "ella"
MASCULINE = "él"
PLURAL = "ellos ellas nosotros"
DEFINITE = "el la los las su este esta"
DOCUMENTS = "comunicado declaración informe carta documento"
INDEFINITE = "alguien nadie todos"
