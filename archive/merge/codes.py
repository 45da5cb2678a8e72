"""What can be found in merging archives: the codes `merge.*`."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

CODES.register(
    (
        Code(
            "merge.id-conflict",
            Level.CONTAINER,
            Status.FAILED,
            "Two different records have the same id",
            "A record id stands for one record only. Two of the archives hold different records under one id, so one of"
            " them was altered, or its writer gave ids that are none. The first was taken; the second was left out, and"
            " is only in its archive.",
            "Compare the two records; `provenance verify` on each archive may say which was altered. Keep both archives.",
            "ISO 28500:2017 §5.2",
        ),
        Code(
            "merge.record-left-out",
            Level.CONTAINER,
            Status.FAILED,
            "A damaged record was left out",
            "A record of one of the archives is cut off or its gzip member is damaged, so that nobody knows what it was."
            " It was not taken over; the other records were.",
            "Get another copy of that archive, or rescue what can be read with `provenance salvage`.",
        ),
        Code(
            "merge.page-conflict",
            Level.COHERENCE,
            Status.WARNED,
            "Two different pages have the same id",
            "Two page lists name different pages by one id. The first keeps it; the second is listed under an id made of"
            " its address and time.",
            "Nothing, unless other data refers to pages by these ids.",
        ),
    )
)
