"""The simulated systems of the domains: one file each, and one line here, by the name of their parameters' file."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

from harvesters.simulators.parameters import Block, read_file
from harvesters.simulators.stage import DomainSystem

DOMAINS: Final = MappingProxyType(
    {
        "accidents": "harvesters.simulators.domains.accidents:SYSTEM",
        "agenda": "harvesters.simulators.domains.events:SYSTEM",
        "arretes": "harvesters.simulators.domains.regulations:SYSTEM",
        "associations": "harvesters.simulators.domains.clubs:SYSTEM",
        "autorisations": "harvesters.simulators.domains.permits:SYSTEM",
        "batiments": "harvesters.simulators.domains.public_buildings:SYSTEM",
        "capteurs": "harvesters.simulators.domains.sensors:SYSTEM",
        "collecte": "harvesters.simulators.domains.tonnages:SYSTEM",
        "conseil": "harvesters.simulators.domains.council:SYSTEM",
        "covoiturage": "harvesters.simulators.domains.carpool:SYSTEM",
        "creneaux": "harvesters.simulators.domains.slots:SYSTEM",
        "crues": "harvesters.simulators.domains.floods:SYSTEM",
        "dpe": "harvesters.simulators.domains.dwellings:SYSTEM",
        "eaux": "harvesters.simulators.domains.waters:SYSTEM",
        "emploi-ess": "harvesters.simulators.domains.social_jobs:SYSTEM",
        "energie": "harvesters.simulators.domains.energy:SYSTEM",
        "environnement": "harvesters.simulators.domains.environment:SYSTEM",
        "ess": "harvesters.simulators.domains.bodies:SYSTEM",
        "factures-eclairage": "harvesters.simulators.domains.lighting_bills:SYSTEM",
        "incendie": "harvesters.simulators.domains.hydrants:SYSTEM",
        "marches": "harvesters.simulators.domains.contracts:SYSTEM",
        "mesures-routes": "harvesters.simulators.domains.road_measures:SYSTEM",
        "mobilite": "harvesters.simulators.domains.transit:SYSTEM",
        "partage": "harvesters.simulators.domains.sharing:SYSTEM",
        "production": "harvesters.simulators.domains.production:SYSTEM",
        "recharge": "harvesters.simulators.domains.charging:SYSTEM",
        "reemploi": "harvesters.simulators.domains.reuse:SYSTEM",
        "reseau-eclairage": "harvesters.simulators.domains.street_lamps:SYSTEM",
        "routes": "harvesters.simulators.domains.roads:SYSTEM",
        "salles": "harvesters.simulators.domains.halls:SYSTEM",
        "securite": "harvesters.simulators.domains.safety:SYSTEM",
        "signalements": "harvesters.simulators.domains.reports:SYSTEM",
        "sport": "harvesters.simulators.domains.sport:SYSTEM",
        "stationnement": "harvesters.simulators.domains.parking:SYSTEM",
        "subventions": "harvesters.simulators.domains.grants:SYSTEM",
        "trafic": "harvesters.simulators.domains.traffic:SYSTEM",
        "urbanisme": "harvesters.simulators.domains.planning:SYSTEM",
        "vehicules-partages": "harvesters.simulators.domains.shared_vehicles:SYSTEM",
        "vigilance": "harvesters.simulators.domains.vigilance:SYSTEM",
    }
)


def load(name: str) -> DomainSystem:
    """Return the systems of a domain, by a name of the table."""
    module, _, attribute = DOMAINS[name].partition(":")
    system: DomainSystem = getattr(import_module(module), attribute)
    return system


def read_domains(territory: Path) -> Mapping[str, Block]:
    """Read the domains' files that a territory has, in the order of the table."""
    found = [name for name in DOMAINS if (territory / "simulateurs" / f"{name}.yaml").exists()]
    return {name: load(name).parameters.model_validate(read_file(territory, name)) for name in found}
