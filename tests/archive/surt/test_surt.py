"""The key of a URL: worked out by hand from the rules that crawlers share."""

from __future__ import annotations

import random

import pytest

from archive.surt import surt


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "-"),
        ("https://www.Example.com/Path/?B=2&a=1#top", "com,example)/path?a=1&b=2"),
        ("http://example.com", "com,example)/"),
        ("http://example.com:80/", "com,example)/"),
        ("https://example.com:443/a/", "com,example)/a"),
        ("http://example.com:8080/", "com,example:8080)/"),
        ("http://user:secret@example.com/", "com,example)/"),
        ("http://www23.a.example.com/", "com,example,a)/"),
        ("example.com/x", "com,example)/x"),
        ("http://127.0.0.1/", "1,0,0,127)/"),
        ("http://2130706433/", "1,0,0,127)/"),
        ("http://bücher.example/", "example,xn--bcher-kva)/"),
        ("http://a.example/%7Euser/%257e/x%20y", "example,a)/~user/~/x%20y"),
        ("http://a.example/a/../b//c/./d", "example,a)/b/c/d"),
        ("http://a.example/?", "example,a)/"),
        ("http://a.example/?b&a=&a", "example,a)/?a&a=&b"),
        ("http://a.example/x?jsessionid=0123456789abcdef0123456789abcdef&y=1", "example,a)/x?y=1"),
        ("http://a.example/(0123456789abcdefghijklmn)/p.aspx", "example,a)/p.aspx"),
        ("http://http://a.example/", "example,a)/"),
        ("http:////a.example/x", "example,a)/x"),
        ("urn:x-text:1", "urn:x-text:1"),
        ("data:text/plain,Hello", "data:text/plain,hello"),
        ("file:///home/X", "file:/home/x"),
        ("filedesc://x.arc", "filedesc://x.arc"),
        ("http://a.example:port/", "http://a.example:port/"),
        ("http://a.example:99999/", "http://a.example:99999/"),
    ],
)
def test_key(url: str, expected: str) -> None:
    """A URL is found under the key that leaves out what does not tell two pages apart."""
    assert expected == surt(url)


def test_deep_escapes_are_undone_in_one_pass() -> None:
    """An escape nested ten thousand deep is undone without trying ten thousand times."""
    assert "example,a)/a" == surt("http://a.example/%" + "25" * 10_000 + "41")


def test_a_key_is_its_own_key_path() -> None:
    """Escaping and lower case are stable: a path taken from a key gives the same key again."""
    generator = random.Random(7)
    for _ in range(2000):
        path = "".join(generator.choice("aB%/.é ?&=~25") for _ in range(12))
        key = surt("http://a.example/" + path)
        assert key == surt("http://a.example" + key.partition(")")[2])
