"""Paths from a certificate to a root: what the library refuses is refused here, with the code that says why."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence

import authorities
import pytest
from authorities import DOMAIN, Holder, host, intermediate, issue, newsroom, root
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from archive.errors import TrustError
from archive.signing import certificates
from archive.signing.certificates import Path, hosts_of, is_whole, key_fingerprint, load, ordered, path_of
from archive.signing.trust import Roots, fingerprint

AT = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
KNOWN = Roots((root().der,))
BROKEN = "signature.chain-broken"


def year(number: int) -> dt.datetime:
    """Return the first of January of a year."""
    return dt.datetime(number, 1, 1, tzinfo=dt.UTC)


def refused(
    chain: Sequence[bytes], *, domain: str = DOMAIN, at: dt.datetime = AT, roots: Roots = KNOWN
) -> str:
    """Return the code with which a chain is refused, or what is made of it."""
    try:
        path = path_of(chain, domain, at, roots)
    except TrustError as error:
        return error.finding
    return "trusted" if path.trusted else "unknown"


def rebuilt(holder: Holder, *extensions: x509.ExtensionType, issuer: Holder | None = None) -> bytes:
    """Return the certificate of a holder with further, critical extensions."""
    old = holder.certificate
    builder = x509.CertificateBuilder(
        old.issuer,
        old.subject,
        old.public_key(),
        old.serial_number,
        old.not_valid_before_utc,
        old.not_valid_after_utc,
    )
    for extension in old.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    for added in extensions:
        builder = builder.add_extension(added, critical=True)
    return builder.sign((issuer or intermediate()).key, hashes.SHA256()).public_bytes(
        serialization.Encoding.DER
    )


def test_to_the_root() -> None:
    """A chain that leads to a trusted root is trusted, by that root's name."""
    assert Path("Test Root", trusted=True) == path_of(newsroom().chain, DOMAIN, AT, KNOWN)


def test_to_a_stranger() -> None:
    """A chain that leads to nobody who is known is not trusted, and names the root that it leads to."""
    holder = host(issue("Nobody's Issuer", issue("Nobody's Root")))

    for chain in (holder.chain, holder.chain[:2]):
        assert Path("Nobody's Root", trusted=False) == path_of(chain, DOMAIN, AT, KNOWN)


@pytest.mark.parametrize("domain", ["NEWSROOM.example", "newsroom.example"])
def test_letters(domain: str) -> None:
    """A host has no upper and lower case."""
    assert "trusted" == refused(newsroom().chain, domain=domain)


@pytest.mark.parametrize("order", list(itertools.permutations(range(1, 3))))
def test_the_order_above_the_leaf(order: tuple[int, ...]) -> None:
    """Where a path is found, the order of what is above the leaf does not matter."""
    assert "trusted" == refused([newsroom().der, *(newsroom().chain[place] for place in order)])


def test_without_its_root() -> None:
    """A chain without its root is trusted where the root is at hand, and unknown where it is only named."""
    named = Roots(fingerprints=frozenset({fingerprint(root().der)}))

    assert "trusted" == refused(newsroom().chain[:2])
    assert "trusted" == refused(newsroom().chain, roots=named)
    assert "unknown" == refused(newsroom().chain[:2], roots=named)


def test_an_issuer_as_root() -> None:
    """Whoever trusts an issuer below the root trusts what that issued, and need not trust the root."""
    assert "trusted" == refused(newsroom().chain, roots=Roots((intermediate().der,)))


def test_a_cross_signed_root() -> None:
    """A root that another has signed as well is trusted by either."""
    other = issue("Older Root")
    crossed = issue("Test Root", other, key=root().key)
    chain = (*newsroom().chain[:2], crossed.der)

    assert "trusted" == refused(chain)
    assert "trusted" == refused(chain, roots=Roots((other.der,)))
    assert "trusted" == refused(chain, roots=Roots(fingerprints=frozenset({fingerprint(crossed.der)})))


def _with_known_root_between() -> Sequence[bytes]:
    """Return a stranger's chain in which the known root stands, which issued none of it."""
    nobody = issue("Nobody's Root")
    return (host(nobody).der, root().der, nobody.der)


