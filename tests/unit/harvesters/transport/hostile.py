"""A child that harvests a hostile server, one case after the other, and prints what each gave and what memory it took.

Run as `python hostile.py SERVER FOLDER` with the cases on standard input, a list of name, protocol and options: each is
fetched once while it behaves, and once when it no longer does.
"""

import gc
import json
import resource
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from eclor.errors import EclorError
from harvesters.harvest import harvest
from harvesters.reach import MIB
from harvesters.receiving import Keeping
from tests.harvesting import HASTY, all_of, column, flow, reach, store_at

PATIENT = replace(HASTY, read_s=60, whole_s=900, most_bytes=64 * MIB)


def tried(address: str, protocol: str, options: dict[str, str], folder: Path) -> tuple[str, int]:
    """Harvest twice; return the code of the refusal and how many rows are held then."""
    folder.mkdir()
    store = store_at(folder)
    source = flow(
        folder, column("badge"), column("poids", "texte", more=", facultatif: oui"), access="http",
        protocol=protocol, address=address, options=json.dumps(options),
    )  # fmt: skip
    ours = reach(store, patience=PATIENT)
    harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=ours)
    try:
        harvest(source, all_of(source), keeping=Keeping.REPLACE, store=store, reach=ours)
    except EclorError as refusal:
        return refusal.code, store.held(source.dataset, source.name).rows
    return "taken", store.held(source.dataset, source.name).rows


def main(server: str, folder: Path) -> None:
    for name, protocol, options in json.load(sys.stdin):
        begin_again()
        code, rows = tried(f"{server}/{name}", protocol, options, folder / name)
        sys.stderr.write(json.dumps([name, code, rows, peak_mib()]) + "\n")


def begin_again() -> None:
    """Give back what the last case left, and count the peak of the next one from here."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    if (refs := Path("/proc/self/clear_refs")).exists():
        refs.write_text("5", "ascii")


def peak_mib() -> int:
    """Return the most memory that this process held; `getrusage` would count its parent's, from before the exec."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB
    (line,) = (line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
