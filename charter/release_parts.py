"""What a release is made of: its file of rows, its columns, its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReleaseColumn:
    """A published column. `kind` is `dimension`, `measure`, `status` or `technical`; `type` a `FieldType` word.

    `level` is the level or "" ; dimensions generalised in time or by bins are text labels (LANGUAGE.md, "Labels").
    """

    name: str
    type: str
    kind: str
    description: str = ""
    level: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a release: one Parquet file in the run's private work folder, in key order (UTF-8 bytes).

    Dimensions and codes are strings, measures int64 (nullable: null is masked), a sum or a column of decimals is a
    decimal of its scale, `statut` is `publie` or `masque` (tables only), booleans are booleans, positions "lon,lat",
    geometries GeoJSON text, instants ISO 8601 text with Paris offset, dates AAAA-MM-JJ text. Lines are ordered by
    their columns: texts by bytes, numbers by value, missing values first.
    """

    path: Path
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the guarantees gave. `public` may be said to anyone; `internal` stays in the DPO's report."""

    cells: int
    """Published rows, masked ones included, as a reader counts them."""
    masked: int
    rows_in: int
    guarantees: tuple[str, ...]
    """One French sentence per guarantee that holds, without any exact smallest group."""
    internal: Mapping[str, object]

    def report(self, files: Mapping[str, str]) -> Mapping[str, object]:
        """Return the DPO's report, with the digests (SHA-256) of the files that were made of the release, by name."""
        return {**self.internal, "output": dict(files)}
