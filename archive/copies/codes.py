"""What can be found in comparing and repairing copies: the codes `compare.*` and `repair.*`."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

CODES.register(
    (
        Code(
            "compare.record-only",
            Level.COHERENCE,
            Status.WARNED,
            "A record is in one copy only",
            "One copy has a record for which the other has no counterpart: none of its id, none of its type, address and"
            " date, none of its content. It was left out of one copy, added to the other, or is damaged beyond knowing.",
            "Look whether the other copy has a damaged place; `provenance verify` on both says which one is whole.",
        ),
        Code(
            "compare.record-differs",
            Level.COHERENCE,
            Status.WARNED,
            "A record differs between the copies",
            "Both copies have the record, and both agree with their own digests, but a header field or the block is"
            " another one. So one of them was written anew: that is no damage. The first difference is named.",
            "Ask which copy somebody vouches for: a signature, a timestamp, a digest of the manifest kept elsewhere.",
        ),
        Code(
            "compare.record-damaged",
            Level.FIXITY,
            Status.FAILED,
            "A record of one copy contradicts itself",
            "The bytes of a record do not agree with its own digest, or its frame is broken. Where the counterpart in the"
            " other copy agrees with its own digests, that one is the record as it was written.",
            "Put a sound copy together with `provenance repair`.",
        ),
        Code(
            "compare.order-differs",
            Level.COHERENCE,
            Status.WARNED,
            "The records stand in another order",
            "Both copies hold records that are the same byte for byte, but in another order. No record was changed; a"
            " writer sorted or merged them.",
            "Nothing, where the copies were made by different programs. In copies of one package it should not be.",
        ),
        Code(
            "compare.stored-differs",
            Level.CONTAINER,
            Status.NOTE,
            "The same records, stored otherwise",
            "The files that hold the records differ, the records in them do not: they were compressed by another program,"
            " split over other files, or one copy is not compressed.",
            "Nothing. Headers and blocks of all records are the same byte for byte.",
        ),
        Code(
            "compare.member-only",
            Level.COHERENCE,
            Status.WARNED,
            "A member is in one package only",
            "One package has a file that the other one lacks: a table, an index, a page list, or something foreign.",
            "Look at the file named. `provenance verify` says whether the package should have it.",
        ),
        Code(
            "compare.member-differs",
            Level.COHERENCE,
            Status.WARNED,
            "A member differs between the packages",
            "Both packages have this file, and it is another one. The first differing byte is named, and which of the two"
            " is the one that its own manifest vouches for.",
            "Trust neither before `provenance verify` has been run on both.",
        ),
        Code(
            "compare.manifest-differs",
            Level.COHERENCE,
            Status.WARNED,
            "The manifests say something else",
            "The two packages state something else of themselves: their title, their date, the digest of a member, the"
            " root over the records, or who signed. The key is named.",
            "Where only `signedData` or `evidence` differ, one copy was signed or stamped later than the other.",
        ),
        Code(
            "compare.container-differs",
            Level.CONTAINER,
            Status.NOTE,
            "The same members in another container",
            "All members are the same byte for byte, and the files are not: the ZIP around them was written by another"
            " program, or is damaged.",
            "Nothing, where both verify. `provenance verify` says whether a container is broken.",
        ),
        Code(
            "repair.member-taken",
            Level.FIXITY,
            Status.NOTE,
            "A member was taken from another copy",
            "The member of the damaged copy is not the one that the manifest vouches for. Another copy has it whole, and its"
            " digest is the one in the manifest.",
            "Nothing.",
        ),
        Code(
            "repair.record-taken",
            Level.FIXITY,
            Status.NOTE,
            "A record was taken from another copy",
            "The record is damaged in the copy that was repaired. It was taken from another copy in which it is whole.",
            "Nothing.",
        ),
        Code(
            "repair.bytes-joined",
            Level.FIXITY,
            Status.NOTE,
            "A piece was put together from several copies",
            "No copy has this record or member whole, but they are damaged in different bytes. The pieces were put together,"
            " and a digest or a CRC proves that they are the bytes that were written.",
            "Nothing.",
        ),
        Code(
            "repair.member-derived",
            Level.FIXITY,
            Status.NOTE,
            "A member was made again from the records",
            "No copy has this index, list or table whole. It is derived from the records, which were all recovered; made"
            " again, it has the digest that the manifest gives, so it is the same byte for byte.",
            "Nothing.",
        ),
        Code(
            "repair.record-lost",
            Level.FIXITY,
            Status.FAILED,
            "A record is damaged in every copy",
            "At this place no copy has a record that is whole, and their sound bytes do not add up to one.",
            "Look for a further copy. What can be read at all is rescued by `provenance salvage`.",
        ),
        Code(
            "repair.member-lost",
            Level.FIXITY,
            Status.FAILED,
            "A member is damaged in every copy",
            "No copy has this member as the manifest vouches for it, and their sound bytes do not add up to it.",
            "Look for a further copy. Index, page list and tables can be made anew from the records.",
        ),
        Code(
            "repair.manifest-lost",
            Level.FIXITY,
            Status.FAILED,
            "The manifest is damaged in every copy",
            "No copy has a manifest that is the one whose digest stands beside it. Without it nothing says what the package"
            " was made of, so that it cannot be restored as it was.",
            "Look for a further copy. A new package of all sound records can be made of the copies.",
        ),
        Code(
            "repair.container-lost",
            Level.CONTAINER,
            Status.FAILED,
            "The container is damaged in every copy",
            "The package was written by another program, so its ZIP cannot be written again as it was; and in no copy is"
            " the ZIP whole.",
            "Look for a further copy. A new package of all sound records can be made of the copies.",
        ),
        Code(
            "repair.manifest-conflict",
            Level.AUTHENTICITY,
            Status.FAILED,
            "These are two packages, not two copies of one",
            "Two copies have different manifests, and each agrees with its own digest. Which one is meant cannot be told"
            " from their bytes, and is not guessed.",
            "Ask which of them somebody vouches for. `provenance compare` says how they differ.",
        ),
        Code(
            "repair.record-conflict",
            Level.AUTHENTICITY,
            Status.FAILED,
            "Two copies hold different records, and both are sound",
            "Two copies have another record at the same place or under the same id, and each agrees with its own digests."
            " One of them was written anew. Which one cannot be told from their bytes, and is not guessed.",
            "Ask which copy somebody vouches for. `provenance compare` says where they differ.",
        ),
        Code(
            "repair.record-refuted",
            Level.AUTHENTICITY,
            Status.WARNED,
            "A copy holds a record that its own manifest refutes",
            "The record agrees with its own digests, and is not the one that the manifest of the same copy was made of. It"
            " was altered by somebody who repaired the digests in front of it. It was not taken.",
            "Ask where this copy has been. The repaired package has the record that the manifest vouches for.",
        ),
        Code(
            "repair.digest-differs",
            Level.AUTHENTICITY,
            Status.WARNED,
            "The copies differ in who vouches for the manifest",
            "The manifest is the same, and the file with its digest, which holds signatures and timestamps too, is not: one"
            " copy was signed or stamped, another was not or otherwise. That of the first copy that can be read was kept.",
            "Name the copy first whose signature you want to keep. `provenance verify` on each says who signed.",
        ),
        Code(
            "repair.records-unvouched",
            Level.FIXITY,
            Status.NOTE,
            "Nothing vouches for the file as a whole",
            "A WARC by itself has no digest over all of its records. Each record that was put together is sound in itself;"
            " that there were no more of them, at the end, nobody can tell.",
            "Keep WARCs in packages: `provenance build`, or `provenance merge`.",
        ),
        Code(
            "repair.rebuilt",
            Level.FIXITY,
            Status.WARNED,
            "A new package was made of the sound records",
            "The package could not be restored byte for byte, but every record of it is sound in some copy. They were copied"
            " into a new package; index, page list, tables and manifest were made anew. No signature of the old one"
            " holds for it.",
            "Keep the damaged copies. Have the new package signed by whoever vouches for it now.",
        ),
    )
)
