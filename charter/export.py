"""What an export of a policy is made from, and what one is (LANGUAGE.md section 11).

An export is generated and never edited; each holds the policy's digest, once, so that one that has aged is known.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from charter.model import CatalogueEntry, Charter, Policy, Roles
from charter.vocabulary import State
from eclor.names import Sha256

_DIGEST: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class Voted(Protocol):
    """The charter and the people whom a policy is read with."""

    @property
    def charter(self) -> Charter:
        """Return the charter."""

    @property
    def roles(self) -> Roles:
        """Return the people."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A policy and all that an export says of it; what is made of the same subject is the same to the byte.

    `state` is what its acts give; `origin` the site's address, without a trailing slash, that identifiers begin with.
    """

    policy: Policy
    charter: Charter
    roles: Roles
    entry: CatalogueEntry
    digest: Sha256
    state: State
    origin: str

    @property
    def address(self) -> str:
        """Return the address of the dataset's page, by which the dataset is known."""
        return f"{self.origin}/dataset/{self.policy.dataset}"

    @property
    def controller(self) -> str:
        """Return the identifier of the controller."""
        return f"{self.origin}/charter/registre#responsable"

    def person(self, identifier: str) -> str:
        """Return a person's name, or the identifier of one whom the roles do not know."""
        found = self.roles.person(identifier)
        return found.name if found else identifier


@dataclass(frozen=True, slots=True)
class Export:
    """One export: the name of its file, its media type, and how its text is made. Pure."""

    file_name: str
    media_type: str
    text: Callable[[Subject], str]


def as_json(document: object) -> str:
    """Return a document as an export writes JSON: UTF-8, in the order in which it was made, a line feed last."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def digests_in(text: str) -> frozenset[str]:
    """Return the digests that a text holds: an export of one policy holds that policy's and no other."""
    return frozenset(_DIGEST.findall(text))
