"""The published proofs as witnesses of the journal: each carries entries and a head that it must still hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.proof import NAME, read_proof
from charter.chain import Head, read_head
from charter.journal import Journal
from eclor.errors import VerificationFailed


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A journal that holds, and how much of it there is."""

    entries: int
    versions: int


def verify_journal(journal: Journal, published: Path, *, known: Sequence[Head] = ()) -> Witnessed:
    """Check the whole chain, its signed heads, and that it holds what others know of it.

    Others are every published proof, which carries entries, and the heads `known` from elsewhere: an earlier copy of
    this journal's, or another home's that should be this one. A head that is not in the chain tells of a fork: two
    copies went on apart. Refuses (`VerificationFailed`), naming the entry or the version. Cost: one pass.
    """
    proofs = [read_proof(path.read_bytes()) for path in sorted(published.glob(f"*/versions/*/{NAME}"))]
    told = {(entry.index, entry.line): proof for proof in proofs for entry in proof.segment().entries}
    heads = {(head.index, head.digest) for head in known}
    indexes = {index for index, _ in heads}
    count = 0
    for entry in journal.verified():
        told.pop((entry.index, entry.line), None)
        if entry.index in indexes:
            heads.discard((entry.index, entry.digest))
        count += 1
    for (index, _), proof in sorted(told.items(), key=lambda item: item[0]):
        raise VerificationFailed("verify.other-journal", dataset=proof.dataset, version=proof.version, index=index)
    for index, _ in sorted(heads):
        raise VerificationFailed("journal.forked", index=index)
    return Witnessed(count, len(proofs))


def read_known_heads(file: Path) -> tuple[Head, ...]:
    """Read heads that were kept elsewhere, one a line. Refuses (`VerificationFailed`) anything else."""
    try:
        return tuple(read_head(line) for line in file.read_bytes().splitlines())
    except OSError as error:
        raise VerificationFailed("journal.head-unreadable") from error
