"""A session of an engine, whichever it is: what plans ask of it, and how one is opened.

Two engines give the same rows, to the byte (docs/decisions/0014). Whoever applies a plan knows this file alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from eclor.engine.handles import Expression
from eclor.engine.keys import Revealing
from eclor.engine.limits import Engine, Limits, Range

if TYPE_CHECKING:
    import pyarrow as pa

ENGINES: Final[Mapping[Engine, str]] = {
    Engine.DUCKDB: "eclor.engine.duckdb_session:opened",
    Engine.SPARK: "eclor.engine.spark.opening:opened",
}


class Session(Protocol):
    """An open session; `opened_session` makes it. Every method refuses with `engine.failed` when the engine fails."""

    def bind(
        self,
        columns: Sequence[str],
        ranges: Sequence[Range],
        *,
        schema: "pa.Schema",
        sorted_by: Sequence[str] = (),
        files: Sequence[Path] | None = None,
    ) -> None:
        """Make `raw` the rows of the stored files that stand in one of the ranges (all rows if there is none).

        Only `columns` are read. `schema` is that of the files, and stands in for them where there is none. Texts of
        `sorted_by` are made ready to be sorted by their bytes. `files` are some of the session's; none named means all.
        """
        ...

    def know_local_time(self, low: datetime, high: datetime) -> None:
        """Define `eclor_paris` for naive UTC instants from `low` to `high`."""
        ...

    def know_any_local_time(self) -> None:
        """Define `eclor_paris` for any instant, at the cost of the engine's calendar."""
        ...

    def know_periods(self, begins: Mapping[datetime, date]) -> None:
        """Define `eclor_period` for the rows of some release periods: the first day of each by its first instant."""
        ...

    def hold_keys(self, keys: Mapping[date, Revealing]) -> None:
        """Hold the HMAC key of each release period, named by its first day, and define `eclor_pseudonym`."""
        ...

    def hold_comparison_key(self, key: Revealing) -> None:
        """Hold the HMAC key of a comparison group, and define `eclor_mark`: the first 64 bits, signed.

        `eclor_normalised` is defined too: the text that stands for a value in it.
        """
        ...

    def hold_zones(self, epci_by_commune: Mapping[str, str]) -> None:
        """Hold which EPCI each commune belongs to, and define `eclor_epci`."""
        ...

    def know_values(self, values: "pa.Table") -> None:
        """Hold what was found for some values, and define `eclor_known`; columns `scope`, `content`, `known`, texts.

        Each pair of a scope and a content stands once; for any other the function gives a missing text.
        """
        ...

    def know_labels(self, labels: Sequence[str]) -> None:
        """Define `eclor_label`, which gives a text of this list in its byte order."""
        ...

    def arrow(self, expression: Expression) -> "pa.Table":
        """Return what an Ibis expression gives, in memory."""
        ...

    def batches(self, expression: Expression) -> Iterator["pa.RecordBatch"]:
        """Yield what an Ibis expression gives, in any order, some rows at a time, before the session is used again.

        What is held at once beside the memory limit is one batch.
        """
        ...

    def write(self, expression: Expression, path: Path) -> int:
        """Write what an Ibis expression gives, in its order, as one zstd Parquet file; count rows.

        Spills beyond the memory limit.
        """
        ...


def opened_session(files: tuple[Path, ...], limits: Limits) -> AbstractContextManager[Session]:
    """Open a session of the limits' engine that may read `files` and write under their folder; closed after use.

    Refuses (`GuaranteeBroken`, `engine.failed`) with the kind of error alone when the engine fails, and
    (`SettingsRefused`) an engine that this machine does not have.
    """
    module, _, attribute = ENGINES[limits.engine].partition(":")
    session: AbstractContextManager[Session] = getattr(import_module(module), attribute)(files, limits)
    return session