CHAINS: dict[str, tuple[Callable[[], Sequence[bytes]], str]] = {
    "two hosts": (lambda: host(intermediate(), domains=("a.example", DOMAIN)).chain, "trusted"),
    "a known root's name under another key": (lambda: host(issue("Test Root")).chain, BROKEN),
    "a wildcard": (lambda: host(intermediate(), domains=("*.example",)).chain, "trusted"),
    "another host": (lambda: host(intermediate(), "newsroom2.example").chain, "signature.other-domain"),
    "a host above": (lambda: host(intermediate(), "example").chain, "signature.other-domain"),
    "a host below": (lambda: host(intermediate(), f"www.{DOMAIN}").chain, "signature.other-domain"),
    "the host in the subject alone": (
        lambda: issue(DOMAIN, intermediate(), ca=False, extended=authorities.TLS).chain,
        "signature.other-domain",
    ),
    "an issuer that ran out": (
        lambda: host(issue("Old Issuer", root(), end=year(2025))).chain,
        "signature.certificate-not-valid",
    ),
    "an issuer for others": (lambda: _constrained("elsewhere.example"), BROKEN),
    "an issuer for ours": (lambda: _constrained("example"), "trusted"),
    "a critical unknown": (
        lambda: (
            rebuilt(newsroom(), x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\5\0")),
            *newsroom().chain[1:],
        ),
        BROKEN,
    ),
    "a leaf that may issue": (lambda: host(intermediate(), ca=True).chain, BROKEN),
    "an RSA issuer": (
        lambda: host(issue("RSA", root(), key=rsa.generate_private_key(65537, 2048))).chain,
        "trusted",
    ),
    "a weak RSA issuer": (
        lambda: host(issue("RSA", root(), key=rsa.generate_private_key(65537, 1024))).chain,
        BROKEN,
    ),
    "an issuer on an odd curve": (
        lambda: host(issue("Odd", root(), key=ec.generate_private_key(ec.SECP256K1()))).chain,
        BROKEN,
    ),
    "too long": (lambda: _long(12), BROKEN),
    "nothing but the root": (lambda: root().chain, "signature.other-domain"),
    "its issuer alone": (lambda: (newsroom().der, root().der), BROKEN),
    "bytes": (lambda: (b"bytes",), BROKEN),
    "nobody's, the known root between": (_with_known_root_between, BROKEN),
    "nobody's": (lambda: host(issue("Nobody's Root")).chain, "unknown"),
    "nobody's, for another host": (
        lambda: host(issue("Nobody's Root"), "bbc.example").chain,
        "signature.other-domain",
    ),
    "nobody's, that ran out": (
        lambda: host(issue("Nobody's Root"), end=year(2025)).chain,
        "signature.certificate-not-valid",
    ),
}


def _constrained(tree: str) -> Sequence[bytes]:
    """Return a chain through an issuer that may issue for one part of the tree of names."""
    constraint = x509.NameConstraints([x509.DNSName(tree)], None)
    issuer = issue("Constrained", root())
    der = rebuilt(issuer, constraint, issuer=root())
    return (host(issuer).der, der, root().der)


def _long(count: int) -> Sequence[bytes]:
    holder = root()
    for number in range(count):
        holder = issue(f"Issuer {number}", holder)
    return host(holder).chain


@pytest.mark.parametrize("case", CHAINS)
def test_chains(case: str) -> None:
    """Each chain is trusted, unknown, or refused with the code that says what is wrong."""
    make, expected = CHAINS[case]

    assert expected == refused(make())


@pytest.mark.parametrize(
    "name",
    ["", " ", "a" * 300, "ne\nwsroom.example", "127.0.0.1", "*.example", "é.example", "\udc80", f"{DOMAIN}."],
)
def test_names_that_are_none(name: str) -> None:
    """A claimed host that is none is not the certificate's."""
    assert "signature.other-domain" == refused(newsroom().chain, domain=name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("(STAGING) Pretend Pear X1", "signature.test-authority"),
        ("Fake LE Root X1", "signature.test-authority"),
        ("Staging Theatre Root", "unknown"),
        ("Fake Fur Traders' Root", "unknown"),
    ],
)
def test_authorities_for_tests(name: str, code: str) -> None:
    """An authority that names itself one for tests is refused, unless the caller trusts it; a mere likeness is not."""
    holder = issue(name)

    assert code == refused(host(holder).chain)
    assert "trusted" == refused(host(holder).chain, roots=Roots((holder.der,)))


