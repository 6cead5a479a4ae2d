"""The fixtures of the shorter tests that are repeated here for longer."""

from tests.e2e.faults.conftest import server
from tests.e2e.faults.test_kill import folder, processes

__all__ = ["folder", "processes", "server"]
