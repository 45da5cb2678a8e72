"""What can be found in a custody log: the codes `custody.*`."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

_HASHES = "RFC 6962 §2.1"


def _code(
    name: str, status: Status, title: str, meaning: str, remedy: str, clause: str | None = None
) -> Code:
    return Code(f"custody.{name}", Level.CUSTODY, status, title, meaning, remedy, clause)


CODES.register(
    (
        _code(
            "line-unreadable",
            Status.FAILED,
            "A line of the log is damaged",
            "The line is no event in the one form in which events are written, so it was altered or it rotted, or another"
            " program wrote into the log. What it said is not known.",
            "Get another copy of the log, and compare it with this one up to the last checkpoint.",
            "RFC 8785",
        ),
        _code(
            "form-unknown",
            Status.NOT_CHECKED,
            "A line is of a form that is not known here",
            "The line says that it is of a later form than this version knows. It hangs in the chain like any other, and"
            " was not read.",
            "Check the log with a newer version.",
        ),
        _code(
            "line-torn",
            Status.WARNED,
            "The log ends in the middle of a line",
            "Behind the last whole line there are bytes without a line end. A crash while an event was written leaves this;"
            " that event was never acknowledged. Somebody who cuts the log leaves it too, and which of the two it was,"
            " only a checkpoint can tell. An event that is being written at this moment looks the same.",
            "Nothing: the next event that is appended sets the torn bytes aside, and says so. Hold a checkpoint against it.",
        ),
        _code(
            "line-edited",
            Status.FAILED,
            "A line was changed after the next one was written",
            "Each line gives the digest of the one before it, and this one has another digest. It was edited, or replaced,"
            " after the line behind it had been written; or that line's own digest was edited.",
            "Compare with another copy of the log. What this line says is not what was recorded.",
        ),
        _code(
            "line-removed",
            Status.FAILED,
            "Lines are missing",
            "The numbers of the lines leave a gap, and the line behind it follows a line that is not in the log. What"
            " stood there was taken out.",
            "Get another copy of the log. Ask who could write to it.",
        ),
        _code(
            "line-inserted",
            Status.FAILED,
            "A line was put in",
            "A line stands between two that follow each other, or follows none of this log. It was not there when the line"
            " behind it was written.",
            "Do not go by what this line says. Ask who could write to the log.",
        ),
        _code(
            "line-moved",
            Status.FAILED,
            "Lines are not in the order in which they were written",
            "The line follows another one than that in front of it, and that one is in the log. Nothing need be missing,"
            " but the order of events is not as it was recorded.",
            "The digests and numbers of the lines give the order back; get another copy all the same.",
        ),
        _code(
            "sequence-repeated",
            Status.FAILED,
            "Two lines have the same number",
            "Two events have one number in the log. Either two programs wrote at once without a lock, or a line was put in"
            " under the number of another.",
            "Find out which of the two the next line follows: that one stands, and the other may not.",
        ),
        _code(
            "sequence-wrong",
            Status.FAILED,
            "A line has a number that is not its own",
            "The lines follow each other, and their numbers do not. Whoever wrote the line did not write it as this"
            " program does.",
            "Ask what wrote the line. The order of lines is vouched for by their digests, not by these numbers.",
        ),
        _code(
            "time-backwards",
            Status.WARNED,
            "The time runs backwards",
            "A line gives an earlier time than the line in front of it. A clock that was set explains it, and so does an"
            " event that was dated back. The order of the lines is certain, their times are what clocks said.",
            "Compare with the other clock, if two machines write this log. Only a time-stamp by others proves a time.",
        ),
        _code(
            "event-unknown",
            Status.WARNED,
            "An event that is not in the list",
            "The list of events is closed, and this one is not in it. A later version may know it, or another program"
            " wrote the line.",
            "Read the line's reason. Check with a newer version.",
        ),
        _code(
            "tail-unchecked",
            Status.NOT_CHECKED,
            "No checkpoint speaks for the end of the log",
            "Lines that follow each other show that nothing was changed between them. They do not show that the log ends"
            " where it ended, nor that it was not written anew from its beginning: for that somebody else must hold a"
            " checkpoint. Where this is told as a note, a checkpoint speaks for the lines before these.",
            "Make checkpoints with `provenance custody checkpoint`, give them to others, and check against theirs.",
        ),
        _code(
            "tail-missing",
            Status.FAILED,
            "Lines at the end are missing",
            "The checkpoint was made when the log had more lines than it has now. Its end was cut off, or this is an older"
            " copy. The lines that are here cannot be compared with that checkpoint.",
            "Get the whole log. If there is none, lines were removed.",
            _HASHES,
        ),
        _code(
            "checkpoint-differs",
            Status.FAILED,
            "The log is not the one that the checkpoint was made of",
            "Over as many lines as the checkpoint has, this log has another root. Lines were changed or the log was"
            " written anew since then; or the checkpoint is of another log.",
            "Look whether the checkpoint is of this log. If it is, trust the checkpoint and not the log.",
            _HASHES,
        ),
        _code(
            "fork",
            Status.FAILED,
            "Two checkpoints of one log contradict each other",
            "Both name the same log, and no log that only ever grows can have had both. Different people were shown"
            " different logs, or the log was written anew and signed again.",
            "Compare who got which checkpoint, and when. If the same key signed both, its holder made two logs.",
            "C2SP tlog-checkpoint",
        ),
        _code(
            "other-log",
            Status.NOT_CHECKED,
            "The checkpoint is of another log",
            "The log gives itself another name than the checkpoint does, so the two were not compared.",
            "Take a checkpoint of this log.",
            "C2SP tlog-checkpoint",
        ),
        _code(
            "checkpoint-unreadable",
            Status.NOT_CHECKED,
            "The checkpoint cannot be read",
            "The file is no signed note of a log's name, size and root. Nothing could be compared with it.",
            "Get the checkpoint again from whoever keeps it.",
            "C2SP tlog-checkpoint",
        ),
        _code(
            "signature-wrong",
            Status.FAILED,
            "A signature of the checkpoint is false",
            "A line claims to be by a key that you named, and that key did not sign this text. The checkpoint was altered"
            " or forged, and nothing that it says was used.",
            "Get the checkpoint from somebody else who keeps it.",
            "C2SP signed-note",
        ),
        _code(
            "signer-unknown",
            Status.NOT_CHECKED,
            "Nobody known has signed the checkpoint",
            "No signature is by a key that you named. Anybody can write such a checkpoint. Where you named keys, this"
            " fails: the checkpoint you asked for is by somebody else.",
            "Name the log's key, or a witness's: `--key name+hash+key`, as `provenance custody key show` prints it.",
            "C2SP signed-note",
        ),
        _code(
            "signature-not-checked",
            Status.NOT_CHECKED,
            "The checkpoint's signatures were not checked",
            "Checking them needs a library that is not installed here. The checkpoint was compared with the log all the"
            " same.",
            "Install it: `pip install 'source-provenance[sign]'`.",
            "C2SP signed-note",
        ),
        _code(
            "subject-changed",
            Status.FAILED,
            "The package is not as the log saw it",
            "The log knows a package of this name or with this manifest, and its digest of the whole file is another one."
            " Where the manifest is the same, the change lies where nothing inside the package reaches: in"
            " datapackage-digest.json, or in the structure of the ZIP.",
            "Get the package from somebody else who has it. If it was changed on purpose, the log should say so.",
        ),
        _code(
            "subject-unknown",
            Status.FAILED,
            "The log knows nothing of the package",
            "No line is about a file with this digest, this manifest or this name.",
            "Look whether this is the right log, and the right package.",
        ),
        _code(
            "proof-wrong",
            Status.FAILED,
            "The proof does not hold",
            "The hashes of the proof do not lead from the line, or from the earlier checkpoint, to the root that the"
            " checkpoint gives. The proof was altered, or it is of something else.",
            "Ask for the proof again, and for the log itself.",
            _HASHES,
        ),
    )
)
