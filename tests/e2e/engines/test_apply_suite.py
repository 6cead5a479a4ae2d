"""What is counted by hand for the application of plans holds on Spark: the same tests, too long for every day."""

from pathlib import Path

import pytest

from eclor.engine.limits import Engine
from tests.applying import Desk
from tests.unit.charter.apply.test_cells import *  # noqa: F403 - the same tests, another engine
from tests.unit.charter.apply.test_diversity import *  # noqa: F403
from tests.unit.charter.apply.test_ladder_and_places import *  # noqa: F403
from tests.unit.charter.apply.test_periods import *  # noqa: F403
from tests.unit.charter.apply.test_rows import *  # noqa: F403
from tests.unit.charter.apply.test_small_populations import *  # noqa: F403

pytestmark = [pytest.mark.soak, pytest.mark.spark, pytest.mark.usefixtures("spark")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, engine=Engine.SPARK)
