"""Time-stamping authorities for tests: tokens of any time made here, and a loopback server over `openssl ts`."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import http.server
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import authorities
from authorities import Holder
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

AT = dt.datetime(2026, 3, 1, 12, 0, 0, tzinfo=dt.UTC)
"""When tokens say they were made, where a test says nothing else."""
OPENSSL = shutil.which("openssl")
_OIDS = {
    "sha1": "06052b0e03021a",
    "sha256": "0609608648016503040201",
    "sha384": "0609608648016503040202",
    "sha512": "0609608648016503040203",
    "rsa": "06092a864886f70d010101",
    "ecdsa": "06082a8648ce3d040302",
    "ed25519": "06032b6570",
    "signed-data": "06092a864886f70d010702",
    "tst-info": "060b2a864886f70d0109100104",
    "content-type": "06092a864886f70d010903",
    "message-digest": "06092a864886f70d010904",
    "signing-certificate": "060b2a864886f70d010910020c",
    "signing-certificate-v2": "060b2a864886f70d010910022f",
    "policy": "06042a030401",
}


def tlv(tag: int, *parts: bytes) -> bytes:
    """Return a value in DER."""
    body = b"".join(parts)
    count = len(body)
    size = (
        bytes((count,))
        if count < 128
        else b"\x81" + bytes((count,))
        if count < 256
        else b"\x82" + count.to_bytes(2)
    )
    return bytes((tag,)) + size + body


def oid(name: str) -> bytes:
    """Return one of the object identifiers that tokens are made of."""
    return bytes.fromhex(_OIDS[name])


def integer(value: int) -> bytes:
    """Return a non-negative INTEGER."""
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1))


ALGORITHM = tlv(0x30, oid("sha256"))
"""SHA-256 as it is named in a token."""


def stamper(name: str = "Test TSA", issuer: Holder | None = None, **options: Any) -> Holder:
    """Return an authority that may stamp: critical EKU timeStamping, and nothing else."""
    options = {
        "ca": False,
        "usages": ("digital_signature",),
        "extended": (ExtendedKeyUsageOID.TIME_STAMPING,),
        "critical_extended": True,
        **options,
    }
    return authorities.issue(name, issuer or root(), **options)


@functools.cache
def root() -> Holder:
    """Return the root of time-stamps that the tests trust."""
    return authorities.issue("Test TSA Root")


@functools.cache
def tsa() -> Holder:
    """Return the authority that the tests trust."""
    return stamper()


@functools.cache
def second() -> Holder:
    """Return an authority under a root of its own, which the tests trust too where they say so."""
    return stamper("Second TSA", authorities.issue("Second TSA Root"))


@functools.cache
def rogue() -> Holder:
    """Return an authority under a root of its own, by the name of the one that the tests trust."""
    return stamper("Test TSA", authorities.issue("Test TSA Root"))


@functools.cache
def by_rsa() -> Holder:
    """Return an authority with an RSA key."""
    return stamper("RSA TSA", key=rsa.generate_private_key(65537, 2048))


@attrs.frozen
class Recipe:
    """How a token is made; every part can be made wrong. `signer` signs, `named` is whom the token names as signer."""

    signer: Holder = attrs.field(factory=tsa)
    at: dt.datetime = AT
    fraction: bytes = b""
    algorithm: str = "sha256"
    imprint: bytes | None = None
    nonce: int | None = None
    named: Holder | None = None
    issued_as: Holder | None = None
    """Whose issuer and serial number the token gives: by itself those of `named`."""
    serial: int | None = None
    """Another serial number of the signer's certificate."""
    content_digest: str = "sha256"
    """The algorithm by which the signature covers the TSTInfo."""
    certificates: Sequence[bytes] | None = None
    """What the token brings: by itself the signer's certificate and those between it and the root."""
    ordered: bool = True
    """Whether the certificates stand in the order that DER wants."""
    attribute: str = "signing-certificate-v2"
    values: Mapping[str, bytes] = attrs.field(factory=dict)
    """What stands under some signed attributes: other values than belong there, or further attributes."""
    accuracy_s: int | None = None
    status: int = 0
    words: str | None = None
    revocations: bytes = b""
    """What stands behind the certificates."""
    unsigned: bytes = b""
    """What stands behind the signature."""
    extra_info: bytes = b""
    """What stands at the end of the TSTInfo."""
    content_after: Callable[[bytes], bytes] = lambda content: content
    """What becomes of the TSTInfo after it was signed."""

    def token(self, message: bytes) -> bytes:
        """Return the TimeStampResp over a message."""
        status = tlv(
            0x30, integer(self.status), tlv(0x30, tlv(0x0C, self.words.encode())) if self.words else b""
        )
        if self.status > 1:
            return tlv(0x30, status)
        info = self._info(message)
        return tlv(0x30, status, tlv(0x30, oid("signed-data"), tlv(0xA0, self._signed_data(info))))

    def _info(self, message: bytes) -> bytes:
        digest = self.imprint or hashlib.new(self.algorithm, message).digest()
        return tlv(
            0x30,
            integer(1),
            oid("policy"),
            tlv(0x30, tlv(0x30, oid(self.algorithm), b"\x05\x00"), tlv(0x04, digest)),
            integer(4711),
            tlv(0x18, self.at.strftime("%Y%m%d%H%M%S").encode() + self.fraction + b"Z"),
            b"" if self.accuracy_s is None else tlv(0x30, integer(self.accuracy_s)),
            b"" if self.nonce is None else integer(self.nonce),
            self.extra_info,
        )

    def _signed_data(self, info: bytes) -> bytes:
        holder = self.signer
        certificates = holder.chain[:-1] if self.certificates is None else self.certificates
        bundle = tlv(0xA0, *(sorted(certificates) if self.ordered else certificates)) if certificates else b""
        content = tlv(0x30, oid("tst-info"), tlv(0xA0, tlv(0x04, self.content_after(info))))
        algorithms = tlv(0x31, tlv(0x30, oid("sha256")))
        return tlv(
            0x30,
            integer(3),
            algorithms,
            content,
            bundle,
            self.revocations,
            tlv(0x31, self._signer_info(info)),
        )

    def _signer_info(self, info: bytes) -> bytes:
        named = self.named or self.signer
        attributes = self._attributes(info, named.der)
        signature = _sign(self.signer.key, tlv(0x31, attributes))
        kinds = {rsa.RSAPrivateKey: "rsa", ed25519.Ed25519PrivateKey: "ed25519"}
        kind = next((kinds[each] for each in kinds if isinstance(self.signer.key, each)), "ecdsa")
        given = (self.issued_as or named).certificate
        serial = given.serial_number if self.serial is None else self.serial
        return tlv(
            0x30,
            integer(1),
            tlv(0x30, given.issuer.public_bytes(), integer(serial)),
            tlv(0x30, oid(self.content_digest)),
            tlv(0xA0, attributes),
            tlv(0x30, oid(kind), b"\x05\x00" if kind == "rsa" else b""),
            tlv(0x04, signature),
            self.unsigned,
        )

    def _attributes(self, info: bytes, certificate: bytes) -> bytes:
        old = self.attribute == "signing-certificate"
        digest = hashlib.new("sha1" if old else "sha256", certificate).digest()
        values = {
            "content-type": oid("tst-info"),
            "message-digest": tlv(0x04, hashlib.new(self.content_digest, info).digest()),
            self.attribute: tlv(0x30, tlv(0x30, tlv(0x30, tlv(0x04, digest)))),
            **self.values,
        }
        return b"".join(
            sorted(tlv(0x30, oid(kind), tlv(0x31, value)) for kind, value in values.items() if kind)
        )


