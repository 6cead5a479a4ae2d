"""What the tests of acts share: a guild that has a policy in force."""

from pathlib import Path

import pytest

from tests.acting import Guild


@pytest.fixture
def guild(tmp_path: Path) -> Guild:
    """A guild that adopted its charter and opened version 1."""
    one = Guild(tmp_path)
    one.adopts()
    one.opens()
    return one
