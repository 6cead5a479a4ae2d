"""What the CKAN surface shows: datasets, organisations, groups, as clients name them, and who asks.

Production makes these from the catalogue (`api/ckan/source.py`); nothing here reads anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID, uuid5

from orjson import Fragment, dumps

from api.ckan.index import Document, document, weighed
from api.ckan.wire import escaped
from catalog.tokens import Role
from catalog.views import DatasetView

Shown = dict[str, object]
_NAMESPACE: Final = UUID("5f0c1c61-8b4e-5d0f-9d53-3c1f0d6a7be2")

_IDENTIFIERS: Final = 1024
"""Names whose identifiers are remembered: those of a page and more."""


@lru_cache(maxsize=_IDENTIFIERS)
def stable_id(*parts: str) -> str:
    """Return the identifier that a name has for ever."""
    return str(uuid5(_NAMESPACE, "/".join(parts)))


def naive(instant: datetime) -> str:
    """Return an instant as CKAN writes it: UTC, six decimals, no offset."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: nobody in particular, or whoever a token stands for, with the organisations (identifiers) it is for."""

    name: str = ""
    role: Role | None = None
    organizations: frozenset[str] = frozenset()

    @property
    def admin(self) -> bool:
        """Say whether they may do what anyone may."""
        return self.role is Role.ADMIN

    def writes(self, organization: object) -> bool:
        """Say whether they may write for an organisation."""
        return self.admin or (self.role is Role.EDITOR and organization in self.organizations)

    @property
    def known(self) -> bool:
        """Say whether a token was given that is one."""
        return bool(self.name)

    def keeps(self, organization: object) -> bool:
        """Say whether they may read what an organisation keeps to itself."""
        return self.admin or organization in self.organizations


ANONYMOUS: Final = Caller()


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """A dataset as `package_show` gives it; `open` says that anyone may read it, `view` what is served under it."""

    shown: Shown
    open: bool
    document: Document
    words: tuple[tuple[int, frozenset[str]], ...]
    view: DatasetView | None = None
    _written: list[Fragment] = field(default_factory=list, repr=False)

    def written(self) -> Fragment:
        """Return it as JSON, written once: answers are put together from what is written already."""
        if not self._written:
            self._written.append(Fragment(escaped(dumps(self.shown))))
        return self._written[0]

    @property
    def name(self) -> str:
        """Return its name in addresses."""
        return str(self.shown["name"])

    @property
    def id(self) -> str:
        """Return its identifier."""
        return str(self.shown["id"])

    @property
    def resources(self) -> list[Shown]:
        """Return its resources, in their order."""
        found = self.shown["resources"]
        assert isinstance(found, list)
        return found

    def readable(self, caller: Caller) -> bool:
        """Say whether someone may read it: a deleted one is for administrators."""
        if self.open:
            return True
        return caller.admin or (self.shown["state"] != "deleted" and caller.keeps(self.shown["owner_org"]))


def packaged(shown: Shown, *, is_open: bool, view: DatasetView | None = None) -> Package:
    """Return a dataset with what searches look into."""
    indexed = document(shown, is_open=is_open)
    return Package(shown, is_open, indexed, weighed(shown, indexed), view)


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation or a group: as datasets name it, and its extras."""

    named: Shown
    extras: tuple[Mapping[str, str], ...] = ()

    @property
    def is_organization(self) -> bool:
        """Say which of the two it is."""
        return bool(self.named["is_organization"])

    def holds(self, package: Package) -> bool:
        """Say whether a dataset is its own."""
        if self.is_organization:
            return package.shown["owner_org"] == self.named["id"]
        groups = package.shown["groups"]
        return isinstance(groups, list) and any(one["id"] == self.named["id"] for one in groups)


@dataclass(frozen=True, slots=True)
class About:
    """What a site says of itself."""

    title: str
    description: str
    email: str
    origin: str
