"""What an act on a policy binds: the five digests, taken of the texts as they stand (LANGUAGE.md section 10)."""

from pathlib import Path

from charter.acts import Bindings
from charter.digests import digest, policy_digest
from charter.document import Document
from charter.territory import Territory
from eclor.names import Sha256
from harvesters.strict_yaml import read_document


def bindings_of(document: Document, territory: Territory, *, dataset: str, source: Sha256) -> Bindings:
    """Return what an act on a dataset's policy binds; a dataset that the catalogue does not have is a caller's bug."""
    return Bindings(
        policy=policy_digest(document.plain),
        charter=territory.charter_digest,
        roles=territory.roles_digest,
        catalogue=territory.catalogue_digest(dataset),
        source=source,
    )


def source_digest(file: Path) -> Sha256:
    """Return the digest of a source's declaration. Refuses (`EclorError`) a file that cannot be read."""
    return digest(dict(read_document(file).plain))
