"""The published proofs as witnesses of the journal: each carries entries and a head that it must still hold."""

from dataclasses import dataclass
from pathlib import Path

from catalog.proof import NAME, read_proof
from charter.journal import Journal
from eclor.errors import VerificationFailed


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A journal that holds, and how much of it there is."""

    entries: int
    versions: int


def verify_journal(journal: Journal, published: Path) -> Witnessed:
    """Check the whole chain, its signed heads, and that every published proof still finds its entries in it.

    Refuses (`VerificationFailed`), naming the entry or the version. Cost: two passes over the journal.
    """
    journal.verify()
    proofs = [read_proof(path.read_bytes()) for path in sorted(published.glob(f"*/versions/*/{NAME}"))]
    told = {(entry.index, entry.line): proof for proof in proofs for entry in proof.segment().entries}
    count = 0
    for entry in journal.entries():
        told.pop((entry.index, entry.line), None)
        count += 1
    for (index, _), proof in sorted(told.items(), key=lambda item: item[0]):
        raise VerificationFailed("verify.other-journal", dataset=proof.dataset, version=proof.version, index=index)
    return Witnessed(count, len(proofs))
