"""A process that harvests heavy documents one after the other, and tells what memory each took.

Run as `python heavy_server.py FOLDER [table]` with cases on standard input, a line each: protocol, shape and share as
JSON. With `table` a large table was harvested before, in this process.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from eclor.errors import EclorError
from harvesters.harvest import harvest
from harvesters.reach import MIB
from harvesters.receiving import Keeping
from tests.harvesting import all_of, column, drop, flow, reach, store_at
from tests.unit.harvesters.memory.heavy import Heavy

_ADDRESS_SPACE = 3 * 1024 * MIB
_ROWS = 250_000


def put(content: bytes, folder: Path) -> None:
    """Put a document in a drop folder."""
    folder.mkdir()
    file = drop(folder / "in", "a.json", content)
    os.utime(file, (1e9, 1e9))


def harvested(protocol: str, folder: Path) -> str:
    """Harvest the document of a folder; return the code of its refusal, or « taken »."""
    store = store_at(folder)
    optional = ", facultatif: oui"
    source = flow(
        folder, column("badge", more=optional), column("zz", "texte", more=optional),
        column("geometry", "geometrie", more=optional), address=str(folder / "in"), protocol=protocol,
    )  # fmt: skip
    try:
        harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=reach(store))
    except EclorError as refusal:
        return refusal.code
    return "taken"


def count_from_here() -> None:
    """Count the peak from here; nothing is given back but what a visit gives back."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def peak() -> int:
    """Return the most bytes that this process held."""
    (line,) = (line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def main(folder: Path, *words: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    if "table" in words:
        rows = (b'{"badge":"A%d","zz":"%d","x":%d,"y":[%d,1.5]}\n' % (n, n % 97, n, n) for n in range(_ROWS))
        put(b"".join(rows), folder / "table")
        assert harvested("json", folder / "table") == "taken"
    for number, line in enumerate(sys.stdin):
        case = Heavy(*json.loads(line))
        put(case.content(), folder / str(number))
        put(b'{"badge":"A"}', folder / f"small-{number}")
        assert harvested("json", folder / f"small-{number}") == "taken"
        count_from_here()
        began = time.process_time()
        code = harvested("dcat" if case.protocol == "linked" else case.protocol, folder / str(number))
        sys.stderr.write(json.dumps([case.name, code, peak(), round(time.process_time() - began, 1)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