def _sign(key: Any, data: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def token(message: bytes, **options: Any) -> bytes:
    """Return a token over a message, made as `Recipe` says."""
    return Recipe(**options).token(message)


def answering(**options: Any) -> Callable[[str, bytes], bytes]:
    """Return a `post` that answers each request with a token made as `Recipe` says, nonce and all."""

    def post(_url: str, request: bytes) -> bytes:
        imprint, nonce = _asked(request)
        given = {"imprint": imprint, "nonce": nonce, **options}
        return Recipe(**given).token(b"")

    return post


def _asked(request: bytes) -> tuple[bytes, int]:
    """Return the digest and the nonce of a request that asks for SHA-256, by their places."""
    at = request.index(bytes.fromhex("0420")) + 2
    digest, rest = request[at : at + 32], request[at + 32 :]
    assert rest[0] == 0x02
    return digest, int.from_bytes(rest[2 : 2 + rest[1]])


_CONFIG = """[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@attrs.frozen
class Loopback:
    """A time-stamping service on this machine, which answers with `openssl ts`."""

    url: str
    holder: Holder
    asked: list[bytes]


@contextlib.contextmanager
def loopback(folder: Path, holder: Holder | None = None) -> Iterator[Loopback]:
    """Serve tokens of the authority (the trusted one by itself) on a port of the loopback interface."""
    assert OPENSSL is not None
    holder = holder or tsa()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "signer.pem").write_text(authorities.pem.written(holder.chain[:1]))
    (folder / "signer.key").write_bytes(
        holder.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    asked: list[bytes] = []

    def answer(request: bytes) -> tuple[int, str, bytes]:
        asked.append(request)
        (folder / "query").write_bytes(request)
        command = [OPENSSL, "ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "query"]
        reply = subprocess.run([*command, "-out", folder / "reply"], check=True, capture_output=True)
        assert reply.returncode == 0
        return 200, "application/timestamp-reply", (folder / "reply").read_bytes()

    with serving(lambda _path, body: answer(body)) as address:
        yield Loopback(f"{address}/tsa", holder, asked)


Answer = Callable[[str, bytes], tuple[int, str, bytes]]


@contextlib.contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Serve GET and POST on a port of the loopback interface: a path and a body to a status, a type and a body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._reply(self.rfile.read(length))

        def do_GET(self) -> None:
            self._reply(b"")

        def _reply(self, body: bytes) -> None:
            status, kind, data = answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError):
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
