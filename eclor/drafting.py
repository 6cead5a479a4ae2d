"""What one needs to act on a policy: its territory's texts and the desk, without opening anything that publishes."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from charter.acting import Desk, Drafted
from charter.bindings import bindings_of, source_digest
from charter.journal import Journal
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from charter.territory import Territory, load
from eclor.errors import PolicyRefusals, PolicyRefused
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World


@dataclass(frozen=True, slots=True)
class Office:
    """A territory's folder and the desk of its home."""

    folder: Path
    desk: Desk

    def territory(self) -> Territory:
        """Read the charter, the roles and the catalogue. Refuses (`PolicyRefusals`) with every fault."""
        return load(self.folder / "charter")

    def datasets(self) -> tuple[str, ...]:
        """Return the datasets that have a policy."""
        return tuple(sorted(file.stem for file in (self.folder / "politiques").glob("*.yaml")))

    def drafted(self, dataset: str) -> Drafted:
        """Read a dataset's policy and what an act on it binds today. Refuses what cannot be read, V758 and V759."""
        territory, file = self.territory(), self.folder / "politiques" / f"{dataset}.yaml"
        if dataset not in self.datasets():
            raise no_policy(dataset, self.datasets())
        document = read(file)
        policy, refusals = shape(document, Policy)
        if policy is None:
            raise PolicyRefusals(refusals)
        entry = territory.entry(dataset)
        if policy.dataset != dataset or entry is None:
            raise PolicyRefused("V759", place=document.at("dataset"), dataset=policy.dataset, file=dataset)
        source = source_digest(self.folder / "sources" / f"{entry.source}.yaml")
        bindings = bindings_of(document, territory, dataset=dataset, source=source)
        return Drafted(document, policy, bindings, territory)


def office(settings: Settings) -> Office:
    """Return the office of a territory and a home, at the machine's clock."""
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(settings.home / "keys"))
    journal = Journal(settings.home / "journal", world)
    return Office(settings.territory, Desk(settings.home / "acts", journal, world.clock))


def no_policy(dataset: str, known: Iterable[str]) -> PolicyRefused:
    """Return the refusal (V758) of a dataset without policy, and which one of those that have one may be meant."""
    near = next(iter(get_close_matches(dataset, sorted(known), n=1)), "")
    meant = {"fr": f" Vouliez-vous dire « {near} » ?", "en": f" Did you mean {near}?"} if near else {"fr": "", "en": ""}
    return PolicyRefused("V758", dataset=dataset, meant=meant)
