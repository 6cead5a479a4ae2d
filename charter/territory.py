"""A territory's charter, roles and catalogue: read, shaped and checked before any policy (LANGUAGE.md section 8)."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Generic, TypeVar, cast, final

from pydantic import BaseModel

from charter import floors, matrix
from charter.digests import canonical, digest
from charter.document import Document
from charter.model import Catalogue, CatalogueEntry, Charter, Roles
from charter.reader import read
from charter.shape import shape
from charter.vocabulary import french_key
from eclor.errors import PolicyRefusals, PolicyRefused
from eclor.names import Sha256

CHARTER_FILE: Final = "charte-socle.yaml"
ROLES_FILE: Final = "roles.yaml"
CATALOGUE_FILE: Final = "catalogue.yaml"

Shaped = TypeVar("Shaped", bound=BaseModel)


@final
@dataclass(frozen=True, slots=True)
class Territory:
    """What all policies of a territory are compiled against; made by `load` alone."""

    charter: Charter
    roles: Roles
    catalogue: Catalogue
    charter_digest: Sha256
    roles_digest: Sha256
    roles_form: bytes
    """The RFC 8785 form of `roles.yaml`: what an adoption keeps, so that acts outlive the people who made them."""
    entry_forms: Mapping[str, bytes]

    def entry(self, dataset: str) -> CatalogueEntry | None:
        """Return the input contract of a dataset, if the catalogue has one."""
        return self.catalogue.entry(dataset)

    def catalogue_digest(self, dataset: str) -> Sha256:
        """Return the digest of a dataset's entry in the catalogue; a dataset without one is a bug of the caller."""
        return Sha256(sha256(self.entry_form(dataset)).hexdigest())

    def entry_form(self, dataset: str) -> bytes:
        """Return the RFC 8785 form of a dataset's entry; a dataset without one is a bug of the caller."""
        return self.entry_forms[dataset]


@dataclass(frozen=True, slots=True)
class _Sound(Generic[Shaped]):
    """One of the three files, read and shaped."""

    document: Document
    value: Shaped


def load(folder: Path) -> Territory:
    """Read the three files of a territory's `charter/` folder; raise `PolicyRefusals` with every fault of all three."""
    refusals: list[PolicyRefused] = []
    charter = _sound(folder / CHARTER_FILE, Charter, refusals)
    if charter:
        refusals += floors.crossed(charter.document, charter.value)
        refusals += matrix.crossed(charter.document, charter.value)
    roles = _sound(folder / ROLES_FILE, Roles, refusals)
    if roles:
        refusals += _roles_refusals(roles.document, roles.value)
    catalogue = _sound(folder / CATALOGUE_FILE, Catalogue, refusals)
    if catalogue:
        refusals += _catalogue_refusals(catalogue.document, catalogue.value)
    if refusals or charter is None or roles is None or catalogue is None:
        raise PolicyRefusals(refusals)
    return Territory(
        charter=charter.value,
        roles=roles.value,
        catalogue=catalogue.value,
        charter_digest=digest(charter.document.plain),
        roles_digest=digest(roles.document.plain),
        roles_form=canonical(roles.document.plain),
        entry_forms=_entry_forms(catalogue.document, catalogue.value),
    )


def _sound(file: Path, model: type[Shaped], refusals: list[PolicyRefused]) -> _Sound[Shaped] | None:
    try:
        document = read(file)
    except PolicyRefusals as found:
        refusals += found.refusals
        return None
    value, faults = shape(document, model)
    refusals += faults
    return None if value is None else _Sound(document, value)


def _entry_forms(document: Document, catalogue: Catalogue) -> Mapping[str, bytes]:
    plain = cast("list[object]", document.plain[french_key("datasets")])
    return {entry.dataset: canonical(parsed) for entry, parsed in zip(catalogue.datasets, plain, strict=True)}


def _roles_refusals(document: Document, roles: Roles) -> Iterator[PolicyRefused]:
    names: set[str] = set()
    keys: dict[bytes, str] = {}
    for rank, person in enumerate(roles.people):
        if person.identifier in names:
            place = document.at("people", rank, "identifier")
            yield PolicyRefused("V712", place=place, person=person.identifier)
        names.add(person.identifier)
        key = _key_bytes(person.key)
        if (other := keys.setdefault(key, person.identifier)) != person.identifier:
            place = document.at("people", rank, "key")
            yield PolicyRefused("V713", place=place, person=person.identifier, other=other)


def _key_bytes(key: str) -> bytes:
    return urlsafe_b64decode(key.removeprefix("ed25519:") + "=")


def _catalogue_refusals(document: Document, catalogue: Catalogue) -> Iterator[PolicyRefused]:
    datasets: set[str] = set()
    for rank, entry in enumerate(catalogue.datasets):
        if entry.dataset in datasets:
            yield PolicyRefused("J810", place=document.at("datasets", rank, "dataset"), dataset=entry.dataset)
        datasets.add(entry.dataset)
        columns: set[str] = set()
        for line, column in enumerate(entry.columns):
            if column.name in columns:
                place = document.at("datasets", rank, "columns", line, "name")
                yield PolicyRefused("J811", place=place, column=column.name, dataset=entry.dataset)
            columns.add(column.name)
