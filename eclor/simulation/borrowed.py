"""Keys of a dry run on what a home holds: those that exist are read, the others are made up and forgotten.

Pseudonyms are always made under a throwaway key: nothing that a simulation writes can be joined with a release.
"""

from dataclasses import dataclass, field

from eclor.names import Period, Slug
from eclor.world import KEY_SIZE, FileKeyRing, KeyKind, Randomness, Secret


@dataclass(frozen=True, slots=True)
class BorrowedKeys:
    """A ring that never writes in the home's, and destroys nothing of it."""

    home: FileKeyRing
    randomness: Randomness
    _made: dict[tuple[KeyKind, str], Secret] = field(default_factory=dict)

    def pseudonym_key(self, dataset: Slug, period: Period) -> Secret:
        """Return a throwaway key, the same all along the run."""
        return self._throwaway(KeyKind.PSEUDONYM, f"{dataset}.{period}")

    def destroy_pseudonym_key(self, dataset: Slug, period: Period) -> None:
        """Forget the throwaway key."""
        self._made.pop((KeyKind.PSEUDONYM, f"{dataset}.{period}"), None)

    def partition_key(self, partition: str) -> Secret:
        """Return the home's key of a raw partition; one that opens nothing where it is destroyed."""
        return self._borrowed(KeyKind.PARTITION, partition)

    def destroy_partition_key(self, partition: str) -> None:
        """Leave the home's key."""

    def comparison_key(self, group: str) -> Secret:
        """Return the home's key of a comparison group; a throwaway one where nothing was published of it."""
        return self._borrowed(KeyKind.COMPARISON, group)

    def destroy_comparison_key(self, group: str) -> None:
        """Leave the home's key."""

    def ledger_key(self, part: str) -> Secret:
        """Return the home's key of a part of the ledger; one that opens nothing where it is destroyed."""
        return self._borrowed(KeyKind.LEDGER, part)

    def destroy_ledger_key(self, part: str) -> None:
        """Leave the home's key."""

    def _borrowed(self, kind: KeyKind, name: str) -> Secret:
        return self.home.found(kind, name) or self._throwaway(kind, name)

    def _throwaway(self, kind: KeyKind, name: str) -> Secret:
        return self._made.setdefault((kind, name), Secret(self.randomness.bytes(KEY_SIZE)))
