"""English: the verbs of saying in all their forms, and the small words around them."""

from __future__ import annotations

_REGULAR = (
    "accuse acknowledge add admonish advise affirm allege announce answer apologize argue ask assert assure "
    "bark bemoan blast boast brag brand caution chant charge chide chime claim clarify comment complain "
    "concede conclude condemn confess confirm contend continue convey counter criticize criticise decry "
    "declare denounce deplore deride describe disclose dismiss dub elaborate emphasize emphasise exclaim "
    "explain express fume grumble hail hint implore imply indicate inform inquire insist interject intone "
    "joke label lament lash laud lecture maintain mention mock muse mutter note object observe opine plead "
    "pledge portray post praise preach predict proclaim promise propose protest question quip reassure recall "
    "recite recommend recount refer reiterate rejoin relay remark remind repeat report respond retort reveal "
    "ridicule sigh slam snap sneer speculate state stipulate stress suggest testify threaten tout trumpet "
    "tweet underline underscore urge voice volunteer vow warn wonder yell scream shout cry cheer whisper "
    "murmur characterize characterise summarize admit coin concur deadpan gush rant reason rail refute "
    "surmise warn title term blurt interrupt demand estimate liken summarise exhort extol opine beseech contend "
    "enthuse joke muse grouse scoff bellow holler"
)
_IRREGULAR = {
    "say": "said",
    "tell": "told",
    "write": "wrote written",
    "sing": "sang sung",
    "swear": "swore sworn",
    "forecast": "forecast",
    "quote": "quoted",
    "reply": "replied",
    "deny": "denied",
    "cry": "cried",
    "testify": "testified",
    "decry": "decried",
    "imply": "implied",
    "specify": "specified",
    "clarify": "clarified",
    "quip": "quipped",
    "dub": "dubbed",
    "brag": "bragged",
    "slam": "slammed",
    "snap": "snapped",
    "admit": "admitted",
    "refer": "referred",
    "label": "labeled labelled",
    "call": "called",
    "rip": "ripped",
    "rebut": "rebutted",
    "worry": "worried",
    "blog": "blogged",
}
_WEAK = (
    "agree appeal attack believe blame challenge cite consider criticize criticise deem defend detail discuss "
    "expect fear hope rule tease thank view welcome credit honor highlight frame cast regard recognize insult "
    "compare anticipate envision present pitch paint promote reject target want point pen issue release scold "
    "bill champion attribute list publish rate explain allow anticipate talk pitch"
)
_WEAK_IRREGULAR = {
    "think": "thought",
    "feel": "felt",
    "find": "found",
    "read": "read",
    "speak": "spoke spoken",
    "go": "went",
    "toss": "tossed",
}


def _past(verb: str) -> str:
    return verb + "d" if verb.endswith("e") else verb + "ed"


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")


def _gerund(verb: str) -> str:
    doubled = verb in {
        "brag",
        "quip",
        "dub",
        "slam",
        "snap",
        "admit",
        "refer",
        "rip",
        "rebut",
        "put",
        "get",
        "let",
        "run",
        "hit",
        "begin",
    }
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return stem + (verb[-1] if doubled else "") + "ing"


def _forms(regular: str, irregular: dict[str, str]) -> tuple[set[str], set[str], set[str]]:
    """Return finite forms, base forms and gerunds."""
    plain = [verb for verb in regular.split() if verb not in irregular]
    finite = {_past(verb) for verb in plain} | {_third(verb) for verb in (*plain, *irregular)}
    finite |= {past for pasts in irregular.values() for past in pasts.split()}
    base = {*plain, *irregular}
    return finite - base | ({"read", "put"} & finite), base, {_gerund(verb) for verb in base}


