"""What a soak watches from outside: the memory of every process."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.e2e.main_job.running import processes_of

NAMES = ("eclor run", "eclor.cli serve", "eclor.cli intake", "catalog.gates.worker")
MIB = 1024 * 1024


@dataclass
class Memory:
    """Resident bytes of our processes over time, by a part of their command line."""

    names: tuple[str, ...] = NAMES
    seen: dict[str, list[tuple[float, int]]] = field(default_factory=dict)

    def look(self, home: Path, second: float) -> None:
        for pid, command in processes_of(home).items():
            name = next((name for name in self.names if name in command), None)
            if name is not None:
                self.seen.setdefault(name, []).append((second, _resident(pid)))

    def growth_mib(self, name: str) -> float:
        """Return by how much the second half of the time made a process grow, on its straight line."""
        half = self.seen[name][len(self.seen[name]) // 2 :]
        seconds, resident = np.array([second for second, _ in half]), np.array([size for _, size in half])
        slope = np.polyfit(seconds, resident, 1)[0]
        return float(slope * (seconds[-1] - seconds[0]) / MIB)

    def peak_mib(self, name: str) -> float:
        return max(size for _, size in self.seen[name]) / MIB


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0
