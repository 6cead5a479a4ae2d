"""The ledger on the disk: `{folder}/{group}/{dataset}/`, private (0700), its files too (0600).

`{number}.json` says what a version published, of which periods, and lasts for ever: what was published once counts for
ever. `{part}.cells.enc` and `{part}.units.enc` are the sealed half of one period, under a key of their own, destroyed
with the first of its raw rows. A version's text is written last and at once: what no text names is not held. A text
whose version the catalogue does not have counts for nothing, so a kill between the two leaves nothing wrong.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyarrow as pa
import structlog

from charter.ledger.group import key_mark
from charter.ledger.records import Draft, Kept, PastPeriod, PastVersion
from charter.ledger.sealed_half import cells_bytes, read_kept, units_bytes
from eclor.durable import sync_folder, write_whole
from eclor.errors import Busy, EclorError
from eclor.world import World
from harvesters.sealed_file import PREFIX_SIZE, read_sealed, write_sealed

_TEXT: Final = ".json"
CELLS: Final = ".cells.enc"
UNITS: Final = ".units.enc"
"""Endings of the two sealed files of a period."""
_PRIVATE: Final = 0o700
_UNREADABLE: Final = (KeyError, TypeError, ValueError, IndexError, pa.ArrowException, EclorError, OSError)

_log = structlog.get_logger(__name__)


class LedgerStore:
    """The ledger of a home, or of one offline result."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self._world = world

    def key_mark(self, group: str) -> str:
        """Return what tells the key of a group from another."""
        return key_mark(self._world.keys.comparison_key(group))

    def write(self, draft: Draft, *, number: int, content: str) -> PastVersion:
        """Write what a version published, durable when this returns; a former text of that number is replaced.

        Refuses (`Busy`) units that were marked under a key that has been destroyed since.
        """
        if draft.key_mark != self.key_mark(draft.group):
            raise Busy("release.past-moved", dataset=draft.dataset)
        place = self.folder / draft.group / draft.dataset
        place.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        for folder in (self.folder, place.parent, place):
            folder.chmod(_PRIVATE)
            sync_folder(folder.parent)
        version = PastVersion(
            dataset=draft.dataset,
            number=number,
            content=content,
            policy_digest=draft.policy_digest,
            group=draft.group,
            key_mark=draft.key_mark,
            seen=draft.seen,
            periods=tuple(
                PastPeriod(one.period, one.days, one.levels, one.destroyed_on, self._sealed(place, one.kept))
                for one in draft.periods
            ),
        )
        sync_folder(place)
        former = self._read(place / f"{number}{_TEXT}")
        text = json.dumps(version.plain(), ensure_ascii=False, indent=1).encode()
        write_whole(place / f"{number}{_TEXT}", text, mode=0o600)
        for period in former.periods if former else ():
            self.destroy(place, period.part)
        return version

    def _sealed(self, place: Path, kept: Kept) -> str:
        randomness = self._world.randomness
        part = randomness.bytes(16).hex()
        for ending, content in ((CELLS, cells_bytes(kept)), (UNITS, units_bytes(kept))):
            write_sealed(
                place / f"{part}{ending}",
                memoryview(content),
                key=self._world.keys.ledger_key(part),
                name=f"{part}{ending}",
                prefix=randomness.bytes(PREFIX_SIZE),
            )
        return part

    def versions(self, dataset: str) -> tuple[PastVersion, ...]:
        """Return all that the ledger says of a dataset, under whatever group, oldest first.

        A text that cannot be read is left out, and said in the log: what it would say counts as destroyed.
        """
        found = [self._read(path) for path in self.folder.glob(f"*/{dataset}/*{_TEXT}")]
        return tuple(sorted((one for one in found if one), key=lambda version: version.number))

    def _read(self, path: Path) -> PastVersion | None:
        try:
            return PastVersion.read(json.loads(path.read_bytes()))
        except FileNotFoundError:
            return None
        except _UNREADABLE as error:
            _log.warning("ledger.unreadable", dataset=path.parent.name, kind=type(error).__name__)
            return None

    def kept(self, version: PastVersion, period: PastPeriod, *, group: str) -> Kept | None:
        """Return the sealed half of a period; none where it is destroyed, due, or could not be compared any more."""
        if not self.lives(version, period, group=group):
            return None
        place = self.folder / version.group / version.dataset
        try:
            return read_kept(self._opened(place, period.part, CELLS), self._opened(place, period.part, UNITS))
        except _UNREADABLE as error:
            _log.warning("ledger.unreadable", dataset=version.dataset, kind=type(error).__name__)
            return None

    def lives(self, version: PastVersion, period: PastPeriod, *, group: str) -> bool:
        """Tell whether `kept` may give something, at the cost of a look."""
        if period.destroyed_on <= self._world.clock.now() or version.group != group:
            return False
        sealed = self.folder / version.group / version.dataset / f"{period.part}{UNITS}"
        return sealed.exists() and version.key_mark == self.key_mark(group)

    def _opened(self, place: Path, part: str, ending: str) -> bytes:
        key = self._world.keys.ledger_key(part)
        return b"".join(read_sealed(place / f"{part}{ending}", key=key, name=f"{part}{ending}"))

    def destroy(self, place: Path, part: str) -> None:
        """Destroy the sealed half of a period in a dataset's folder, its key first; may be done again after a kill."""
        self._world.keys.destroy_ledger_key(part)
        for ending in (CELLS, UNITS):
            (place / f"{part}{ending}").unlink(missing_ok=True)
        if place.is_dir():
            sync_folder(place)

    def sweep(self) -> None:
        """Destroy the sealed halves that no text names: what a kill left half written. Under the publisher's lock.

        Where a text stands that cannot be read now, all are left: it may be read again, a destroyed key is gone.
        """
        for place in self.folder.glob("*/*/"):
            texts = [self._read(path) for path in place.glob(f"*{_TEXT}")]
            if None in texts:
                continue
            named = {period.part for version in texts if version for period in version.periods}
            for path in place.glob("*.enc"):
                part = path.name.split(".")[0]
                if part not in named:
                    with suppress(OSError):
                        self.destroy(place, part)