CUES, BASE, GERUNDS = _forms(_REGULAR, _IRREGULAR)
ALSO_VERBS = frozenset(
    {
        "charges",
        "cheers",
        "cries",
        "reports",
        "states",
        "notes",
        "comments",
        "claims",
        "promises",
        "reasons",
        "terms",
        "questions",
        "labels",
        "brands",
        "posts",
        "demands",
        "estimates",
        "forecasts",
        "voices",
        "titled",
        "titles",
        "lectures",
        "objects",
    }
)
CUES -= ALSO_VERBS
CUES |= {"notes", "states", "claims", "reports", "quipped"}
WEAK, _, TRAILING = _forms(_WEAK, _WEAK_IRREGULAR)
WEAK -= GERUNDS
WEAK -= {"issues", "lists", "rates", "views", "bills", "goes", "going"}
VERBS = (
    "went came made took gave got saw ran won lost led held met kept left sent spent stood sat fell rose grew "
    "built bought brought caught chose drew drove ate flew forgot paid sold taught threw wore became began "
    "broke did does do meant heard"
)
PRONOUNS = "he she they it i we you he's she's they're"
DETERMINERS = (
    "the a an this these those his her their its our my your some several many most few both all each every "
    "another other any no one two three four five six seven eight nine ten dozens hundreds half such"
)
PREPOSITIONS = (
    "in on at during after before by with from about over into against among amid between through under "
    "without within since until toward towards upon across around behind beyond despite following including "
    "near off onto outside per to as than like via regarding concerning alongside"
)
OF = "of for"
COORDINATORS = "and or & nor plus"
SUBORDINATORS = (
    "that but while when because if although though whereas unless whether where why how what so yet however "
    "once till meanwhile there here"
)
RELATIVES = "who whom whose which"
AUXILIARIES = (
    "has have had having will would can could did does do may might must shall should cannot didn't doesn't "
    "don't won't wouldn't hasn't haven't hadn't can't couldn't gonna ought"
)
PASSIVE = "is are was were be been being isn't aren't wasn't weren't am got"
ADVERBS = (
    "also later then again recently once never just even now often ever not further already always previously "
    "earlier frequently famously quickly repeatedly simply only soon sometimes long once twice instead too "
    "too first second initially afterward afterwards yesterday back out elsewhere online herself himself "
    "themselves itself first-ever both perhaps maybe indeed thus therefore otherwise nevertheless nonetheless "
    "well still"
)
TIMES = (
    "hours hour minutes minute decades decade centuries monday tuesday wednesday thursday friday saturday "
    "sunday today tonight tomorrow january february march april june july august september october november "
    "december jan feb mar apr jun jul aug sept oct nov dec last next morning afternoon evening night week "
    "month year weekend days weeks months years ago"
)
NOUNS = (
    "report reports statement claim claims note post comment comments call charge question state states plan "
    "cheer answer demand label brand forecast estimate promise pledge term title lecture reason object praise "
    "protest record sign need use view show offer order list look point press hope fear talk rule issue "
    "support release lobby host judge united attack challenge defense"
)
KEPT = "united states"
OFFICES = (
    "president vice senator sen gov governor rep representative congressman congresswoman minister prime "
    "chancellor secretary general gen colonel col major maj captain capt lieutenant lt sergeant sgt admiral "
    "adm commander chief chairman chairwoman chair director spokesman spokeswoman spokesperson ambassador "
    "envoy judge justice attorney sheriff mayor councilman councilwoman commissioner professor prof dr doctor "
    "rev reverend pope bishop archbishop cardinal king queen prince princess sir lord lady dame baroness "
    "candidate nominee leader speaker deputy foreign defense defence state treasury professor coach detective "
    "officer ceo cfo founder editor reporter correspondent analyst adviser advisor strategist pollster host "
    "father sister brother imam rabbi sheikh ayatollah emir premier officer constable inspector "
    "superintendent marshal district acting former head ex-president economist author historian lawyer actor "
    "actress singer lawmaker democrat republican"
)
HONORIFICS = "mr mrs ms miss mx sir madam dame"
GROUPS = (
    "police officials authorities supporters critics researchers scientists experts aides analysts opponents "
    "investigators prosecutors lawmakers republicans democrats voters witnesses residents observers activists "
    "protesters doctors economists sources some many others several most people campaigners officers "
    "reporters leaders historians organizers advocates lawyers students teachers parents insiders polls "
    "conservatives liberals"
)
BODIES = (
    "ministry department office agency committee commission council center centre bureau association "
    "institute university company corp inc group party campaign court police senate house union party "
    "foundation federation organization organisation bank service forces army navy administration government "
    "board network alliance coalition society fund times post news"
)
ACCORDING = ("according to", "in the words of", "per a statement from")
FEMININE = "she"
MASCULINE = "he"
NEUTER = "it"
PLURAL = "they we"
NOMINAL = (
    "remarks calls claims reports states demands questions comments attacks plans hopes fears charges "
    "promises hearing meeting ruling filing reading opening meaning feeling understanding posting offering "
    "showing finding beginning warning writing blog quotes threats criticisms tweets posts hints vows "
    "pledges statements answers chants responses estimates forecasts terms"
)
PRONOMINAL = "another several many some others both all most few one two three neither none these those"
TURNED = {
    "put": "it",
    "puts": "it",
    "shot": "back",
    "shoots": "back",
    "fired": "back",
    "fires": "back",
    "hit": "back",
    "hits": "back",
    "chimed": "in",
    "chimes": "in",
    "weighed": "in",
    "pointed": "out",
    "points": "out",
    "pushed": "back",
    "spoke": "out",
}
VIEWS = "view words opinion telling account estimation judgment judgement phrase phrasing assessment"
INDEFINITE = "anyone anybody someone somebody everyone everybody nobody no-one people those others"
SPEECH = (
    "claim claims call calls comment comments remark remarks statement statements assertion assertions "
    "promise pledge vow suggestion warning demand assessment accusation accusations charge charges contention "
    "insistence declaration description complaint criticism tweet tweets quip message allegation allegations "
    "argument prediction vision boast response reply request"
)
DEFINITE = "the his her their"
DOCUMENTS = (
    "statement report document letter release communique communiqué memo note bulletin leaflet leaflets flyer "
    "flyers banner banners poster posters pamphlet pamphlets letters statements emails email messages signs"
)
