"""Earlier results, given as `--previous`: the newest of the dataset, and what the ledger says of all of them.

A result holds the ledger of those that it was made from, under the same keys, so that the last one is enough. Results
that were not made from one another cannot be compared: their units are marked under different keys.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from charter.held import FormerRelease
from charter.ledger.memory import Memory
from charter.ledger.store import LedgerStore
from charter.ledger.unrecorded import unrecorded
from eclor.errors import Place, SettingsRefused
from eclor.names import Period, Slug
from eclor.offline.bundle import KEYS, LEDGER, PARQUET, PRIVATE, digest_of

LEDGERS: Final = "ledger"
"""The folder of the ledger, under `private/`."""
_MASTER: Final = "master.key"
_RINGS: Final = ("comparisons", "ledgers")


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier result: its folder, its dataset, the closed periods that it covers."""

    folder: Path
    dataset: Slug
    periods: tuple[Period, ...]

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return Place(str(self.folder))


def read_previous(folders: Sequence[Path], dataset: str, compared_with: Sequence[str]) -> tuple[Earlier, ...]:
    """Return some earlier results of a dataset and of those that it is compared with.

    Refuses (`SettingsRefused`) a folder without its `private/`, of another dataset, or changed since.
    """
    return tuple(_previous(folder, dataset, compared_with) for folder in folders)


def newest(results: Sequence[Earlier], dataset: str) -> FormerRelease | None:
    """Return the newest result of a dataset: the last one whose periods are those of all.

    Refuses (`SettingsRefused`) results that do not follow one another.
    """
    own = [result for result in results if result.dataset == dataset]
    periods = {period for result in own for period in result.periods}
    whole = [result for result in own if set(result.periods) == periods]
    if own and not whole:
        raise SettingsRefused("apply.previous-apart", place=own[0].place)
    return FormerRelease(whole[-1].folder / PARQUET, whole[-1].periods) if own else None


def _previous(folder: Path, dataset: str, compared_with: Sequence[str]) -> Earlier:
    place = Place(str(folder))
    try:
        ledger = json.loads((folder / PRIVATE / LEDGER).read_bytes())
        whose = Slug(str(ledger["dataset"]))
        same = whose in {dataset, *compared_with} and ledger["files"][PARQUET] == digest_of(folder / PARQUET)
        periods = tuple(Period(period) for period in ledger["periods"])
        pq.read_metadata(folder / PARQUET)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsRefused("apply.previous-incomplete", place=place) from error
    if not same:
        raise SettingsRefused("apply.previous-other", place=place, dataset=dataset)
    return Earlier(folder, whose, periods)


def carry_ledgers(results: Sequence[Earlier], private: Path) -> None:
    """Copy into a new result the ledgers of earlier ones, and their keys.

    Refuses (`SettingsRefused`) results that were not made from one another.
    """
    for result in results:
        there = result.folder / PRIVATE
        if not (there / LEDGERS).is_dir():
            continue
        _refuse_others(private / KEYS / _MASTER, there / KEYS / _MASTER, result)
        copies = [there / LEDGERS, *(there / KEYS / ring for ring in _RINGS), there / KEYS / _MASTER]
        for path in (path for copied in copies for path in (copied, *copied.rglob("*")) if path.is_file()):
            _copy(path, private / path.relative_to(there), result)


def _refuse_others(ours: Path, theirs: Path, result: Earlier) -> None:
    if not theirs.is_file():
        raise SettingsRefused("apply.previous-incomplete", place=result.place)
    if ours.exists() and not cmp(ours, theirs, shallow=False):
        raise SettingsRefused("apply.previous-unlinked", place=result.place)


def _copy(path: Path, into: Path, result: Earlier) -> None:
    """Copy a file once; two versions of one number are two sequences."""
    if into.exists() and not cmp(path, into, shallow=False):
        raise SettingsRefused("apply.previous-apart", place=result.place)
    into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(path, into)
    into.chmod(0o600)


def memory_of(results: Sequence[Earlier], store: LedgerStore, datasets: Sequence[str]) -> Memory:
    """Return what was published before: all that the ledgers say, and the periods of which none says anything."""
    known = [version for dataset in dict.fromkeys(datasets) for version in store.versions(dataset)]
    said = {(version.dataset, one.period) for version in known for one in version.periods}
    unsaid = [
        unrecorded(result.dataset, [period for period in result.periods if (result.dataset, period) not in said])
        for result in results
    ]
    versions = sorted(known, key=lambda version: (version.seen.until, version.number))
    return Memory(store, (*(one for one in unsaid if one.periods), *versions), revises=True)
