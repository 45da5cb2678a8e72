"""C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof: the documents' own examples, and others' notes."""

from __future__ import annotations

import base64

import pytest

from archive.custody import checkpoint as checkpoints
from archive.custody import note as notes
from archive.custody import proof as proofs
from archive.custody.ed25519 import verify
from archive.custody.note import Standing, Type, VerifierKey
from archive.merkle import leaf_hash

ed25519 = pytest.importorskip(
    "cryptography.hazmat.primitives.asymmetric.ed25519", reason="the extra sign is not installed"
)

SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""The example of the Go module `sumdb/note`, from which the format comes; its private key is public."""

REAL = """\
arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
"""  # noqa: E501 - signature lines are not folded
"""A checkpoint of a public log of certificates, cosigned by public witnesses."""
REAL_LOG = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
REAL_WITNESS = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"


def standings(raw: str, *keys: str) -> list[str]:
    """Return what is known of each signature of a note by these keys."""
    known = [notes.read_key(key) for key in keys]
    return [str(each.standing) for each in notes.check(notes.parse(raw.encode()), known, verify)]


class TestSignedNote:
    """C2SP signed-note, "Format", "Signatures", "Verifier keys"."""

    def test_the_example(self) -> None:
        """The document's example verifies with the document's key."""
        assert ["verified"] == standings(SPEC_NOTE, SPEC_KEY)

    def test_the_example_altered(self) -> None:
        """With one letter altered it does not."""
        assert ["wrong"] == standings(SPEC_NOTE.replace("example message", "Example message"), SPEC_KEY)

    def test_an_unknown_key_is_ignored(self) -> None:
        """A signature by a key that is not known says nothing, even where name or id is that of a known one."""
        other = VerifierKey("example.com/foo", Type.ED25519, bytes(32))

        assert ["unknown"] == standings(SPEC_NOTE, GO_KEY)
        assert ["unknown"] == standings(SPEC_NOTE, str(other))

    def test_signing_gives_the_published_note(self) -> None:
        """Ed25519 has one signature for a text: signing the Go example gives it to the byte."""
        private = ed25519.Ed25519PrivateKey.from_private_bytes(GO_SEED)
        public = private.public_key().public_bytes_raw()
        made = notes.Note(GO_TEXT, (notes.sign(GO_TEXT, "PeterNeumann", public, private.sign),))

        assert str(made) == GO_NOTE
        assert str(VerifierKey("PeterNeumann", Type.ED25519, public)) == GO_KEY
        assert ["verified"] == standings(GO_NOTE, GO_KEY)

    def test_the_text_ends_at_the_last_empty_line(self) -> None:
        """A text may have empty lines: what signs it stands behind the last one."""
        text = "a\n\nb\n"
        note = notes.parse(f"{text}\n— x AAAAAAA=\n".encode())

        assert note.text == text

    @pytest.mark.parametrize("key", [SPEC_KEY, GO_KEY, REAL_LOG, REAL_WITNESS])
    def test_keys_are_written_as_they_are_read(self, key: str) -> None:
        """A key that is read and written again is the same; a plus within its base 64 is part of it."""
        assert key == str(notes.read_key(key))

    @pytest.mark.parametrize("at", range(len(GO_KEY)))
    def test_no_altered_key(self, at: int) -> None:
        """With any character altered, a key is refused: its hash does not fit."""
        altered = GO_KEY[:at] + ("B" if GO_KEY[at] != "B" else "C") + GO_KEY[at + 1 :]

        with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
            notes.read_key(altered)

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "x",
            "x+y",
            "x+00000000+",
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "two words+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ],
    )
    def test_no_other_key(self, key: str) -> None:
        """A key of another length or kind, or under a name that is none, is refused."""
        with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
            notes.read_key(key)

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"text\n",
            b"text\n\n",
            b"text\n\n- x AAAAAAA=\n",
            "text\n\n— x AAAAAAA=".encode(),
            "text\n\n— x\n".encode(),
            "text\n\n— x AAAA\n".encode(),
            "text\n\n— x AAAAAAB=\n".encode(),
            "text\n\n— x AAAA AAA=\n".encode(),
            "text\n\n— x+y AAAAAAA=\n".encode(),
            "te\txt\n\n— x AAAAAAA=\n".encode(),
            "text\r\n\n— x AAAAAAA=\n".encode(),
            b"te\xffxt\n\n\xe2\x80\x94 x AAAAAAA=\n",
            b"text\n\n" + "— x AAAAAAA=\n".encode() * 129,
            b"x" * ((1 << 20) + 1),
        ],
    )
    def test_what_is_no_note(self, raw: bytes) -> None:
        """Bytes that break a rule of the format are no note."""
        with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
            notes.parse(raw)

    def test_signature_lines_stand_behind_a_text_and_are_whole(self) -> None:
        """Signature lines without a text are no note, nor are those whose last one has no line end."""
        text, line = "text\n\n", "\u2014 x.example AAAAAAA=\n"
        assert 1 == len(notes.parse((text + line).encode()).signatures)

        for raw in (line, text + line[:-1], text + line[:-1] + "x", text + line + "x"):
            with pytest.raises(ValueError, match="no signature lines behind an empty line"):
                notes.parse(raw.encode())

    def test_sixteen_signatures(self) -> None:
        """Sixteen signatures must be taken, and are."""
        assert len(notes.parse(b"text\n\n" + "— x AAAAAAA=\n".encode() * 16).signatures) == 16


class TestCheckpoint:
    """C2SP tlog-checkpoint, "Note text"; tlog-cosignature, "Ed25519 signed message"."""

    EXAMPLE = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )

    def test_the_example(self) -> None:
        """The document's example is read, and written again as it stands."""
        head = checkpoints.parse(self.EXAMPLE.encode())

        assert ("example.com/behind-the-sofa", 20852163) == (head.origin, head.size)
        assert head.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
        assert str(head) == self.EXAMPLE

    def test_the_signed_message_of_a_witness(self) -> None:
        """What a witness signs is the document's example, line by line."""
        text = checkpoints.parse(self.EXAMPLE.encode()).note.text

        assert notes.cosigned_message(text, 1679315147).decode() == (
            "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\n"
            "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        )

    def test_a_checkpoint_of_others(self) -> None:
        """A public log's checkpoint verifies with its key, and a witness's cosignature with his, which gives a time."""
        note = notes.parse(REAL.encode())
        checked = notes.check(note, [notes.read_key(REAL_LOG), notes.read_key(REAL_WITNESS)], verify)

        standing = [Standing.UNKNOWN] * 6
        standing[1] = standing[4] = Standing.VERIFIED
        assert standing == [each.standing for each in checked]
        assert checked[4].at is not None
        assert checked[4].at.timestamp() == 0x6A122120
        assert str(note) == REAL

    def test_a_checkpoint_of_others_altered(self) -> None:
        """With another size, neither the log's signature nor the witness's holds."""
        altered = REAL.replace("1432088532", "1432088533")

        assert [1, 4] == [
            n for n, each in enumerate(standings(altered, REAL_LOG, REAL_WITNESS)) if each == "wrong"
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "origin\n1\n",
            "origin\n01\n{root}\n",
            "origin\n-1\n{root}\n",
            "origin\n1\nAAAA\n",
            "origin\n1\n{root}\n\nmore\n",
            "\n1\n{root}\n",
            "origin\n1 \n{root}\n",
        ],
    )
    def test_what_is_no_checkpoint(self, text: str) -> None:
        """A note whose text lacks a part, or spells it otherwise, is no checkpoint."""
        whole = text.replace("{root}", base64.b64encode(bytes(32)).decode()) + "\n— x AAAAAAA=\n"

        with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
            checkpoints.parse(whole.encode())

    def test_extension_lines_are_kept(self) -> None:
        """Further lines of a checkpoint are opaque, and kept."""
        root = base64.b64encode(bytes(32)).decode()
        head = checkpoints.parse(f"origin\n0\n{root}\nmore\n\n— x AAAAAAA=\n".encode())

        assert ("more",) == head.extensions


