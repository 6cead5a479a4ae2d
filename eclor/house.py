"""A territory at work: everything that a walk needs, opened once and closed together."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from anonymizers.places import Zones, read_zones
from catalog.catalogue import Catalog, open_catalog
from catalog.declaration import DatasetDeclaration, NotCollected, read_datasets
from catalog.gates import gates as installed_gates
from catalog.gates.runner import GateRunner
from catalog.received import Cleared
from charter.acting import Desk
from charter.territory import Territory, load
from eclor.errors import DeclarationRefused
from eclor.identity import Identity, read_identity
from eclor.names import Slug
from eclor.settings import Settings, environment
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World
from harvesters.declaration import read_declaration
from harvesters.raw_store import RawStore
from harvesters.reach import Credentials, Reach
from harvesters.source import Source


@dataclass(frozen=True, slots=True)
class House:
    """A territory's declarations, and the places where its state lives."""

    settings: Settings
    identity: Identity
    world: World
    territory: Territory
    policies: Mapping[Slug, Path]
    declarations: Mapping[Slug, DatasetDeclaration]
    not_collected: Mapping[Slug, NotCollected]
    sources: tuple[Source, ...]
    zones: Zones
    store: RawStore
    catalog: Catalog
    gates: GateRunner
    reach: Reach
    cleared: Cleared = field(default_factory=dict)

    def flows(self, dataset: Slug) -> tuple[Source, ...]:
        """Return the flows of a dataset. Refuses (`DeclarationRefused`) one that no source delivers."""
        flows = tuple(source for source in self.sources if source.dataset == dataset)
        if not flows:
            raise DeclarationRefused("territory.no-source", dataset=dataset)
        return flows

    def acts(self, dataset: Slug) -> Path:
        """Return where the acts on a dataset's policy are kept."""
        return self.desk.file(dataset)

    @property
    def desk(self) -> Desk:
        """Return where acts are made and read."""
        return Desk(self.settings.home / "acts", self.catalog.journal, self.world.clock)

    @property
    def scratch(self) -> Path:
        """Return the private folder of running work."""
        return self.settings.home / "work"

    @contextmanager
    def run_folder(self) -> Iterator[Path]:
        """Give a private folder for one application of a plan; it goes with all it holds."""
        with TemporaryDirectory(prefix="apply-", dir=self.scratch) as folder:
            yield Path(folder)


def machine_world(home: Path) -> World:
    """Return the machine's clock and randomness, and the keys of a home."""
    randomness = SystemRandomness()
    return World(SystemClock(), randomness, FileKeyRing(home / "keys", randomness))


def gates_of(settings: Settings) -> GateRunner:
    """Return the gates of a home, their process not started yet. Refuses (`GuaranteeBroken`) what cannot be one."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return GateRunner(_private(settings.home / "work"), gates=installed_gates())


@contextmanager
def open_house(
    settings: Settings, *, endpoints: Mapping[str, str], world: World, gates: GateRunner | None = None
) -> Iterator[House]:
    """Read a territory and open its home; close what was opened at the end.

    `endpoints` fill the addresses of its sources; `gates` are those that whoever gives them started, and closes.
    Refuses whatever declaration cannot be used, with its place.
    """
    folder = settings.territory
    settings.home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        catalog = open_catalog(settings, world)
        opened.callback(catalog.engine.dispose)
        declared = read_datasets(folder / "datasets")
        house = House(
            settings=settings,
            identity=read_identity(folder),
            world=world,
            territory=load(folder / "charter"),
            policies={Slug(file.stem): file for file in sorted((folder / "politiques").glob("*.yaml"))},
            declarations={slug: one for slug, one in declared.items() if isinstance(one, DatasetDeclaration)},
            not_collected={slug: one for slug, one in declared.items() if isinstance(one, NotCollected)},
            sources=tuple(
                source
                for file in sorted((folder / "sources").glob("*.yaml"))
                for source in read_declaration(file, endpoints=endpoints)
            ),
            zones=read_zones(folder / "zones"),
            store=RawStore(settings.home / "raw", world),
            catalog=catalog,
            gates=gates or opened.enter_context(gates_of(settings)),
            reach=Reach(_credentials(endpoints), world.clock, contact=settings.origin),
        )
        _refuse_collected(house)
        yield house


def _refuse_collected(house: House) -> None:
    """Refuse (`DeclarationRefused`) a policy or a source of what is said not to be collected."""
    delivered = {source.dataset for source in house.sources} | {*house.policies}
    for dataset in house.not_collected.keys() & delivered:
        raise DeclarationRefused("territory.collected-anyway", dataset=dataset)


def _private(scratch: Path) -> Path:
    scratch.mkdir(mode=0o700, exist_ok=True)
    return scratch


def _credentials(endpoints: Mapping[str, str]) -> Credentials:
    """Return the secrets by name: the environment first, then the private file that simulated sources announce."""
    file = endpoints.get("secrets")
    return Credentials(environment(), file=Path(file) if file else None)
