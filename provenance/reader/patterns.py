"""Patterns over the letters of a sentence (see `letters`): a subject beside its verb of saying, in each order."""

from __future__ import annotations

from archive import lazily

CHUNK = r"(?:D{1,3}[RvgME]{0,2})?[NSw#]*[Nw#]|D"
NOUN = rf"(?:P|(?:{CHUNK})(?:(?:O|I|C)(?:{CHUNK})){{0,4}})"
ASIDE = r"\([^()]{0,12}\)"
SMALL = rf"(?:[RAd#]|ID?[Rd]+#?|{ASIDE})"
APART = r"(?:(?:,[^,;:.!Q]{1,25}){1,3},|-[^-;:.!Q]{1,25}-)"
"""What may stand between a subject and its verb: appositions between commas or dashes."""
REDUCED = r"(?:(?:g|vI)[^,;:.!QVMTWb-]{1,8}|W(?![NPDS])[^,;:.!QTW-]{1,9})?"
GAP = rf"{SMALL}{{0,6}}{REDUCED}{APART}?{SMALL}{{0,6}}"
FREE = r"(?<![NSw#DIOK])"

LEFTS = tuple(
    lazily.compile(rf"{FREE}(?P<np>{NOUN})(?P<gap>{SMALL}{{0,6}}{REDUCED}{apart}{SMALL}{{0,6}})\Z")
    for apart in ("", r"(?:,[^,;:.!Q]{1,25},|-[^-;:.!Q]{1,25}-)", r"(?:,[^,;:.!Q]{1,25}){2,3},")
)
"""A subject before its verb: right before it, across one apposition, across more."""
NAME_BEFORE = lazily.compile(r"(?:\A|(?<=[.!;:TC-])|(?<=[.!;:TC-]R))(?P<np>N{1,6}(?:\([^()]{0,8}\))?),\Z")
LEFT_INSIDE = lazily.compile(rf"(?<!S)(?P<np>P|D[vgRM]{{0,2}}[w#]*w|N+)(?P<gap>{SMALL}{{0,4}})\Z")
RELATIVE = lazily.compile(rf"(?P<np>N+|D[wv#NS]*[wN]|w+)(?P<gap>{ASIDE})?,?W{SMALL}{{0,4}}\Z")
NAME_LABEL = lazily.compile(r"(?:(?<=[.;!])|\A)(?P<np>N{1,5})(?P<gap>\([^()]{0,12}\))?:\Z")
SUBJECT = lazily.compile(
    rf"(?:[RTC,]|ID?[Rd]+,?){{0,4}}(?:[ITgGvVM][^,.!;Q]{{1,30}},){{0,2}}[RC]?(?P<np>{NOUN})(?P<gap>{GAP})(?=[vVMAEb])"
)
OPENING = lazily.compile(
    rf"(?:[RTC,]|ID?[Rd]+,?){{0,4}}(?:[ITgGvVM][^,.!;Q]{{1,30}},){{0,2}}[RC]?(?P<np>N{{2,5}}|(?<=[^.!;:])N|P)(?P<gap>{GAP})(?=[vVMAEbw])"
)
"""A name or a pronoun that opens a sentence: its subject, whatever word is behind it. The first word alone may be any."""
PROGRESSIVE = lazily.compile(r"ER{0,2}\Z")
INSIDE = lazily.compile(r"(?<=[IO])(?P<np>N+|D[w#N]+|P)(?P<gap>)R?\Z")
COUPLED = lazily.compile(r"[Nw]C[Nw]+\Z")
LABEL = lazily.compile(rf"(?P<np>(?:{CHUNK})(?:[IO](?:{CHUNK})){{0,3}})(?P<gap>{ASIDE})?:\Z")
INVERTED = lazily.compile(
    rf",?-?R{{0,2}}(?:A|(?<=R)E)?(?P<cue>[VMb])R{{0,2}}(?P<np>{NOUN})(?=[,.!;:QIRdTWKCGD(-]|\Z)(?P<gap>,(?:D|w|N|#)[^.!;:Q]{{0,25}}(?=[,.]))?"
)
DIRECT = lazily.compile(rf",?-?A?(?P<np>[bv]?{NOUN})(?P<gap>{GAP})(?P<cue>[VMbv]|E[VM]IG|EG|G(?=[.,]))")
PARENTHETICAL = lazily.compile(
    rf"[,-](?P<np>{NOUN})(?P<gap>{GAP})(?P<cue>V)(?=[,.!;:IRdTG-]|\Z)|[,-](?P<cue2>V)(?P<np2>{NOUN})(?=[,.!;:IRdTG-]|\Z)"
)
ACCORDING = lazily.compile(rf"K(?P<np>{NOUN})(?P<gap>,(?:D|w|N|#)[^.!;:Q,]{{0,25}}(?=[,.]))?")
SUBJECT_OF_VIEW = lazily.compile(r"K(?P<np>N{1,5})(?P<gap>)(?=[,.]|\Z)")
ADDRESSED = lazily.compile(r"(?P<name>D?[Nw#]*N(?:OD?[Nw]*N)?)I[DwO]")
"""A name and to whom or in what is spoken: `WHO to reporters`, `WHO in a statement`."""
SIGNED = lazily.compile(r"-{1,2}(?P<np>N[N#,w]{0,5}?)\.?\Z")
MADE = lazily.compile(r"(?P<np>D?w{1,3})[AR]{0,2}E{1,2}R?v")
_DEPENDENT = r"(?<=[DSw#N][VMGbvg])|(?<=[.!:]N)|(?<=P[vw])|(?<=gV)|(?<=[g,]g)|(?<=Ob)"
DEPENDENT = lazily.compile(rf"[VMGbvgNw](?:{_DEPENDENT})")
DEPENDENT_GENITIVE = lazily.compile(rf"[VMGbvgNwD](?:{_DEPENDENT}|(?<=[Nw]D))")
"""Words whose letter hangs on their neighbours. The letter stands by itself: by it the other places are passed over."""
SAYING = lazily.compile(r"[VGMb]|w(?=[TO:])")
"""A verb of saying, or a noun that may be one for what is said."""
PASSIVE = lazily.compile(r"E[RA]{0,2}\Z")
ADVERBS = lazily.compile(r"[RAd]*\Z")
QUOTED = lazily.compile(rf"[VMG](?P<np>{NOUN})I\Z")
BEFORE_COLON = lazily.compile(r"R{0,2}(?P<np>D?[NSw#]*N)(?P<gap>,(?:D|w|N|#)[^.!;:Q]{0,25})?[:,]Q")
"""Whom a verb of saying leads to where it opens its clause: `, explained WHO: “…”`."""
AS_SAID = lazily.compile(rf"(?<![^.!;:])(?:[TIK]D?A?V(?P<np>{NOUN}),|[TI](?P<np2>{NOUN})V,)")
"""Whom the sentence goes by where it opens with `as explained WHO,` as many languages say it."""
AGENT = lazily.compile(rf"I(?P<np>{NOUN})")
"""By whom something is called so."""
CALLED = lazily.compile(r"VI?\Z")
VIEW = lazily.compile(r"I(?P<np>(?:D?[Nw]*S|D)w?)w(?=[,.!;]|\Z)")
"""`in WHO’s view`."""
AFTER_SMALL = lazily.compile(rf"(?<![^.!;:])(?P<np>{NOUN})(?P<gap>{GAP})[IT]\Z")
"""A subject whose verb is behind `despite`, `before`, `while`."""
QUOTED_BEHIND = lazily.compile(rf"(?P<np>{NOUN})IG")
"""Whom somebody quotes: `quoted WHO as saying`, before and behind the quotation."""
