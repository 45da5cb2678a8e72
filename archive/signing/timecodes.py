"""What is found of proofs of time: codes `time.*`, each explained."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

_RFC = "RFC 3161"


def _time(
    name: str,
    title: str,
    meaning: str,
    remedy: str,
    status: Status = Status.FAILED,
    clause: str | None = None,
) -> Code:
    return Code(f"time.{name}", Level.TIME, status, title, meaning, remedy, clause)


_COPY = (
    "Do not rely on the time. Get another copy of the package, or stamp it again: that proves the later time."
)
_TRUST = (
    "Name the authority's root in a trust file (`--trust`), after making sure that it is the authority's own."
)

CODES.register(
    (
        _time(
            "stamped",
            "The package existed at a time that somebody else vouches for",
            "The named authority, whose root is among those that you trust, put its time to the digest of this package's"
            " manifest, or to the signature over it. So all that the manifest vouches for existed then. It is no proof"
            " that it did not exist before, nor that what it says is so.",
            "Nothing needs to be done.",
            Status.NOTE,
        ),
        _time(
            "not-checked",
            "A proof of time that was not checked",
            "The package holds a proof of time, and what is needed to check it is not there, or there are more proofs"
            " than are looked at. Nothing is said of the time.",
            "Install what the message names, and verify again. It needs no network.",
            Status.NOT_CHECKED,
        ),
        _time(
            "form-unknown",
            "A proof of time in an unknown form",
            "The package holds a proof of time in a form that is not known here. It may be sound; nothing is said of the"
            " time.",
            "Verify the package with a newer version, or with the tools of whoever made the proof.",
            Status.NOT_CHECKED,
        ),
        _time(
            "token-broken",
            "A proof of time that cannot be read",
            "What should be a timestamp or a proof of time is cut off, has something left over, or contradicts itself."
            " It was damaged, or never was one.",
            _COPY,
            clause=f"{_RFC} §2.4.2",
        ),
        _time(
            "other-content",
            "A timestamp of something else",
            "The proof of time is about another digest than that of this package. It was taken from another package, or"
            " the package was altered after it was stamped.",
            _COPY,
            clause=f"{_RFC} §2.4.2",
        ),
        _time(
            "weak",
            "A timestamp that rests on something weak",
            "The proof of time rests on SHA-1, or on another digest for which two documents with one digest can be made, or"
            " on a key that is too short. Somebody may hold a second document that it fits as well, or may have made it"
            " himself, so it is not counted as time.",
            "Stamp the package again; keep the old proof beside it.",
            Status.NOT_CHECKED,
        ),
        _time(
            "certificate-missing",
            "A timestamp without its signer's certificate",
            "The timestamp names the certificate it was signed with, and that certificate is neither in the timestamp nor"
            " beside it. The signature cannot be checked.",
            "Get the certificate from the authority and name it in a trust file.",
            Status.NOT_CHECKED,
        ),
        _time(
            "certificate-other",
            "The certificate beside a timestamp is not its signer's",
            "The package names a certificate as that of the time-stamping authority, and the timestamp was signed with"
            " another one. One of the two was exchanged.",
            _COPY,
            clause="RFC 5035 §5.4",
        ),
        _time(
            "certificate-unfit",
            "A timestamp by somebody who may not stamp",
            "The timestamp is signed with a certificate that was not issued for time-stamping: it says so neither alone"
            " nor critically, as it must. Whoever has an ordinary certificate of a trusted root can make such"
            " timestamps, of any date.",
            _COPY,
            clause=f"{_RFC} §2.3",
        ),
        _time(
            "signature-broken",
            "The signature of a timestamp does not verify",
            "The time, the digest or something else that the timestamp says was changed after the authority signed it,"
            " or the authority never signed it.",
            _COPY,
            clause="RFC 5652 §5.4",
        ),
        _time(
            "root-unknown",
            "A timestamp by an authority that you do not know",
            "The timestamp is signed as it should be, and leads to no root that you named or that is known here. Anybody"
            " can make such timestamps, of any date, so nothing is said of the time.",
            _TRUST,
            Status.NOT_CHECKED,
        ),
        _time(
            "chain-broken",
            "The way from a timestamp to its root does not hold",
            "The certificates lead to a root that you trust, and one of them may not do what it does here: issue others,"
            " or so many in a row. Somebody may have made a certificate for himself.",
            _COPY,
            clause="RFC 5280 §6.1",
        ),
        _time(
            "certificate-expired",
            "A timestamp with a certificate that was not valid",
            "At the time that the timestamp states, the certificate of the authority was not valid yet, or not any more."
            " The time may be wrong, or somebody used a key that should no longer be used.",
            _COPY,
            clause="RFC 5280 §6.1.3",
        ),
        _time(
            "verifiers-disagree",
            "Two verifiers disagree about a timestamp",
            "Each timestamp is checked twice, here and by the library rfc3161-client. What is accepted here the library"
            " refuses: either it does not know this kind of timestamp, or something is wrong that was overlooked here. So"
            " it is not counted.",
            "Check the timestamp with `openssl ts -verify`, and report what you find.",
            Status.NOT_CHECKED,
        ),
        _time(
            "signature-unbound",
            "The time of a signature, and not of the package",
            "The timestamp is sound, and is over the signature, whose key nobody vouches for that you trust. For any old"
            " signature a key can be worked out by which it fits a new package, so the signature may be older than the"
            " package that it stands on. Nothing is said of the package's time.",
            "Name the signer's key, or the root of its certificate, in a trust file, if you know that it is theirs; or ask"
            " for a timestamp over the manifest, which needs no signature (`provenance stamp`).",
            Status.NOT_CHECKED,
        ),
        _time(
            "before-creation",
            "The package says it was made after it was stamped",
            "The manifest says that the package was made later than the proof of time says it existed. One of the two is"
            " wrong: the time that the package states was made up, or a clock was.",
            "Rely on the time that is proven, not on the one that the package states.",
        ),
        _time(
            "record-after-token",
            "A record is dated later than the package was stamped",
            "The record says it was captured after the time at which, as is proven, the package existed with it. Its date"
            " is wrong: it was altered before the package was stamped, or the clock of the capturing computer was.",
            "Do not rely on the record's date; the capture is older than the proven time.",
        ),
        _time(
            "pending",
            "A promise to have the package attested, and no proof yet",
            "Calendars of OpenTimestamps took the digest and promised to write it into a Bitcoin block. That takes hours."
            " Until then there is no proof of any time, and none is counted.",
            "Ask the calendars with `provenance stamp --upgrade PACKAGE`, some hours later.",
            Status.NOT_CHECKED,
        ),
        _time(
            "block-not-checked",
            "A proof by way of a Bitcoin block that is not at hand",
            "The proof leads to a Bitcoin block, and whether that block has the root that it leads to was not checked:"
            " the block's header was not given. Without it the proof is only a claim.",
            "Give the header of the block, from a node that you trust, with `--bitcoin-headers`.",
            Status.NOT_CHECKED,
        ),
        _time(
            "block-differs",
            "A proof that does not lead to the Bitcoin block it names",
            "The header of the block, as it was given, has another root than the proof leads to. The proof was altered or"
            " made up, or the header is another block's.",
            "Compare the header with that of another node; if it stands, do not rely on the proof.",
        ),
        _time(
            "too-few",
            "Fewer authorities vouch for the time than are asked for",
            "So many timestamps by different authorities were asked for, and fewer could be verified. Two timestamps of"
            " one authority, or of two under one root, count as one.",
            "Stamp the package by further authorities, or name the roots of those that stamped it.",
        ),
    )
)
