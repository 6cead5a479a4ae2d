"""Digests of what was parsed: SHA-256 of its RFC 8785 form (LANGUAGE.md section 10)."""

from collections.abc import Mapping
from hashlib import sha256
from typing import cast

import rfc8785

from charter.model import Plain
from charter.vocabulary import french_key
from eclor.names import Sha256


def canonical(value: object) -> bytes:
    """Return the RFC 8785 form of strings, integers, lists and maps."""
    return rfc8785.dumps(cast("dict[str, str]", value))


def digest(value: object) -> Sha256:
    """Return the digest of anything that a document may hold."""
    return Sha256(sha256(canonical(value)).hexdigest())


def policy_digest(plain: Plain) -> Sha256:
    """Return a policy's `empreinte`: its digest without `gouvernance.etat`, which acts move without re-signing."""
    block, state = french_key("governance"), french_key("state")
    governance = plain.get(block)
    if not isinstance(governance, Mapping):
        return digest(dict(plain))
    stable = {key: value for key, value in governance.items() if key != state}
    return digest({**plain, block: stable})
