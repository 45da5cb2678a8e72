"""What is found about signatures: codes `signature.*`, each explained."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

_CLAUSE = "WACZ Signing and Verification 0.1.0"
_DO_NOT = "Do not rely on the signature. Ask the signer for the package that was signed."
_NAME = (
    "Ask whoever sent the package for the host or the fingerprint of the key, by another way than the package came,"
    " and name it: --signer."
)


def _code(
    name: str,
    status: Status,
    title: str,
    meaning: str,
    remedy: str = _DO_NOT,
    clause: str | None = _CLAUSE,
) -> Code:
    return Code(f"signature.{name}", Level.AUTHENTICITY, status, title, meaning, remedy, clause)


CODES.register(
    (
        _code(
            "absent",
            Status.NOTE,
            "The package is not signed",
            "Nobody vouches for the package. Whoever has it could have rewritten all of it, digests included, without a"
            " trace; or could have taken a signature away.",
            "Ask for a signed package, or for the manifest's digest by another way, if it matters who made it.",
        ),
        _code(
            "verified",
            Status.NOTE,
            "The package is signed by somebody you named",
            "The signature is right, it is over this very manifest and so over every record, and the key belongs to a"
            " signer that you named. That signer recorded these bytes so; it is not thereby proven that a server ever"
            " sent them to anybody else.",
            "Nothing needs to be done.",
        ),
        _code(
            "signer-unknown",
            Status.NOTE,
            "Signed by somebody whom you did not name",
            "The signature is right and over this very manifest. Whose it is, is told by the message; but anybody can"
            " rewrite a package and sign it anew with a key or for a host of his own. So it counts as checked only where"
            " you say who should have signed.",
            _NAME,
            None,
        ),
        _code(
            "other-signer",
            Status.FAILED,
            "Signed by somebody else",
            "You named who should have signed the package. It is signed, and by none of them: it was signed anew after it"
            " left their hands, or they sign with another key or host than you were told.",
            "Compare the fingerprint in the message with the one the signer gives you by another way.",
            None,
        ),
        _code(
            "other-content",
            Status.FAILED,
            "The signature is for another package",
            "The package carries a signature, and what is signed is not the manifest of this package. A signature was taken"
            " from elsewhere, or the package was rewritten after it was signed. Some programs overlook this.",
        ),
        _code(
            "wrong",
            Status.FAILED,
            "The signature is not right",
            "The signature is not one that the stated key made over the stated hash. The key, the hash or the signature was"
            " changed, or somebody made it up.",
        ),
        _code(
            "not-checked",
            Status.NOT_CHECKED,
            "The signature was not checked",
            "The package is signed, and the libraries that signatures are checked with are not installed. A signature that"
            " was not checked proves nothing. It counts against the package only where a signature is required.",
            "Install them: `pip install 'source-provenance[sign]'`",
        ),
        _code(
            "malformed",
            Status.FAILED,
            "The signature cannot be read",
            "What stands under `signedData` has not the form that a signature has: something is no text, no base64, no"
            " certificate, or larger than any signature is; or it names both a key and a certificate, so that two programs"
            " could call it two people's.",
        ),
        _code(
            "incomplete",
            Status.FAILED,
            "The signature lacks a part",
            "A signature for a host comes with the certificate and with a time-stamp, because certificates run out; one"
            " without a host comes with its key. A part is missing, so the signature was cut, or never was whole.",
        ),
        _code(
            "key-unlisted",
            Status.WARNED,
            "The signature has a part that none has",
            "Beside the parts of a signature stands another one, which the standard forbids. No signature covers it:"
            " anybody can have put it there.",
            "Do not rely on what it says.",
        ),
        _code(
            "not-canonical",
            Status.FAILED,
            "The signature is written in another way",
            "This software writes a signature in one way only, so that no byte of it can be changed unseen. Here the same"
            " signature is written otherwise, or with another name of the software: the package was changed behind the"
            " signature, though nothing that is signed was.",
            "Compare with another copy of the package.",
            None,
        ),
        _code(
            "other-software",
            Status.NOTE,
            "Signed with other software than it was made with",
            "The package was made with this software and signed with another, or the name of the software beside the"
            " signature was changed; nothing covers that name.",
            "Nothing needs to be done.",
            None,
        ),
        _code(
            "key-unfit",
            Status.FAILED,
            "The key is not one that packages are signed with",
            "A signature for a host is made with an ECDSA key on P-256 whose certificate lets it sign, one without a host"
            " with an ECDSA key on P-384. This key is of another kind. What programs make of such a signature differs.",
        ),
        _code(
            "encoding",
            Status.WARNED,
            "The signature is written as the other kind of signature is",
            "The signature is right, but its two numbers are written as in the other form: DER goes with a certificate, r‖s"
            " with a bare key. Some programs will call it wrong.",
            "Nothing needs to be done to verify it here.",
        ),
        _code(
            "other-domain",
            Status.FAILED,
            "The certificate is not for the host that is named",
            "The signature claims to be made for a host, and its certificate is for another one. Some programs show the"
            " claimed name all the same.",
        ),
        _code(
            "certificate-not-valid",
            Status.FAILED,
            "A certificate was not valid when the package was signed",
            "At the time that the time-stamp gives, a certificate of the chain was not valid yet, or not any more. Keys of"
            " old certificates may be in anybody's hands.",
        ),
        _code(
            "chain-broken",
            Status.FAILED,
            "The certificates do not vouch for one another",
            "The chain does not lead from the signer's certificate upward: a certificate was not issued by the next, or by"
            " somebody who may not issue any, or one bears a known authority's name and not its key. Whoever made it is"
            " not who the certificate names. Some programs do not look.",
        ),
        _code(
            "test-authority",
            Status.FAILED,
            "The certificate comes from an authority for tests",
            "Authorities run a second, public instance for trying things out, whose certificates nobody is to believe. The"
            " signer's certificate comes from one: somebody tried signing out, or hopes that nobody looks.",
            "Ask the signer for a package that was signed in earnest.",
            None,
        ),
        _code(
            "authority-unknown",
            Status.NOT_CHECKED,
            "Nothing is known of the authority that issued the certificate",
            "The chain of certificates holds together, and leads to a root that is not among those you trust. Whether the"
            " signer is the host that it names cannot be said.",
            "If you trust that authority, name its root in a trust file: `domain-roots`. Or name the key's fingerprint:"
            " --signer.",
            None,
        ),
        _code(
            "time-unknown",
            Status.NOT_CHECKED,
            "When it was signed is not known",
            "A certificate is worth something only while it is valid, and no time-stamp that can be relied on says when the"
            " package was signed. Whether the signer held the certificate then cannot be said.",
            "If you trust the authority that stamped it, name its root in a trust file: `timestamp-roots`.",
        ),
        _code(
            "time-apart",
            Status.WARNED,
            "Signed at another time than it was made",
            "The package says when it was made, and the time-stamp of its signature is from another time: earlier, or more"
            " than ten minutes later. Made earlier and signed later is harmless in itself, but then the signature proves"
            " nothing for the time between; other verifiers refuse it.",
            "Go by the time-stamp, not by what the package says of itself.",
        ),
        _code(
            "cross-signed-differs",
            Status.FAILED,
            "The second certificate is for another key",
            "A signature may bring a second chain of certificates for the same key. This one is for another key, or cannot"
            " be read: it vouches for nothing here.",
        ),
    )
)
