"""A table is compared with every live dataset of its source, or it is not published."""

from dataclasses import replace
from pathlib import Path

from catalog.declaration import Kind
from catalog.gates.runner import GateRunner
from tests.e2e.differences.valley import BOTH, OPENING, OWN, SITES, TOTALS, drop, settle
from tests.e2e.faults.town import SetClock, opened


def test_a_live_dataset_of_the_source_that_is_not_listed_refuses_the_table(tmp_path: Path, gates: GateRunner) -> None:
    territory = settle(tmp_path)
    policy = territory / "politiques" / f"{SITES}.yaml"
    policy.write_text(policy.read_text("utf-8").replace(BOTH, OWN), "utf-8")
    drop(tmp_path, SITES, "a.csv", OPENING.replace(day=21), {"VIL": range(20)})
    with opened(territory, tmp_path / "home", gates=gates, clock=SetClock(OPENING)) as town:
        declared = town.house.declarations
        live = declared[TOTALS].model_copy(update={"kind": Kind.LIVE})
        town.house = replace(town.house, declarations={**declared, TOTALS: live})
        refused = town.walked(SITES, minutes=1)
        assert (refused.outcome, refused.door, refused.honest) == ("refused", "compile", False)
        assert refused.message_fr.startswith("[territory.live-not-compared]")
        town.house = replace(town.house, declarations=declared)
        assert town.walked(SITES, minutes=1).outcome == "published"
