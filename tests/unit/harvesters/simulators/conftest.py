from collections.abc import Mapping
from pathlib import Path

import pytest

from harvesters.simulators.fleet import make_fleet
from harvesters.simulators.households import Households, make_households
from harvesters.simulators.parameters import Parameters, read_parameters
from harvesters.simulators.places import Commune, read_communes
from harvesters.simulators.uplinks import Platform, make_platform

TERRITORY = Path(__file__).parents[4] / "policies" / "ccphva"
SEED = 7


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


@pytest.fixture(scope="session")
def households(parameters: Parameters, communes: Mapping[str, Commune]) -> Households:
    return make_households(parameters, communes, SEED)


@pytest.fixture(scope="session")
def platform(parameters: Parameters) -> Platform:
    return make_platform(make_fleet(parameters, SEED), parameters.town, SEED)
