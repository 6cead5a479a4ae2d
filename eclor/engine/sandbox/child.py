"""The process in which strangers' SQL is read and run: one question at a time, until its pipe closes.

It is given no environment but where its code lies, may write no file, and cannot grow beyond its memory. A question
goes over in two steps: it is read here, its tables are named to the parent, who says which files these are, or that
they may not be read. Where the parent foresaw which tables it names, and no other, one step does.
"""

import gc
import os
import resource
import signal
import sys
from typing import Any, BinaryIO, Final

from orjson import dumps, loads

from eclor.engine.sandbox.frames import framed, received
from eclor.engine.sandbox.reading import read
from eclor.engine.sandbox.refusal import Kind, SqlRefused
from eclor.engine.sandbox.running import Engines, Stored, searched

_NICENESS: Final = 5
_GRACE_S: Final = 2
"""Beyond its time a question that cannot be interrupted ends with the process."""
_OPEN_FILES: Final = 64
_NEW_OBJECTS: Final = 20_000
"""Objects made before garbage is looked for: those of a few questions, whose trees know their parents."""


def main(arguments: list[str]) -> None:
    """Serve standard input and output; `arguments` are the seconds and the megabytes that a question may take."""
    seconds, megabytes = float(arguments[0]), int(arguments[1])
    _limit(megabytes)
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    engines = Engines(f"{megabytes // 2}MB", seconds)
    gc.freeze()  # what was imported stays: no need to look through it again and again
    gc.set_threshold(_NEW_OBJECTS)
    while (question := received(questions)) is not None:
        signal.alarm(int(seconds) + _GRACE_S)
        try:
            found = _answer(loads(question), engines, questions, answers)
        except SqlRefused as refusal:
            found = [dumps({"refused": refusal.kind, "message": refusal.message})]
        except MemoryError:
            found = [dumps({"refused": Kind.HEAVY, "message": "Query took too much memory"})]
        except _Forgotten:
            continue
        finally:
            signal.alarm(0)
        answers.write(b"".join(map(framed, found)))
        answers.flush()


class _Forgotten(Exception):
    """The parent does not want the answer any more."""


def _answer(question: dict[str, Any], engines: Engines, questions: BinaryIO, answers: BinaryIO) -> list[bytes]:
    asked = read(question["sql"])
    head = {"tables": asked.tables, "lasting": asked.lasting}
    given = question.get("tables", {})
    if {*given} != {*asked.tables}:
        answers.write(framed(dumps(head)))
        answers.flush()
        given, head = loads(received(questions) or b"{}").get("tables"), {}
    if given is None:
        raise _Forgotten
    tables = {name: Stored(view, path, tuple(map(tuple, columns))) for name, (view, path, columns) in given.items()}
    views = {name: searched(table.view) if asked.full_text else table.view for name, table in tables.items()}
    found = engines.answer(asked.said(views), [*tables.values()], asked.ordering)
    return [dumps({**head, "fields": found.fields, "truncated": found.truncated}), found.records]


def _limit(megabytes: int) -> None:
    """Take the means to do harm away: memory, files, other processes, a place before the server's own work."""
    size = (megabytes + _resident()) << 20
    for limit, most in (
        (resource.RLIMIT_DATA, size),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(_NICENESS)
    os.chdir("/")


def _resident() -> int:
    """Return the megabytes that the libraries take by themselves."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main(sys.argv[1:])
