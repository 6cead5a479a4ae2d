"""Claim: a CSV file comes into the raw store at 60 % of the rate of DuckDB's own reader of the same file, or faster.

Ours: every line judged, eight columns typed exactly, the rows sealed in encrypted Parquet, durable, committed. Theirs:
the file read into a table in memory, types sniffed. `python -m benchmarks.csv_intake [rows]`; the least of three.
"""

import os
import sys
import tempfile
from pathlib import Path

import duckdb
import structlog

from benchmarks.cpu_time import cpu_s
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World
from harvesters.declaration import read_declaration
from harvesters.harvest import harvest
from harvesters.intake import AllowedFields
from harvesters.raw_store import RawStore
from harvesters.reach import Credentials, Reach
from harvesters.receiving import Keeping
from harvesters.source import Source

TARGET = 0.6
ROUNDS = 3
_FILE = "lamps.csv"
_DECLARATION = """\
source: lamps
titre: Lamps
exploitant: Lighting
simule: oui
flux:
  - jeu: lighting
    protocole: csv
    acces: depot
    adresse: "{folder}"
    toutes_les: 1 jour
    colonnes:
      - {nom: lamp, chemin: lamp, type: code}
      - {nom: street, chemin: street, type: texte}
      - {nom: commune, chemin: commune, type: code}
      - {nom: at, chemin: at, type: date-heure}
      - {nom: energy_wh, chemin: energy_wh, type: entier}
      - {nom: is_on, chemin: is_on, type: booleen}
      - {nom: celsius, chemin: celsius, type: decimal, decimales: 2}
      - {nom: kind, chemin: kind, type: texte}
"""


def write_lamps(path: Path, rows: int) -> None:
    """Write one reading of a lamp a line."""
    with path.open("w", encoding="utf-8") as file:
        file.write("lamp,street,commune,at,energy_wh,is_on,celsius,kind\n")
        for number in range(rows):
            minute, lamp = divmod(number, 4600)
            at = f"2026-11-{1 + minute // 1440:02d}T{minute // 60 % 24:02d}:{minute % 60:02d}:{lamp % 60:02d}+01:00"
            cells = (f"{lamp:016x}", f"rue {lamp % 97} de la Gare", f"{54000 + lamp % 8}", at, f"{number * 7 % 90_000}")
            file.write(
                ",".join((*cells, ("false", "true")[number % 3 > 0], f"{number % 4000 / 100:.2f}", "Éclairage\n"))
            )
    os.utime(path, (0, 0))  # a file that just changed may still be being written


def received(source: Source, folder: Path) -> int:
    """Harvest the file into a store of its own; return how many rows are held."""
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(folder / "keys"))
    store = RawStore(folder / "raw", world)
    allowed = AllowedFields.of(collected=[column.name for column in source.columns], refused=())
    reach = Reach(Credentials({}), world.clock, "benchmark")
    return harvest(source, allowed, keeping=Keeping.REPLACE, store=store, reach=reach).rows


def one_round(folder: Path, rows: int) -> tuple[float, float]:
    """Return the CPU seconds of both."""
    (folder / "lamps.yaml").write_text(_DECLARATION.replace("{folder}", str(folder / "drop")))
    (source,) = read_declaration(folder / "lamps.yaml", endpoints={})
    held: list[int] = []
    with tempfile.TemporaryDirectory(dir=folder) as home:
        ours = cpu_s(lambda: held.append(received(source, Path(home))))
    assert held == [rows]
    reading = "CREATE TABLE lamps AS FROM read_csv(?)"
    return ours, cpu_s(lambda: duckdb.connect().execute(reading, [str(folder / "drop" / _FILE)]))


def main(rows: int = 1_000_000) -> int:
    """Measure, print, and return 0 if the target holds."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with tempfile.TemporaryDirectory() as temporary:
        (Path(temporary) / "drop").mkdir()
        write_lamps(Path(temporary) / "drop" / _FILE, rows)
        rounds = [one_round(Path(temporary), rows) for _ in range(ROUNDS)]
    ours, theirs = (min(spent) for spent in zip(*rounds, strict=True))
    print(
        f"csv intake: {rows:,} rows of eight columns in {ours:.2f} CPU s, at {theirs / ours:.0%} of the rate of "
        f"DuckDB's own reader ({theirs:.2f} s; target {TARGET:.0%})"
    )
    return 0 if theirs / ours >= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
