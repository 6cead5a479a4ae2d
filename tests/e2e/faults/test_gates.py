"""A gate that crashes, through the whole walk: its dataset is refused, and comes out once the gate is sound."""

from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner, Limits
from tests.e2e.faults.town import BENCHES, Town, benches, opened
from tests.rogue_gates import gate
from tests.unit.harvesters.transport.conftest import Scripted, answer

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all

CRASHES = {"Dies": "gates.crashed", "Raises": "gates.crashed", "Hangs": "gates.late", "CannotStart": "gates."}


@pytest.mark.parametrize("rogue", CRASHES)
def test_a_gate_that_crashes_publishes_nothing_and_the_former_version_stays(
    town: Town, territory: Path, server: Scripted, tmp_path: Path, rogue: str
) -> None:
    before = town.served(BENCHES)
    server.says(answer(benches(50)))
    with (
        GateRunner(tmp_path, limits=Limits(judge_s=1), gates={"rogue": gate(rogue)}) as broken,
        opened(territory, tmp_path / "home", gates=broken, clock=town.clock) as one,
    ):
        done = one.walked(BENCHES, minutes=10)
        assert (done.outcome, done.door) == ("refused", "validate")
        assert f"[{CRASHES[rogue]}" in done.message_fr
        assert one.served(BENCHES) == before
        one.assert_whole()
    again = town.walked(BENCHES, minutes=10)
    assert (again.outcome, again.version) == ("published", 2), again.message_fr
