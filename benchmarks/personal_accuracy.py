"""What the personal-data gate finds and what it takes for something it is not, on made-up corpora: every bar a line.

`--missed` prints what was missed. Seeds are those of docs/evaluation.md.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.personal_corpora.measuring import Bench, clean_measures, leak_measures, name_measures, one_in_a_million
from catalog.gates.detector import Detector

SEEDS: Final = (11, 23)


def main() -> int:
    """Measure every bar; return 0 if all hold."""
    with TemporaryDirectory() as folder:
        bench = Bench(Detector(), Path(folder))
        measures = [
            *leak_measures(bench, SEEDS),
            *name_measures(bench, SEEDS, size=60),
            *clean_measures(bench, SEEDS, rows=150),
            *one_in_a_million(bench, SEEDS[0]),
        ]
    for measure in measures:
        print(measure)
        if "--missed" in sys.argv:
            print(*(f"         {each}" for each in dict.fromkeys(measure.missed)), sep="\n")
    return int(not all(measure.holds for measure in measures))


if __name__ == "__main__":
    raise SystemExit(main())
