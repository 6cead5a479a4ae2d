"""What changed between two versions of a dataset: which columns, which rows.

Rows are matched by what tells them apart: a table's dimensions, the declared key of rows in their own right, and where
that is not unique, as multisets. A cell masked in either version is masked in both, and a row of which the masking
alone changed is not told: nothing is said that two downloads would not give (interfaces.md).
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from catalog.views import DatasetView, VersionView
from charter.release_parts import ReleaseColumn
from eclor.errors import RequestRefused

if TYPE_CHECKING:
    from eclor.engine.comparing import Row

MOST_ROWS: Final = 4_000_000
"""Rows of both versions together; beyond, the comparison is refused before any work."""
MOST_TOLD: Final = 50_000
"""Rows added, removed and changed; beyond, the answer is refused: the files themselves say more at less cost."""
_PARQUET: Final = "data.parquet"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of two versions: compared, only in the new one, only in the old one, of another type in each."""

    common: tuple[ReleaseColumn, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    retyped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were added, removed, changed."""

    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed from `old` to `new`; rows hold the cells of `columns.common`, in that order.

    `key` names the columns that match rows; empty where equal rows are counted instead. `old` is None for a first
    version, of which nothing changed.
    """

    new: VersionView
    old: VersionView | None
    columns: Columns
    key: tuple[str, ...] = ()
    added: tuple["Row", ...] = ()
    removed: tuple["Row", ...] = ()
    changed: tuple[tuple["Row", "Row"], ...] = ()

    @property
    def counts(self) -> Counts:
        """Return how many rows there are of each."""
        return Counts(len(self.added), len(self.removed), len(self.changed))


def first_version(version: VersionView) -> Differences:
    """Return what changed with a version before which there is none."""
    return Differences(version, None, Columns(version.columns, (), (), ()))


def differences(published: Path, dataset: DatasetView, *, old: VersionView, new: VersionView) -> Differences:
    """Compare two versions that may leave: the caller has asked.

    Refuses (422) versions too large together, or that differ by too many rows; (503) what takes too long.
    """
    from eclor.engine.comparing import Many, Sides, compare  # noqa: PLC0415 - heavy: a worker at rest has no engine

    if old.rows + new.rows > MOST_ROWS:
        raise RequestRefused("differences.too-large", dataset=dataset.slug, most=MOST_ROWS)
    files = published / old.folder / _PARQUET, published / new.folder / _PARQUET
    columns = _columns(old, new, files)
    key = _key(dataset, columns, old=old, new=new)
    names = (*key, *(column.name for column in columns.common if column.name not in key))
    hiding = frozenset(column.name for one in (old, new) for column in one.columns if column.kind == "measure")
    status = next((column.name for column in columns.common if column.kind == "status"), None)
    if not names:
        return Differences(new, old, columns)
    found = compare(Sides(*files, key, names[len(key) :], hiding, status), most=MOST_TOLD)
    if isinstance(found, Many):
        raise RequestRefused(
            "differences.too-many",
            dataset=dataset.slug,
            most=MOST_TOLD,
            added=found.added,
            removed=found.removed,
            changed=found.changed,
        )
    by_name = {column.name: column for column in columns.common}
    told = Columns(tuple(by_name[name] for name in names), columns.added, columns.removed, columns.retyped)
    return Differences(new, old, told, key if found.keyed else (), found.added, found.removed, found.changed)


def _columns(old: VersionView, new: VersionView, files: tuple[Path, Path]) -> Columns:
    from eclor.engine.comparing import types_of  # noqa: PLC0415 - heavy: a worker at rest has no engine

    before, after = ({column.name: column for column in version.columns} for version in (old, new))
    types = tuple(map(types_of, files))
    both = [name for name in after if name in before]
    retyped = tuple(name for name in both if types[0].get(name) != types[1].get(name))
    return Columns(
        common=tuple(after[name] for name in both if name not in retyped),
        added=tuple(name for name in after if name not in before),
        removed=tuple(name for name in before if name not in after),
        retyped=retyped,
    )


def _key(dataset: DatasetView, columns: Columns, *, old: VersionView, new: VersionView) -> tuple[str, ...]:
    """Return the columns that match rows: the dimensions of a table, else the declared key; none if one is missing."""
    common = [column.name for column in columns.common]
    dimensions = Counter(
        column.name for version in (old, new) for column in version.columns if column.kind == "dimension"
    )
    if dimensions:
        return tuple(name for name in common if name in dimensions)
    named = dataset.declared.get("cle")
    key = tuple(map(str, named)) if isinstance(named, list | tuple) else ()
    return key if key and set(key) <= set(common) else ()
