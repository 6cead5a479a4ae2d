"""The territory that the language's tests hold policies against."""

import pytest

from charter.territory import Territory
from tests.policies import territory


@pytest.fixture(scope="session")
def held() -> Territory:
    return territory()
