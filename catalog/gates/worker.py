"""The process in which gates run: started by `catalog.gates.runner`, it answers one question at a time.

It has no environment but what the runner gives, writes to nobody's terminal, asks nothing of the network, and dies
with its parent. Whatever a gate raises is told by the name of its type and its place, never by its message, which
may hold a cell.
"""

import gc
import json
import os
import resource
import shutil
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from importlib import import_module
from io import BufferedRWPair
from pathlib import Path
from typing import Final

from catalog.gates.subject import SUBJECTS, VERDICTS, Gate
from catalog.gates.values import forget

Answer = dict[str, object]
_NETWORK: Final = frozenset({"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"})


def main(arguments: list[str]) -> None:
    """Serve the pipe of descriptor `arguments[0]` until it closes: lines of JSON, one a question, one an answer.

    `arguments[1]` is the parent's lifeline; the third says, as JSON, which gates and how large they may grow.
    """
    threading.Thread(target=_die_with_parent, args=(int(arguments[1]),), daemon=True).start()
    sys.addaudithook(_refuse_network)
    pipe = socket.socket(fileno=int(arguments[0])).makefile("rwb")
    orders = json.loads(arguments[2])
    try:
        gates = _warmed(orders["gates"])
    except Exception as missing:  # noqa: BLE001 - a wall: a gate that cannot be made refuses every release
        _say(pipe, _broken(missing))
        return
    _limit_memory(orders["memory_bytes"])
    gc.freeze()  # models and lists stay: to look through them again and again took a tenth of a scan of texts
    _say(pipe, {"ready": True})
    for question in pipe:
        _say(pipe, _answer(gates, json.loads(question)))


def _say(pipe: BufferedRWPair, answer: Answer) -> None:
    pipe.write(json.dumps(answer).encode() + b"\n")
    pipe.flush()


def _answer(gates: Mapping[str, Gate], question: dict[str, object]) -> Answer:
    scratch = Path.cwd() / "scratch"
    scratch.mkdir(exist_ok=True)
    try:
        subject = SUBJECTS.validate_python(question["subject"])
        verdict = gates[str(question["gate"])].judge(subject, scratch=scratch)
        return {"verdict": VERDICTS.dump_python(verdict, mode="json")}
    except MemoryError:
        return {"memory": True}
    except Exception as fault:  # noqa: BLE001 - the wall: a gate that crashes refuses
        forget()  # or what broke may break the other gates' reading of the same file, when it comes again
        return _broken(fault)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _broken(fault: Exception) -> Answer:
    frames = traceback.extract_tb(fault.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-4:]]
    return {"error": type(fault).__name__, "places": places}


def _warmed(table: Mapping[str, str]) -> dict[str, Gate]:
    gates: dict[str, Gate] = {}
    for name, path in table.items():
        module, _, attribute = path.partition(":")
        gates[name] = getattr(import_module(module), attribute)()
        gates[name].warm()
    return gates


def _limit_memory(allowance_bytes: int) -> None:
    """Let the process grow by so much over what it holds once warm; beyond, an allocation fails."""
    held = _address_space_bytes()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (held + allowance_bytes, hard))


def _address_space_bytes() -> int:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _refuse_network(event: str, _: object) -> None:
    if event in _NETWORK:
        raise PermissionError(event)


def _die_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
