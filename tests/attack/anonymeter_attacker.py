"""anonymeter's attackers, in their own environment (.venv-attack): no import of ours. Writes JSON.

`anonymeter_attacker.py FOLDER...`: each folder holds `release.csv` (what anybody may read), `inside.csv` (the people it
was made from) and `outside.csv` (people held out), all at the levels of the release.
"""

import json
import sys
import warnings
from pathlib import Path

import pandas as pd
from anonymeter.evaluators import LinkabilityEvaluator, SinglingOutEvaluator

TARGETS = 600
TRIES = 3_000
NEIGHBOURS = 5
WIDTHS = (3, 6)
"""Of how many columns an attacker makes a condition that one person alone should meet."""

Frame = pd.DataFrame
Said = dict[str, float]


def told(evaluator: LinkabilityEvaluator | SinglingOutEvaluator) -> Said:
    """Success on the people inside and outside, with the half width of each interval at 95 %."""
    results = evaluator.results(confidence_level=0.95)
    inside, outside = results.attack_rate, results.control_rate
    return {
        "inside": inside.value,
        "inside_error": inside.error,
        "outside": outside.value,
        "outside_error": outside.error,
    }


def numbered(people: Frame) -> Frame:
    """Give each person a number: anonymeter drops rows that look alike, and would count a class as one person."""
    return people.assign(person=range(len(people)))


def singling_out(release: Frame, inside: Frame, outside: Frame, width: int) -> Said:
    """Conditions that one combination of the release alone meets: how many does one person alone meet?"""
    return told(
        SinglingOutEvaluator(
            ori=numbered(inside),
            syn=release,
            control=numbered(outside),
            n_attacks=TARGETS,
            n_cols=width,
            max_attempts=TRIES,
            seed=5,
        ).evaluate(mode="multivariate")
    )


def linking(release: Frame, inside: Frame, outside: Frame) -> Said:
    """Half of the columns from one file, half from another: does the release tell which rows are one person's?"""
    names = list(release.columns)
    halves = (names[::2], names[1::2])
    # drawn here, from a seed: anonymeter draws by itself without one
    drawn = [people.sample(TARGETS, random_state=5) for people in (inside, outside)]
    return told(
        LinkabilityEvaluator(
            ori=drawn[0],
            syn=release,
            control=drawn[1],
            aux_cols=halves,
            n_attacks=TARGETS,
            n_neighbors=NEIGHBOURS,
        ).evaluate(n_jobs=1)
    )


def attacked(folder: Path) -> dict[str, Said]:
    read = [pd.read_csv(folder / f"{name}.csv", dtype=str) for name in ("release", "inside", "outside")]
    said = {f"singling out, {width} columns": singling_out(*read, width) for width in WIDTHS}
    return said | {"linking": linking(*read)}


def main() -> int:
    warnings.simplefilter("ignore")
    sys.stdout.write(json.dumps({folder: attacked(Path(folder)) for folder in sys.argv[1:]}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
