"""The gates: each judges a release in a process apart. To add one: a file here and a line in the table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

GATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "schema": "catalog.gates.schema:SchemaGate",
        "expectations": "catalog.gates.expectations:ExpectationsGate",
        "personal-data": "catalog.gates.personal_data:PersonalDataGate",
    }
)
"""Name → `module:class`, loaded in the worker; every release passes all of them, in this order."""