def _by_organisation(name: str) -> list[bytes]:
    """Return a whole chain of two, whose root has a name that tells nothing, and belongs to an organisation."""
    plain = issue("Plain Root")
    leaf = host(plain).certificate
    kinds = ((x509.NameOID.ORGANIZATION_NAME, name), (x509.NameOID.COMMON_NAME, "Plain Root"))
    issuer, chain = x509.Name([x509.NameAttribute(*kind) for kind in kinds]), []
    for old, subject in ((leaf, leaf.subject), (plain.certificate, issuer)):
        times = (old.not_valid_before_utc, old.not_valid_after_utc)
        builder = x509.CertificateBuilder(issuer, subject, old.public_key(), old.serial_number, *times)
        for extension in old.extensions:
            builder = builder.add_extension(extension.value, extension.critical)
        chain.append(builder.sign(plain.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))
    return chain


@pytest.mark.parametrize(
    ("name", "code"),
    [("(STAGING) Somebody", "signature.test-authority"), ("Somebody (STAGING)", "unknown")],
)
def test_the_organisation_of_an_authority_for_tests(name: str, code: str) -> None:
    """An authority is one for tests also where its organisation says so and its name does not."""
    assert code == refused(_by_organisation(name))


def test_the_key_of_an_authority_for_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority for tests is known by its key where its name does not tell, wherever it stands in the chain."""
    holder = host(issue("Nobody's Issuer", issue("Nobody's Root")))
    for place in range(3):
        key = key_fingerprint(load(holder.chain[place]))
        monkeypatch.setattr(certificates, "_TEST_KEYS", frozenset({key}))

        assert "signature.test-authority" == refused(holder.chain)
        assert "trusted" == refused(newsroom().chain)


def test_the_hosts_of_a_certificate() -> None:
    """The host in the subject comes first, the others in their order, wildcards not at all; without names there is none."""
    named = host(intermediate(), domains=("b.example", "*.example", DOMAIN, "a.example"))

    assert [DOMAIN, "b.example", "a.example"] == hosts_of(named.certificate)
    assert [] == hosts_of(issue(DOMAIN, intermediate(), ca=False).certificate)


class TestWhole:
    """Whether no byte of a chain could be another."""

    def test_whole(self) -> None:
        """A chain to a root that signed itself, to one that is at hand, or to one of which nothing is known."""
        for chain in (newsroom().chain, newsroom().chain[:2], host(issue("Nobody's Root")).chain, ()):
            assert is_whole(chain, KNOWN)
        assert is_whole(host(issue("Nobody's Issuer", issue("Nobody's Root"))).chain[:2], KNOWN)

    def test_a_root_with_another_name_behind_it(self) -> None:
        """A root whose bytes were changed is not vouched for by itself any more, nor by anybody else."""
        last = bytearray(root().der)
        last[last.index(b"Test Root")] ^= 1
        assert load(bytes(last)).issuer != load(bytes(last)).subject
        assert not is_whole((*newsroom().chain[:2], bytes(last)), KNOWN)

    def test_a_broken_link(self) -> None:
        """Where a certificate was not issued by the next, the chain is no chain."""
        with pytest.raises(TrustError, match="certificate 1 of the chain"):
            is_whole((newsroom().der, root().der), KNOWN)
        with pytest.raises(TrustError, match="certificate 2 of the chain"):
            is_whole((*newsroom().chain[:2], authorities.rogue().der), KNOWN)


class TestOrder:
    """Chains out of certificates in any order."""

    @pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
    def test_any_order(self, order: tuple[int, ...]) -> None:
        """From the one that issued none of the others, up to the root."""
        assert list(newsroom().chain) == ordered(newsroom().chain[place] for place in order)

    def test_with_strangers(self) -> None:
        """What does not belong to the chain is left out, also where it bears the name of one that does."""
        assert list(newsroom().chain) == ordered([authorities.rogue().der, *newsroom().chain])

    def test_of_nothing(self) -> None:
        """No certificate, or none but a root: there is no chain."""
        assert [] == ordered([]) == ordered([root().der])

    def test_in_a_circle(self) -> None:
        """Two that issued each other come to an end."""
        one = issue("One")
        two = issue("Two", one)
        back = issue("One", two, key=one.key)

        assert 3 >= len(ordered([back.der, two.der, host(back).der]))
