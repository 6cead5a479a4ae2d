from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harvesters.simulators.domains import load, read_domains
from harvesters.simulators.fleet import make_fleet
from harvesters.simulators.households import Households, make_households
from harvesters.simulators.parameters import Parameters, read_parameters
from harvesters.simulators.places import Commune, read_communes
from harvesters.simulators.stage import Given, Stage
from harvesters.simulators.uplinks import Platform, make_platform

TERRITORY = Path(__file__).parents[4] / "policies" / "ccphva"
SEED = 7
MORNING = datetime(2026, 11, 24, 10, 20, tzinfo=UTC)


@pytest.fixture(scope="session")
def territory() -> Path:
    return TERRITORY


@pytest.fixture(scope="session")
def seed() -> int:
    return SEED


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return read_parameters(TERRITORY)


@pytest.fixture(scope="session")
def communes() -> Mapping[str, Commune]:
    return read_communes(TERRITORY / "zones" / "communes.geojson")


Asked = Callable[..., Given]
"""Takes a domain, a path, an instant (a morning if none is said), and the query's members; gives the page."""


@pytest.fixture(scope="session")
def asked(parameters: Parameters, communes: Mapping[str, Commune]) -> Asked:
    read = read_domains(TERRITORY)

    def ask(domain: str, path: str, now: datetime = MORNING, **query: str) -> Given:
        stage = Stage(parameters.town, communes, SEED, now, query, "http://systems")
        return load(domain).pages[path](read[domain], stage)

    return ask


@pytest.fixture(scope="session")
def households(parameters: Parameters, communes: Mapping[str, Commune]) -> Households:
    return make_households(parameters, communes, SEED)


@pytest.fixture(scope="session")
def platform(parameters: Parameters) -> Platform:
    return make_platform(make_fleet(parameters, SEED), parameters.town, SEED)
