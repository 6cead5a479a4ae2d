"""Singling out and linkage (anonymeter) on the rows that the search shows: no better than on people held out."""

import csv
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from anonymizers.microdata.hierarchy import Codes
from anonymizers.microdata.leaves import Node
from anonymizers.microdata.models import Asked
from anonymizers.microdata.recoded import Recoded, labelled, recoded
from anonymizers.microdata.search import search
from benchmarks.adult import COLUMNS
from tests.adult import Adult, adult, present

ROOT = Path(__file__).parents[2]
BESIDE = ROOT / ".venv-attack"
ATTACKER = Path(__file__).parent / "anonymeter_attacker.py"

pytestmark = [
    present,
    pytest.mark.skipif(not (BESIDE / ".stamp").exists(), reason="scripts/beside attack has not installed anonymeter"),
]

Said = dict[str, dict[str, float]]
Z_OF_AN_ERROR = 1.960
Z_OF_SIX = 2.394
"""One-sided, 5 % over six."""


def halves(rows: Adult) -> tuple[Codes, Codes]:
    """The people that the release is made from, and those held out."""
    order = np.random.default_rng(17).permutation(len(rows.rows))
    return order[: len(order) // 2], order[len(order) // 2 :]


def searched(rows: Adult, inside: Codes, k: int) -> tuple[Node, Recoded]:
    leaves, asked = rows.leaves(inside), Asked(k)
    node = search(leaves, asked).levels
    return node, recoded(leaves, [own[inside] for own in rows.places], node, asked)


def laid_out(folder: Path, rows: Adult, node: Node, shown: list[np.ndarray]) -> Path:
    """Write what the attacker reads: the release, and both halves as anybody would coarsen them to its levels."""
    folder.mkdir()
    written(folder / "release.csv", shown)
    for name, own in zip(("inside", "outside"), halves(rows), strict=True):
        written(folder / f"{name}.csv", at_node(rows, own, node))
    return folder


def at_node(rows: Adult, own: Codes, node: Node) -> list[np.ndarray]:
    return [
        labelled(each, level, each.codes[level][places[own]])
        for each, level, places in zip(rows.hierarchies, node, rows.places, strict=True)
    ]


def written(path: Path, columns: list[np.ndarray]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(name.replace("-", "_") for name in COLUMNS)
        lines.writerows(zip(*columns, strict=True))


def attacked(*folders: Path) -> list[Said]:
    command = [str(BESIDE / "bin" / "python"), str(ATTACKER), *map(str, folders)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return list(json.loads(ended.stdout.splitlines()[-1]).values())


def beats_the_control(attack: dict[str, float]) -> bool:
    """The attack does better on the people inside than chance explains: 5 % over the six comparisons (Bonferroni).

    The errors are half-widths of 95 % intervals, so that of the difference is their hypotenuse.
    """
    excess = attack["inside"] - attack["outside"]
    return excess * Z_OF_AN_ERROR > Z_OF_SIX * np.hypot(attack["inside_error"], attack["outside_error"])


@pytest.mark.timeout(900)  # their tools take long to start on a busy machine
def test_the_rows_shown_help_no_attacker_and_rows_as_they_are_do(tmp_path: Path) -> None:
    rows = adult()
    inside, _ = halves(rows)
    finest = (0,) * len(COLUMNS)
    folders = [laid_out(tmp_path / "raw", rows, finest, at_node(rows, inside, finest))]
    for k in (5, 11):
        node, shown = searched(rows, inside, k)
        folders.append(laid_out(tmp_path / f"k{k}", rows, node, list(shown.columns)))
    raw, *coarsened = attacked(*folders)
    assert beats_the_control(raw["singling out, 6 columns"])  # the attacker bites
    assert len(coarsened) == 2
    for said in coarsened:
        assert len(said) == 3
        for name, attack in said.items():
            assert not beats_the_control(attack), name
