"""Door 4: a plan and a raw dataset become a `Release`, here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import final

from eclor.names import Period, Sha256, Slug


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

    Dimensions and codes are strings, measures int64 (nullable: null is masked), `statut` is `publie` or `masque`
    (tables only), positions "lon,lat", geometries GeoJSON text, instants ISO 8601 text with Paris offset, dates
    AAAA-MM-JJ text.
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


@final
@dataclass(frozen=True, slots=True)
class Release:
    """Rows that may leave, computed once. Holds no pseudonym and no direct identifier."""

    dataset: Slug
    rows: Rows
    columns: tuple[ReleaseColumn, ...]
    periods: tuple[Period, ...]
    """All the closed periods that the rows cover, former ones included; empty for deliveries and live states."""
    figures: Figures
    plan_digest: Sha256
    applied_at: datetime
