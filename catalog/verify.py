"""Checks a published version from its folder alone, as anyone can who downloaded it; refuses at the first fault.

What it cannot know is left to its reader: whether the key that signed the journal is the territory's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from catalog.dossier import check_in_force, read_texts
from catalog.proof import NAME, Proof, Signatory, read_proof
from catalog.reopening import check_rows
from catalog.workspace import digest_of
from charter.chain import Kind
from eclor.errors import VerificationFailed
from eclor.names import Sha256
from eclor.sentences.catalog import CHECKED


@dataclass(frozen=True, slots=True)
class Verified:
    """A version that holds: what it is, the key that signed its place in the journal, and what was checked."""

    dataset: str
    version: int
    published_at: datetime
    key: str
    checked: tuple[str, ...]
    """French sentences, in the order of the checks."""


def verify_folder(folder: Path) -> Verified:
    """Check a version's folder against its own proof, its acts and its policy.

    Refuses (`VerificationFailed`, naming the file or the entry) one changed byte of any file, a file that is missing
    or that the proof does not name, a policy that was not in force, rows that do not keep what the policy promises.
    """
    proof = _proof(folder)
    checked = [check(folder, proof) for check in CHECKS]
    return Verified(proof.dataset, proof.version, proof.instant, str(proof.journal["key"]), tuple(checked))


def _proof(folder: Path) -> Proof:
    try:
        return read_proof((folder / NAME).read_bytes())
    except OSError as missing:
        raise VerificationFailed("verify.unreadable", file=NAME) from missing


def _check_files(folder: Path, proof: Proof) -> str:
    """Compare every file with its digest; only the API's own index may be absent, and nothing may be added."""
    for file in proof.files:
        path = folder / file.name
        if not path.is_file():
            if file.served:
                raise VerificationFailed("verify.unreadable", file=file.name)
        elif (path.stat().st_size, digest_of(path)) != (file.size_bytes, file.sha256):
            raise VerificationFailed("verify.altered", file=file.name)
    for stranger in sorted({path.name for path in folder.iterdir()} - {file.name for file in proof.files} - {NAME}):
        raise VerificationFailed("verify.stranger", file=stranger)
    return CHECKED["files"].format(files=len(proof.files))


def _check_journal(_folder: Path, proof: Proof) -> str:
    """Check that the journal's entry speaks of this very proof, and stands in a chain up to a signed head."""
    segment = proof.segment()
    entry = segment.entries[0]
    expected = {
        "dataset": proof.dataset,
        "version": proof.version,
        "digest": proof.digest,
        "policy_digest": proof.policy.digest,
        "policy_version": proof.policy.version,
    }
    if entry.kind is not Kind.PUBLICATION or entry.facts != expected or entry.instant < proof.instant:
        raise VerificationFailed("verify.other-entry", index=entry.index)
    return CHECKED["journal"].format(index=entry.index, key=segment.key)


def _check_texts(folder: Path, proof: Proof) -> str:
    """Check that policy, charter, roles and catalogue are those of the proof, and signed into force by its people."""
    texts = read_texts(folder, source_digest=Sha256(proof.source_digest))
    bound = texts.bindings
    digests = (bound.policy, bound.charter, bound.roles, bound.catalogue)
    proven = (proof.policy.digest, proof.charter.digest, proof.roles_digest, proof.catalogue_digest)
    versions = (texts.policy.version, texts.charter.version)
    names = {texts.policy.dataset, texts.entry.dataset}
    if digests != proven or versions != (proof.policy.version, proof.charter.version) or names != {proof.dataset}:
        raise VerificationFailed("verify.other-texts")
    acts = check_in_force(folder, texts, now=proof.instant)
    if proof.signatories != [Signatory.of(act) for act in acts]:
        raise VerificationFailed("verify.signatories")
    people = ", ".join(sorted({act.personne for act in acts}))
    return CHECKED["texts"].format(policy_version=proof.policy.version, people=people)


def _check_rows(folder: Path, proof: Proof) -> str:
    texts = read_texts(folder, source_digest=Sha256(proof.source_digest))
    check_rows(folder, proof, texts.policy)
    return CHECKED[texts.policy.publication.shape.value].format(rows=proof.rows, masked=proof.masked)


CHECKS: Final[tuple[Callable[[Path, Proof], str], ...]] = (_check_files, _check_journal, _check_texts, _check_rows)
"""What is checked, in order; each gives its sentence."""
