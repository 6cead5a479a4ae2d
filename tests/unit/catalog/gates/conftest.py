"""The real gates, each made once for all tests of this folder."""

import pytest

from catalog.gates.expectations import ExpectationsGate
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.schema import SchemaGate


@pytest.fixture(scope="session")
def schema_gate() -> SchemaGate:
    gate = SchemaGate()
    gate.warm()
    return gate


@pytest.fixture(scope="session")
def expectations_gate() -> ExpectationsGate:
    gate = ExpectationsGate()
    gate.warm()
    return gate


@pytest.fixture(scope="session")
def personal_data_gate() -> PersonalDataGate:
    gate = PersonalDataGate()
    gate.warm()
    return gate