class TestProof:
    """C2SP tlog-proof, "Format"; tlog-witness, the request to add a checkpoint."""

    LINES = (b"one", b"two", b"three", b"four", b"five")

    def head(self, size: int) -> checkpoints.Checkpoint:
        from archive.merkle import root_of

        private = ed25519.Ed25519PrivateKey.from_private_bytes(GO_SEED)
        root = root_of([leaf_hash(line) for line in self.LINES[:size]])
        public = private.public_key().public_bytes_raw()
        return checkpoints.signed("x.example/log", size, root, key=public, sign=private.sign)

    @pytest.mark.parametrize("size", range(1, 6))
    def test_a_line(self, size: int) -> None:
        """Each line's proof is written as the document says, read back, and holds; for another line it does not."""
        leaves = [leaf_hash(line) for line in self.LINES[:size]]
        for index in range(size):
            made = proofs.prove_line(self.LINES[index], leaves, index, self.head(size))
            lines = str(made).split("\n")
            read = proofs.parse(str(made).encode())

            assert ["c2sp.org/tlog-proof@v1", f"index {index}"] == [lines[0], lines[2]]
            assert lines[1] == "extra " + base64.b64encode(self.LINES[index]).decode()
            assert read == made
            assert made.holds
            assert not proofs.Inclusion(b"none", index, made.path, made.checkpoint).holds
            assert not proofs.Inclusion(made.line, index + 1, made.path, made.checkpoint).holds

    @pytest.mark.parametrize("earlier", range(6))
    def test_growth(self, earlier: int) -> None:
        """A proof of growth is written as witnesses are asked, read back, and holds for the checkpoint before it alone."""
        leaves = [leaf_hash(line) for line in self.LINES]
        made = proofs.prove_growth(leaves, earlier, self.head(5))

        assert str(made).startswith(f"old {earlier}\n")
        assert proofs.parse(str(made).encode()) == made
        assert made.holds(self.head(earlier))
        assert not made.holds(self.head((earlier + 1) % 6))

    @pytest.mark.parametrize(
        "above",
        [
            "",
            "c2sp.org/tlog-proof@v1",
            "c2sp.org/tlog-proof@v1\nindex 0",
            "c2sp.org/tlog-proof@v1\nextra x\nindex 0",
            "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 00",
            "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\nAAAA",
            "old x",
            "old 1\nAAAA",
        ],
    )
    def test_what_is_no_proof(self, above: str) -> None:
        """What breaks a rule of the format is no proof."""
        with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
            proofs.parse(f"{above}\n\n{self.head(1)}".encode())

    def test_a_long_proof(self) -> None:
        """A proof may carry a line of more than a million bytes, and is not read beyond two notes' length."""
        made, longer = (proofs.Inclusion(b"x" * (count << 20), 0, (), self.head(1)) for count in (1, 2))

        assert made == proofs.parse(str(made).encode())
        with pytest.raises(ValueError, match="longer than 2097152 bytes"):
            proofs.parse(str(longer).encode())

    def test_growth_from_another_beginning(self) -> None:
        """A log that began otherwise did not grow into this one, though it had as many lines."""
        from archive.merkle import root_of

        leaves = [leaf_hash(line) for line in self.LINES]
        for earlier in range(1, 6):
            made = proofs.prove_growth(leaves, earlier, self.head(5))
            other = root_of([leaf_hash(b"other"), *leaves[1:earlier]])
            before = self.head(earlier)
            changed = proofs.Checkpoint(before.origin, earlier, other, before.note)

            assert (True, False) == (made.holds(before), made.holds(changed))

    def test_a_proof_without_a_checkpoint(self) -> None:
        """A proof without a checkpoint behind it is none."""
        for raw in (b"c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\n", b"x" * (3 << 20)):
            with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
                proofs.parse(raw)
