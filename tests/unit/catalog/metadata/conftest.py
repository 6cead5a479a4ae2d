"""Records made once."""

import pytest

from catalog.metadata.record import Record
from tests.unit.catalog.metadata.recorded import recorded


@pytest.fixture(scope="package")
def records() -> dict[str, Record]:
    return recorded()
