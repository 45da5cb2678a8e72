"""Only public http and https addresses in plain spelling may be asked."""

from __future__ import annotations

import pytest

from provenance.capture.addresses import checked_addresses, is_public, target_of
from provenance.capture.http import fetch
from provenance.errors import CaptureError


@pytest.mark.parametrize(
    "url",
    [
        "ftp://paper.example/",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "//paper.example/",
        "http:///nothing",
        "http://user@paper.example/",
        "http://user:word@paper.example/",
        "http://@paper.example/",
        "http://paper.example:99999/",
        "http://paper.example:0/",
        "http://paper.example/a b",
        "http://paper.example/\r\nX-Evil: 1",
        "http://paper.example\\@127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://①②⑦.⓪.⓪.①/",
        "http://[::1/",
    ],
)
def test_odd_addresses_are_refused(url):
    """Other schemes, user names, control characters and numbers in disguise are never asked."""
    with pytest.raises(CaptureError):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("http://paper.example", "paper.example", "/"),
        ("https://Paper.Example:443/a?b=c", "paper.example", "/a?b=c"),
        ("https://paper.example:8443/", "paper.example:8443", "/"),
        ("http://93.184.216.34/x", "93.184.216.34", "/x"),
        ("http://[2606:2800:220:1:248:1893:25c8:1946]/", "[2606:2800:220:1:248:1893:25c8:1946]", "/"),
        ("http://bücher.example/straße", "xn--bcher-kva.example", "/stra%C3%9Fe"),
    ],
)
def test_plain_addresses_are_taken_apart(url, authority, path):
    """A plain address gives the Host header and the path as they go over the wire."""
    target = target_of(url)
    assert (target.authority, target.path) == (authority, path)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", "fe80::1%eth0", "nonsense",
    ],
)  # fmt: skip
def test_private_addresses(ip):
    """Loopback, private, link-local, shared, multicast, reserved and documentation addresses are not public."""
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_public_addresses(ip):
    """Ordinary addresses are public, also written as IPv6."""
    assert is_public(ip)


def test_one_private_answer_spoils_all():
    """A name with a public and a private address is refused whole: which one is used must not be luck."""
    target = target_of("http://both.example/")
    with pytest.raises(CaptureError, match=r"192\.168\.0\.9"):
        checked_addresses(target, lambda host, port: ["8.8.8.8", "192.168.0.9"], allow_private=False)


def test_unknown_name_is_an_error():
    """A name that does not resolve is a capture error that names the address."""

    def nobody(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(CaptureError) as refused:
        checked_addresses(target_of("http://gone.example/"), nobody, allow_private=False)
    assert refused.value.where.field == "http://gone.example/"


def test_loopback_is_refused_by_default():
    """Without saying so, nothing on this machine can be captured; no connection is tried."""
    pytest.importorskip("h11", reason="the extra `capture` is not installed")

    def never(ip: str, port: int, timeout: float) -> None:
        raise AssertionError("connected")

    with pytest.raises(CaptureError, match="not a public address"):
        fetch("http://127.0.0.1/", connect=never)  # type: ignore[arg-type]


def test_missing_extra_says_how_to_install(monkeypatch):
    """Without h11 the error tells which extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "h11", None)
    with pytest.raises(CaptureError) as missing:
        fetch("http://paper.example/")
    assert "source-provenance[capture]" in (missing.value.hint or "")
