"""Keys of an offline run: made in its private folder, or given in a file to repeat a run."""

import json
from dataclasses import dataclass
from pathlib import Path

from eclor.errors import Place, SettingsRefused
from eclor.names import Period, Slug
from eclor.world import KEY_SIZE, KeyRing, Secret


@dataclass(frozen=True, slots=True)
class GivenKeys:
    """Pseudonym keys that a file gives by rotation, or one for all (``cle_hex``); raw rows are not encrypted here.

    Keys of the ledger are the result's own, in `made`.
    """

    keys: dict[str, Secret]
    place: Place
    made: KeyRing

    def pseudonym_key(self, dataset: Slug, period: Period) -> Secret:
        """Return the key of a rotation; refuse (`SettingsRefused`) one that the file does not give."""
        found = self.keys.get(period, self.keys.get("*"))
        if found is None:
            raise SettingsRefused("apply.no-key", place=self.place, dataset=dataset, period=period)
        return found

    def partition_key(self, partition: str) -> Secret:
        """Refuse: an offline run stores no raw row."""
        raise SettingsRefused("apply.no-key", place=self.place, dataset=partition, period="")

    def destroy_pseudonym_key(self, dataset: Slug, period: Period) -> None:
        """Leave the file as it was given."""

    def destroy_partition_key(self, partition: str) -> None:
        """Have nothing to forget."""

    def comparison_key(self, group: str) -> Secret:
        """Return the key of a comparison group."""
        return self.made.comparison_key(group)

    def destroy_comparison_key(self, group: str) -> None:
        """Forget the key of a comparison group."""
        self.made.destroy_comparison_key(group)

    def ledger_key(self, part: str) -> Secret:
        """Return the key of one part of the ledger."""
        return self.made.ledger_key(part)

    def destroy_ledger_key(self, part: str) -> None:
        """Forget the key of one part of the ledger."""
        self.made.destroy_ledger_key(part)


def read_keys(file: Path, *, made: KeyRing) -> KeyRing:
    """Read ``{"cles": {"2026-05": "64 hex digits"}}`` or ``{"cle_hex": "64 hex digits"}``.

    Refuses (`SettingsRefused`) anything else, without ever quoting it.
    """
    place = Place(str(file))
    try:
        given = json.loads(file.read_bytes())
        by_period = given["cles"] if "cles" in given else {"*": given["cle_hex"]}
        keys = {str(period): Secret(bytes.fromhex(digits)) for period, digits in by_period.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        keys = {}
    if not keys or any(len(key.reveal()) != KEY_SIZE for key in keys.values()):
        raise SettingsRefused("apply.unreadable-keys", place=place)
    return GivenKeys(keys, place, made)
