"""The verbs by which texts say that somebody speaks."""

from __future__ import annotations

CUE = (
    "said|says|say|told|tells|added|adds|asked|asks|stated|states|declared|announced|announces|explained|explains"
    "|insisted|warned|warns|noted|notes|claimed|claims|argued|argues|replied|wrote|writes|tweeted|called|calls"
    "|described|accused|condemned|confirmed|denied|stressed|emphasi[sz]ed|recalled|admitted|acknowledged"
    "|concluded|continued|remarked|commented|observed|pointed out|reported|reports|vowed|pledged|urged|demanded"
    "|shouted|predicted|suggested|joked|complained|testified|asserted|alleged|alleges|maintained|responded|hailed"
    "|dismissed|branded|slammed|praised|boasted|promised"
)
VERB = rf"(?:has |had |have |also |later |then |further |recently )?(?:{CUE})"
