"""One leaking row in a million: every identifier of the corpora once, each in a row of its own, in one pass."""

from collections import defaultdict
from random import Random  # noqa: TID251 - made-up leaks, the same each time
from typing import Final

from benchmarks.personal_corpora.identifiers import CONTEXT, FIXED
from benchmarks.personal_corpora.leaks import HIDDEN
from benchmarks.personal_corpora.measuring import Bench, Measure
from benchmarks.personal_corpora.sentences import sentences
from catalog.gates.recognisers import Decision

_KINDS: Final = {"passport": "identity-document", "identity-card": "identity-document"}
"""What the gate calls identifiers of the corpora by another name."""
Planted = dict[str, list[tuple[str, str]]]
"""By column, what is planted in it and its kind; the kind of what is hidden is not told ("")."""


def one_in_a_million(bench: Bench, seed: int, *, rows: int = 1_000_000) -> Measure:
    """Return the share of the kinds planted that are found; the first and the last row of each full column leak.

    A column of different sentences, one of different codes, and empty ones whose name gives a context.
    """
    texts, planted = list(sentences(seed, 200, named=False)), _planted(seed)
    table: dict[str, list[str | None]] = {name: [None] * rows for name in planted}
    table["observation"] = [f"{texts[at % len(texts)]} ({at})" for at in range(rows)]
    table["reference"] = [f"R{at:07}" for at in range(rows)]
    for name, cells in planted.items():
        for place, (cell, _) in enumerate(cells):
            table[name][place * (rows - 1) // max(len(cells) - 1, 1)] = cell
    found = bench.scanned(table)
    counted, missed = 0, []
    for name, cells in planted.items():
        kinds = defaultdict[str, int](int)
        for _, kind in cells:
            kinds[kind] += 1
        for kind, count in kinds.items():
            seen = sum(
                tally.rows
                for finding, tally in found[name].items()
                if kind in {"", finding.kind} and (kind != "person" or finding.decision is Decision.BLOCK)
            )
            counted += min(seen, count)
            missed += [f"{name}/{kind}: {seen} of {count}"] if seen < count else []
    total = sum(map(len, planted.values()))
    return Measure(f"one row in {rows:,}, each kind", counted / total, 1.0, False, total, tuple(missed))


def _planted(seed: int) -> Planted:
    chance = Random(f"{seed} rare")
    planted: Planted = {"observation": [], "reference": [], "donnee": []}
    for kind, maker in FIXED.values():
        planted["observation"].append((f"voir {maker(chance)} avant midi", kind))
        planted["reference"].append((maker(chance), kind))
    for name, (maker, columns, forms) in CONTEXT.items():
        kind = _KINDS.get(name, name)
        planted["observation"] += [(form.format(maker(chance)), kind) for form in forms]
        planted |= {column: [(maker(chance), kind)] for column in columns}
    planted["observation"].append(("Vu avec Sophie Martin le matin, graffiti à reprendre.", "person"))
    planted["donnee"] += [(hiding(chance), "") for hiding in HIDDEN.values()]
    return planted
