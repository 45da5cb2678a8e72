"""What can be found in a package's container and manifest: the codes `zip.*` and `wacz.*`, each with its explanation."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

_ZIP = "APPNOTE 6.3.10"
_WACZ = "WACZ 1.1.1"
_ANOTHER_COPY = "Get another copy of the package, and compare it with this one."


def _zip(name: str, title: str, meaning: str, remedy: str = _ANOTHER_COPY, clause: str | None = None) -> Code:
    return Code(
        f"zip.{name}", Level.CONTAINER, Status.FAILED, title, meaning, remedy, clause and f"{_ZIP} {clause}"
    )


ZIP = (
    _zip(
        "cut",
        "The end of the package is missing",
        "A ZIP ends with a record that leads to the list of its members. There is none, so the file is cut off, or its"
        " end was overwritten. What could be found by reading from the front was read; members may be missing.",
        "Get a complete copy of the file.",
        "§4.3.16",
    ),
    _zip(
        "directory-broken",
        "The list of members is damaged",
        "The directory at the end of the ZIP cannot be read or contradicts itself. Members were taken from what stands"
        " in front of each instead; programs that rely on the directory will see other members or none.",
        clause="§4.3.12",
    ),
    _zip(
        "leading-bytes",
        "Bytes in front of the package",
        "Something stands in front of the first member and belongs to none. ZIP programs skip it, so it can hide a"
        " second file, and nothing in the package vouches for it.",
        "Find out what the bytes are and who put them there.",
    ),
    _zip(
        "trailing-bytes",
        "Bytes behind the end of the package",
        "Something was appended to the package. It belongs to no member and nothing vouches for it.",
        "Find out what the bytes are and who put them there.",
    ),
    _zip(
        "gap",
        "Bytes between the members",
        "Between the parts of the ZIP there are bytes that belong to none of them: left over from a member that was"
        " deleted, or hidden there. Nothing vouches for them.",
        "Find out what the bytes are and who put them there.",
    ),
    _zip(
        "overlap",
        "Members that share bytes",
        "Two parts of the ZIP claim the same bytes. No honest program writes this; it is used to make small files"
        " unpack to huge ones, or to show different programs different contents.",
        "Do not unpack the file.",
    ),
    _zip(
        "local-differs",
        "A member is described in two ways",
        "Name, size and check value of each member stand twice in a ZIP, in front of the member and in the directory."
        " Here they differ, so that what the member is depends on the program that reads it.",
        clause="§4.3.7",
    ),
    _zip(
        "member-damaged",
        "A member's bytes are not what was packed",
        "The CRC-32 or the length of the member is wrong, or it cannot be inflated: its bytes were damaged or altered"
        " after packing.",
        clause="§4.4.7",
    ),
    _zip(
        "name-duplicate",
        "Two members of one name",
        "Programs differ on whether they show the first or the second, so that one name stands for two contents.",
        "Compare both contents; find out which one the package had at first.",
    ),
    _zip(
        "name-collides",
        "Two names that some systems take for one",
        "The names differ only in case or in how an accent is encoded. Unpacked on common file systems, one replaces"
        " the other.",
        "Do not unpack the file on such a system; find out why there are two.",
    ),
    _zip(
        "name-unsafe",
        "A name that leads out of the package",
        "The name is absolute, goes up a folder, or has characters that systems take for path separators. A careless"
        " program would write outside of the folder it unpacks to.",
        "Do not unpack the file.",
        "§4.4.17",
    ),
    _zip(
        "link",
        "A member that is a link",
        "The member is stored as a symbolic link or a device. A careless program would follow it out of the package.",
        "Do not unpack the file.",
    ),
    _zip(
        "encrypted",
        "An encrypted member",
        "The member cannot be read without a password, so nothing can be said of it. A web archive has no such members.",
        "Ask for a package without encryption.",
        "§4.4.4",
    ),
    _zip(
        "method",
        "A member packed in an unknown way",
        "Members of a package are stored or deflated. This one is packed otherwise and was not read.",
        "Ask for a package that is packed in the usual way.",
        "§4.4.5",
    ),
    _zip(
        "ratio",
        "A member that claims to grow beyond all reason",
        "The member says that it unpacks to so many times its size that it may be meant to fill a disk.",
        "Do not unpack the file. If it is trusted, raise the limit `inflate_ratio`.",
    ),
    Code(
        "zip.comment",
        Level.CONTAINER,
        Status.WARNED,
        "A comment in the ZIP",
        "The ZIP has a comment, at its end or with a member. Nothing in the package vouches for what it says.",
        "Read the comment, and do not rely on it.",
        f"{_ZIP} §4.4.26",
    ),
    _zip(
        "not-canonical",
        "The ZIP is not as this library writes it",
        "The package says that this library wrote it, which leaves no choice in the form of the ZIP: order, times,"
        " modes and headers follow from the contents. Here they do not, so something else wrote or rewrote the file,"
        " even if every member is whole. Of a package by other software this is only noted.",
        "Compare with another copy, or with the digest of the whole file if one was kept.",
    ),
)


def _wacz(
    name: str,
    level: Level,
    title: str,
    meaning: str,
    remedy: str = _ANOTHER_COPY,
    clause: str | None = None,
    *,
    status: Status = Status.FAILED,
) -> Code:
    return Code(f"wacz.{name}", level, status, title, meaning, remedy, clause and f"{_WACZ} {clause}")


FIXITY = (
    _wacz(
        "hash-mismatch",
        Level.FIXITY,
        "A member is not what the manifest vouches for",
        "The manifest gives the digest of each member as it was written. The member as it is now has another digest: it"
        " was altered or damaged, or the manifest was.",
        clause="§5.4",
    ),
    _wacz(
        "size-mismatch",
        Level.FIXITY,
        "A member has another size than the manifest says",
        "The manifest gives the size of each member as it was written, and the member is longer or shorter now.",
        clause="§5.4",
    ),
    _wacz(
        "hash-weak",
        Level.FIXITY,
        "A digest that proves nothing",
        "The manifest vouches for the member with MD5, SHA-1 or an algorithm it does not name. Other contents with the"
        " same digest can be made, so the digest was not relied on and the member counts as not checked.",
        "Ask the maker of the package for one with SHA-256 digests.",
        "§5.4",
    ),
    _wacz(
        "hash-doubled",
        Level.FIXITY,
        "A digest as a known faulty writer makes it",
        "js-wacz up to 0.1.6 feeds each chunk of a WARC into its digest twice. The digest in this manifest is just that"
        " one, so the bytes are those that were hashed; but every other program will call the package damaged.",
        "Nothing is wrong with the contents. Rewrite the package if others have to verify it.",
        status=Status.WARNED,
    ),
    _wacz(
        "member-missing",
        Level.FIXITY,
        "A member that is listed is not there",
        "The manifest lists a member that the package does not have: it was removed or renamed, or the manifest edited.",
        clause="§5.4",
    ),
    _wacz(
        "member-unlisted",
        Level.FIXITY,
        "A member that is not listed",
        "The package has a member that its manifest does not list, so nothing vouches for it. It was added after the"
        " package was written, or its row was taken out of the manifest.",
        "Do not rely on the member.",
        "§5.4",
    ),
    _wacz(
        "listed-twice",
        Level.FIXITY,
        "A member is listed twice",
        "Two rows of the manifest are about one member. Programs differ on which one they believe.",
        clause="§5.4",
    ),
    _wacz(
        "resource-broken",
        Level.FIXITY,
        "A row of the manifest is incomplete",
        "A row of the manifest needs the path, the digest and the size of a member. This one lacks one of them, or has"
        " it in another form, so it vouches for nothing.",
        clause="§5.4",
    ),
    _wacz(
        "digest-missing",
        Level.FIXITY,
        "The manifest has no digest",
        "There is no datapackage-digest.json, so nothing shows whether the manifest was edited. Our own packages always"
        " have one; older packages of other writers may lack it.",
        "Compare with another copy, or with a digest that was kept elsewhere.",
        "§5.5",
        status=Status.WARNED,
    ),
    _wacz(
        "digest-broken",
        Level.FIXITY,
        "The digest of the manifest cannot be read",
        "datapackage-digest.json is there, and is no JSON object that gives a digest, each key once.",
        clause="§5.5",
    ),
    _wacz(
        "digest-mismatch",
        Level.FIXITY,
        "The manifest is not the one whose digest is given",
        "datapackage-digest.json gives the digest of the manifest as it was written. The manifest as it is now has"
        " another: it, and with it what it vouches for, was edited after the package was written.",
        clause="§5.5",
    ),
    _wacz(
        "not-canonical",
        Level.FIXITY,
        "The digest of the manifest has another form",
        "The digest is right, but datapackage-digest.json is not written as this library writes it: something rewrote"
        " it. Nothing else in a package vouches for this one member, so its form is looked at byte by byte.",
    ),
)

PACKAGE = (
    _wacz(
        "manifest-missing",
        Level.FIXITY,
        "The package has no manifest",
        "There is no datapackage.json. Nothing says what the package should hold, so nothing can be said to be missing"
        " or altered.",
        clause="§5.4",
    ),
    _wacz(
        "manifest-broken",
        Level.FIXITY,
        "The manifest cannot be read",
        "datapackage.json is not a JSON object with a list of resources. Nothing says what the package should hold.",
        clause="§5.4",
    ),
    _wacz(
        "key-repeated",
        Level.FIXITY,
        "A key stands twice in the manifest",
        "In one object of datapackage.json a key stands more than once. Programs differ on which value they take, so"
        " the manifest says different things to different readers.",
        clause="§5.4",
    ),
    _wacz(
        "version-unknown",
        Level.COHERENCE,
        "A package of an unknown version",
        "The manifest names a profile and version other than WACZ 1.0.0 to 1.2.0. The package was read as if it were"
        " 1.1.1, which may be wrong. Where the version is missing that its profile asks for, this is a fault.",
        "Ask whoever made the package which program wrote it.",
        "§5.4",
        status=Status.WARNED,
    ),
    _wacz(
        "archive-missing",
        Level.COHERENCE,
        "The package has no WARC",
        "A package holds its records in archive/. There is no WARC there, so there is nothing to be shown or checked.",
        clause="§5.1",
    ),
    _wacz(
        "warc-unreadable",
        Level.CONTAINER,
        "A WARC of the package cannot be read",
        "The member is named like a WARC, and no record could be found in it, or its compression broke off: it is"
        " something else, or was damaged or overwritten.",
        clause="§5.1",
    ),
    _wacz(
        "index-missing",
        Level.COHERENCE,
        "The package has no index",
        "A package has at least one CDXJ index in indexes/, by which programs find records. Without one its pages"
        " cannot be opened.",
        clause="§5.3",
    ),
    _wacz(
        "pages-missing",
        Level.COHERENCE,
        "The package has no page list",
        "A package lists its pages in pages/pages.jsonl. Without the list nothing says what was meant to be archived."
        " py-wacz leaves the list out when it was not told to look for pages, or found none; of a package that says it"
        " was written by py-wacz this is therefore a warning.",
        clause="§5.2",
    ),
    _wacz(
        "collection",
        Level.COHERENCE,
        "A collection of packages",
        "The manifest is that of a MultiWACZ: a list of packages, which lie in this file or elsewhere. Such collections"
        " are a draft and are not read here. Nothing was said about the packages in it.",
        "Verify each package by itself.",
        status=Status.NOT_CHECKED,
    ),
    _wacz(
        "warc-name",
        Level.COHERENCE,
        "A WARC's name does not say how it is packed",
        "A WARC that is gzipped is named .warc.gz, and no other is. Programs that go by the name cannot read this one."
        " Other writers are known to keep the name that they were given, so of their packages this is a warning.",
        "Rename the member, in index and manifest too.",
        "§5.1",
    ),
    _wacz(
        "date-broken",
        Level.COHERENCE,
        "A date in the manifest that is none",
        "Dates in the manifest are dates and times as in RFC 3339. This one is not, so it says nothing certain.",
        "Ask whoever made the package when that was.",
        "§5.4",
        status=Status.WARNED,
    ),
    _wacz(
        "home-broken",
        Level.COHERENCE,
        "The home page is incomplete",
        "The manifest names a page to open first by an object with url and ts (WACZ 1.2.0). This one lacks one of them.",
        "Open another page of the list.",
        status=Status.WARNED,
    ),
    _wacz(
        "member-misplaced",
        Level.COHERENCE,
        "A member in the wrong folder",
        "archive/, indexes/ and pages/ are for WARCs, indexes and page lists. This member is something else and may be"
        " overlooked or misread there.",
        "Look at what the member is; the standard allows nothing of one's own in these folders.",
        "§4",
    ),
    _wacz(
        "recompressed",
        Level.COHERENCE,
        "A member is compressed a second time",
        "WARCs and compressed indexes must be stored in the ZIP as they are, so that a record can be read by its"
        " offset. This one is deflated again; some programs cannot open the package.",
        "Repack the package without compression.",
        "§4",
    ),
)

CODES.register(ZIP)
CODES.register(FIXITY)
CODES.register(PACKAGE)
CODES.register(
    (
        Code(
            "check.findings-counted",
            Level.CONTAINER,
            Status.NOTE,
            "More findings of one kind than are told",
            "A WARC gives so many findings of one kind that only the first are told one by one, and the others are"
            " counted (limit `findings`). They are of the same gravity as those that are told, so the verdict is the"
            " one that all of them give.",
            "Raise the limit to see them all, or repair the file and look again.",
        ),
    )
)
