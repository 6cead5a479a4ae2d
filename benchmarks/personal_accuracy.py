"""What the personal-data gate finds and what it takes for something it is not, on made-up corpora: every bar a line.

`--missed` prints what was missed; the name of a hand (`messenger`) measures its corpus alone. Seeds are those of
docs/evaluation.md.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.personal_corpora.captured_texts import captured_texts
from benchmarks.personal_corpora.measuring import (
    Bench,
    Measure,
    alarm_measure,
    clean_measures,
    desk_measures,
    leak_measures,
    name_measures,
    published_measures,
    stranger_measures,
)
from benchmarks.personal_corpora.rare_leaks import one_in_a_million
from catalog.gates.detector import Detector

SEEDS: Final = (11, 23)
CAPTURES: Final = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "captures"


def main() -> int:
    """Measure every bar; return 0 if all hold."""
    kept, hands = True, [each for each in sys.argv[1:] if each != "--missed"]
    with TemporaryDirectory() as folder:
        bench = Bench(Detector(), Path(folder))
        for measure in stranger_measures(bench, hands) if hands else measured(bench):
            kept &= measure.holds
            print(measure, flush=True)
            if "--missed" in sys.argv:
                print(*(f"         {each}" for each in dict.fromkeys(measure.missed)), sep="\n", flush=True)
    return int(not kept)


def measured(bench: Bench) -> Iterator[Measure]:
    """Yield every measure, as it is made."""
    yield from leak_measures(bench, SEEDS)
    yield from name_measures(bench, SEEDS, size=60)
    yield from clean_measures(bench, SEEDS, rows=150)
    yield from published_measures(bench)
    yield from stranger_measures(bench)
    yield from desk_measures(bench)
    yield one_in_a_million(bench, SEEDS[0])
    if CAPTURES.is_dir():
        yield alarm_measure(bench, captured_texts(CAPTURES))
    else:
        print("text written by others: not measured; it needs captures/ in the folder of ECLOR_SHARED")


if __name__ == "__main__":
    raise SystemExit(main())
