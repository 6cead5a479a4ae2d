"""The demonstration's releases, made through the doors once for all tests of this folder."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anonymizers.places import read_zones
from catalog.declaration import DatasetDeclaration, read_datasets
from charter.apply import Held, Release, apply
from charter.compile import Plan, compile_policy
from charter.reader import read
from charter.territory import load
from charter.vocabulary import YesNo
from eclor.engine.limits import Limits
from eclor.names import FieldName, Slug
from eclor.world import FileKeyRing, FixedClock, SystemRandomness, World
from harvesters.declaration import read_declaration
from harvesters.harvest import harvest
from harvesters.intake import AllowedFields
from harvesters.raw_store import RawStore
from harvesters.reach import Credentials, Reach
from harvesters.receiving import Keeping
from tests.e2e.simulators.running import NOW, ROOT, Running, running

TERRITORY = ROOT / "policies" / "ccphva"


@dataclass
class Demonstration:
    """The demonstration territory, its source systems running."""

    systems: Running
    folder: Path
    made: dict[str, tuple[Release, Plan]] = field(default_factory=dict)

    @property
    def declarations(self) -> dict[Slug, DatasetDeclaration]:
        return read_datasets(TERRITORY / "datasets")

    def released(self, dataset: str, *, access: str) -> tuple[Release, Plan]:
        """Return a dataset's release and plan, made once."""
        if dataset not in self.made:
            self.made[dataset] = self._walked(dataset, access=access)
        return self.made[dataset]

    def _walked(self, dataset: str, *, access: str) -> tuple[Release, Plan]:
        """Harvest a dataset, compile its policy and apply it; raises what the doors raise."""
        folder = self.folder / dataset
        clock = FixedClock(datetime.fromisoformat(NOW).astimezone(UTC))
        world = World(clock, SystemRandomness(), FileKeyRing(folder / "keys", SystemRandomness()))
        store = RawStore(folder / "raw", world)
        territory = load(TERRITORY / "charter")
        plan = compile_policy(read(TERRITORY / "politiques" / f"{dataset}.yaml"), territory, now=clock.now())
        files = sorted((TERRITORY / "sources").glob("*.yaml"))
        flows = [flow for file in files for flow in read_declaration(file, endpoints=self.systems.where)]
        reach = Reach(Credentials({}, file=Path(self.systems.where["secrets"])), clock, "tests")
        keeping = Keeping.APPEND if access == "depot" else Keeping.REPLACE
        for flow in flows:
            if (flow.dataset, flow.access) == (dataset, access):
                raw = harvest(flow, _allowed(plan), keeping=keeping, store=store, reach=reach)
        with store.opened(raw, into=folder / "opened") as opened:
            held = Held(raw, opened, None, territory.catalogue, read_zones(TERRITORY / "zones"))
            made = apply(plan, held, world=world, limits=Limits(folder / "apply"))
        assert isinstance(made, Release)
        return made, plan


def _allowed(plan: Plan) -> AllowedFields:
    names = {FieldName(field.name): field.collected is YesNo.YES for field in plan.policy.fields}
    return AllowedFields(
        collected=frozenset(name for name, asked in names.items() if asked),
        refused=frozenset(name for name, asked in names.items() if not asked),
    )


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with running(tmp_path_factory.mktemp("systems"), "--fast-lamps", "20") as systems:
        yield Demonstration(systems, tmp_path_factory.mktemp("demonstration"))
