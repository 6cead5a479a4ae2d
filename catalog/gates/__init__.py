"""The gates: each judges a release in a process apart. To add one: a file here and a line in the table.

An installed package may add some: they are asked of every release, and can only refuse more (`eclor.gates`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anonymizers.extensions import Group, installed

PERSONAL_DATA: Final = "personal-data"
"""The gate that judges what is received too, before any treatment (`catalog.received`)."""
DRIFT: Final = "drift"
GATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "schema": "catalog.gates.schema:SchemaGate",
        "expectations": "catalog.gates.expectations:ExpectationsGate",
        DRIFT: "catalog.gates.drift:DriftGate",
        PERSONAL_DATA: "catalog.gates.personal_data:PersonalDataGate",
    }
)
"""Name → `module:class`, loaded in the worker; every release passes all of them, in this order."""


def gates() -> Mapping[str, str]:
    """Return every gate, ours, then those that packages add. Refuses (`GuaranteeBroken`) what cannot be one."""
    return MappingProxyType({**GATES, **{each.name: each.place for each in installed(Group.GATES, ours=GATES)}})
