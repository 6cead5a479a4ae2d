"""What other packages add: gates, guarantees and treatments that they declare as entry points, found and loaded on use.

Nothing is skipped in silence: whatever cannot be used is refused, and no release is made (docs/decisions/0015).
"""

import sys
from collections.abc import Callable, Container
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from eclor.errors import GuaranteeBroken

_PATHS_KNOWN: Final = 8


class Group(Enum):
    """What an extension adds: the name of its group of entry points."""

    GATES = "eclor.gates"
    GUARANTEES = "eclor.guarantees"
    TREATMENTS = "eclor.treatments"


@dataclass(frozen=True, slots=True)
class Extension:
    """An installed extension: its name, and the package and version that it comes from."""

    name: str
    package: str
    version: str
    entry: EntryPoint

    def __str__(self) -> str:
        return f"{self.name} ({self.package} {self.version})"

    @property
    def place(self) -> str:
        """Return where its code is, `module:attribute`, without loading it."""
        return self.entry.value

    def load(self) -> Callable[..., object]:
        """Return the function; refuse (`GuaranteeBroken`) one that cannot be imported or called."""
        try:
            found = self.entry.load()
        except Exception as error:  # whatever its module does when it is read
            raise GuaranteeBroken("extension.unloadable", extension=str(self), kind=type(error).__name__) from error
        if not callable(found):
            raise GuaranteeBroken("extension.no-function", extension=str(self))
        function: Callable[..., object] = found
        return function


def installed(group: Group, *, ours: Container[str]) -> tuple[Extension, ...]:
    """Return the installed extensions of a group, by name; `ours` are the names that none may take.

    Refuses (`GuaranteeBroken`) a name of ours, a name said twice, an extension of no package or version.
    """
    found = _installed(group, tuple(sys.path))
    names = [extension.name for extension in found]
    for extension in found:
        if extension.name in ours:
            raise GuaranteeBroken("extension.shadows", extension=str(extension))
        if names.count(extension.name) > 1:
            raise GuaranteeBroken("extension.twice", extension=str(extension))
    return found


@lru_cache(_PATHS_KNOWN)
def _installed(group: Group, _paths: tuple[str, ...]) -> tuple[Extension, ...]:
    """Read what is installed, once for each state of the import path."""
    found = (_extension(entry) for entry in entry_points(group=group.value))
    return tuple(sorted(found, key=lambda extension: (extension.name, extension.package, extension.version)))


def _extension(entry: EntryPoint) -> Extension:
    package = entry.dist.metadata["Name"] if entry.dist else None
    version = entry.dist.metadata["Version"] if entry.dist else None
    if not package or not version:
        raise GuaranteeBroken("extension.no-version", name=entry.name)
    return Extension(entry.name, package, version, entry)
