"""The CPU time of some work."""

from collections.abc import Callable
from time import process_time
from typing import TypeAlias

Work: TypeAlias = Callable[[], object]


def cpu_s(work: Work) -> float:
    """Return the CPU seconds that work takes, of all threads of this process."""
    began = process_time()
    work()
    return process_time() - began
