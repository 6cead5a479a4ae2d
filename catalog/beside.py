"""One file made beside a version once somebody asks for what it answers: in a process of its own, whole or not at all.

It is made of what was published alone, and goes with the version.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from catalog.export import Table
from charter.release_parts import ReleaseColumn
from eclor.durable import seal_file

_MAKING: Final = "writing-"


@dataclass(frozen=True, slots=True)
class Order:
    """What to read, and the folder that the file goes into."""

    rows: str
    folder: str
    columns: tuple[ReleaseColumn, ...]

    def text(self) -> str:
        """Return the order as a process reads it."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Order":
        """Return the order that a text says."""
        said = json.loads(text)
        return cls(said["rows"], said["folder"], tuple(ReleaseColumn(**column) for column in said["columns"]))


def make(order: Order, name: str, write: Callable[[Table, Path], None]) -> None:
    """Make the file that an order asks for, unless it is there; nothing stays of a version that went meanwhile."""
    rows, folder = Path(order.rows), Path(order.folder)
    if (folder / name).exists():  # another worker was asked too
        return
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=_MAKING) as private:
        path = Path(private) / name
        write(Table(rows, order.columns), path)
        seal_file(path)
        path.rename(folder / name)
    if not rows.exists():
        shutil.rmtree(folder, ignore_errors=True)


def make_alone(order: Order, name: str, write: Callable[[Table, Path], None]) -> None:
    """Make the file that an order asks for, and drop those of the dataset's other versions."""
    make(order, name, write)
    folder = Path(order.folder)
    for other in folder.parent.glob(f"*/{name}"):
        if other.parent != folder:
            other.unlink(missing_ok=True)
