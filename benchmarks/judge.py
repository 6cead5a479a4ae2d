"""What anjana and pycanon take, in their own environment (.venv-judge): no import of ours. Prints JSON.

`judge.py anjana FILE HIERARCHIES K` and `judge.py pycanon FILE`: CPU seconds of reading the file, then of the work.
"""

import json
import sys
import time

import pandas as pd
from anjana.anonymity import k_anonymity
from pycanon import anonymity

COLUMNS = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]


def rows(path: str) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", dtype=str)


def coarsened(path: str, folder: str, k: int) -> dict[str, float]:
    """Run anjana with ARX's hierarchies; 5 % of the rows may be left out."""
    began = time.process_time()
    table = rows(path)
    hierarchies = {}
    for name in COLUMNS:
        lines = pd.read_csv(f"{folder}/adult_hierarchy_{name}.csv", sep=";", header=None, dtype=str)
        hierarchies[name] = {level: lines[level].to_numpy() for level in lines.columns}
    loaded = time.process_time()
    kept = k_anonymity(table, [], COLUMNS, k, 5.0, hierarchies)
    return {"load_s": loaded - began, "work_s": time.process_time() - loaded, "kept": len(kept)}


def checked(path: str) -> dict[str, float]:
    """Run pycanon's k and l on rows as they are."""
    began = time.process_time()
    table = rows(path)
    loaded = time.process_time()
    k = anonymity.k_anonymity(table, COLUMNS)
    l_found = anonymity.l_diversity(table, COLUMNS, ["salary-class"])
    return {"load_s": loaded - began, "work_s": time.process_time() - loaded, "k": int(k), "l": int(l_found)}


def main() -> int:
    match sys.argv[1:]:
        case ["anjana", path, folder, k]:
            said = coarsened(path, folder, int(k))
        case ["pycanon", path]:
            said = checked(path)
        case _:
            print("judge.py: anjana FILE HIERARCHIES K, or pycanon FILE", file=sys.stderr)
            return 2
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
