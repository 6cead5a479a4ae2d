"""A process that harvests heavy documents one after the other, and tells what memory each took.

Run as `python heavy_server.py FOLDER [table]` with cases on standard input, a line each: protocol, shape and share as
JSON. They are declared before, as a run reads its declarations first. With `table` a large table was harvested
before, in this process.
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
from harvesters.source import Source
from tests.harvesting import all_of, column, drop, flow, reach, store_at
from tests.unit.harvesters.memory.heavy import Heavy

_ADDRESS_SPACE = 3 * 1024 * MIB
_ROWS = 250_000


def declared(protocol: str, folder: Path) -> Source:
    """Declare a flow of the documents dropped in a folder."""
    folder.mkdir()
    optional = ", facultatif: oui"
    return flow(
        folder, column("badge", more=optional), column("zz", "texte", more=optional),
        column("geometry", "geometrie", more=optional), address=str(folder / "in"), protocol=protocol,
    )  # fmt: skip


def put(content: bytes, source: Source) -> None:
    """Put a document in the drop folder of a flow."""
    os.utime(drop(_folder(source) / "in", "a.json", content), (1e9, 1e9))


def harvested(source: Source) -> str:
    """Harvest what was dropped; return the code of its refusal, or « taken »."""
    store = store_at(_folder(source))
    try:
        harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=reach(store))
    except EclorError as refusal:
        return refusal.code
    return "taken"


def _folder(source: Source) -> Path:
    return Path(source.endpoint).parent


def protocol_of(case: Heavy) -> str:
    """Return the name of the protocol that reads a document."""
    return "dcat" if case.protocol == "linked" else case.protocol


def count_from_here() -> None:
    """Count the peak from here; nothing is given back but what a visit gives back."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def peak() -> int:
    """Return the most bytes that this process held."""
    (line,) = (line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def main(folder: Path, *words: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    cases = [Heavy(*json.loads(line)) for line in sys.stdin]
    sources = [declared(protocol_of(case), folder / str(number)) for number, case in enumerate(cases)]
    light = [declared("json", folder / f"light-{number}") for number, _ in enumerate(cases)]
    if "table" in words:
        table = declared("json", folder / "table")
        rows = (b'{"badge":"A%d","zz":"%d","x":%d,"y":[%d,1.5]}\n' % (n, n % 97, n, n) for n in range(_ROWS))
        put(b"".join(rows), table)
        assert harvested(table) == "taken"
    for case, source, before in zip(cases, sources, light, strict=True):
        put(case.content(), source)
        put(b'{"badge":"A"}', before)
        assert harvested(before) == "taken"
        count_from_here()
        began = time.process_time()
        code = harvested(source)
        sys.stderr.write(json.dumps([case.name, code, peak(), round(time.process_time() - began, 1)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
