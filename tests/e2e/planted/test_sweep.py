"""One leak in each column of texts of each flow, through the whole walk: blocked with its report, or never readable.

`known.tsv` says where and what became of it, as the soak found it (`tests/soak/test_planted.py`, which writes it).
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.gates import PERSONAL_DATA
from catalog.gates.runner import GateRunner
from eclor.names import Slug
from eclor.sentences.gates import KINDS
from tests.e2e.planted.known import Known, known
from tests.e2e.planted.leaks import Leak
from tests.e2e.planted.sorting import Became
from tests.e2e.planted.walks import TERRITORY, Place, Seen, Town
from tests.rogue_gates import gate

KNOWN = known()
DATASETS = sorted(file.stem for file in (TERRITORY / "politiques").glob("*.yaml"))
UNKNOWN: set[str] = set()


def walked(town: Town, dataset: str, leaks: Iterable[Known]) -> Seen:
    plants = {Place(one.file, one.path): (Leak(one.kind, one.number), one.cell) for one in leaks}
    seen = town.walked(Slug(dataset), plants)
    assert seen.unsaid == frozenset(), "the source does not say that any more: run the soak with --rewrite"
    assert seen.legible == {}
    return seen


def test_every_dataset_is_swept() -> None:
    assert {one.dataset for one in KNOWN} == {*DATASETS} - UNKNOWN


@pytest.mark.parametrize("dataset", sorted({one.dataset for one in KNOWN if one.became is Became.BLOCKED}))
def test_a_leak_in_each_column_is_blocked_with_a_report_that_the_dpo_understands(territory: Town, dataset: str) -> None:
    leaks = [one for one in KNOWN if (one.dataset, one.became) == (dataset, Became.BLOCKED)]
    seen = walked(territory, dataset, leaks)
    assert (seen.walk.outcome, seen.walk.version) == ("refused", None)
    assert seen.found >= {one.column for one in leaks}
    message = seen.walk.message_fr
    assert any(f"« {column} »" in message for column in seen.found)
    assert any(f" {kind} est visible sur " in message for kind, _ in KINDS.values())
    assert "Faites retirer cette donnée par la source" in message
    assert f"« eclor gate show {dataset} » dit tout ce qui a été trouvé" in message
    assert seen.walk.internal["gates"][PERSONAL_DATA]["passed"] is False


@pytest.mark.parametrize("dataset", sorted({one.dataset for one in KNOWN if one.became is Became.TREATED}))
def test_a_leak_where_somebody_is_expected_is_in_nothing_that_anybody_reads(territory: Town, dataset: str) -> None:
    leaks = [one for one in KNOWN if (one.dataset, one.became) == (dataset, Became.TREATED)]
    seen = walked(territory, dataset, leaks)
    assert seen.found == frozenset()
    assert all(seen.stored[Place(one.file, one.path)] for one in leaks)


def test_a_leak_that_no_gate_stops_is_seen_by_those_who_look_for_it(territory: Town, tmp_path: Path) -> None:
    leaks = [one for one in KNOWN if (one.dataset, one.column) == ("armoires", "id_armoire")]
    with GateRunner(tmp_path, gates={PERSONAL_DATA: gate("Good")}) as careless:
        town = replace(territory, house=replace(territory.house, gates=careless))
        plants = {Place(one.file, one.path): (Leak(one.kind, one.number), one.cell) for one in leaks}
        seen = town.walked(Slug("armoires"), plants)
    assert seen.walk.outcome == "published"
    [where] = seen.legible.values()
    assert {"data.csv", "data.parquet", "data.json"} <= {name.rpartition("/")[2] for name in where}
