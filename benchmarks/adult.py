"""The Adult extract and a million rows made from it, and their leaves: one GROUP BY over a CSV or Parquet file."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from anonymizers.microdata.hierarchy import Hierarchy, hierarchy
from anonymizers.microdata.leaves import Leaves, leaves_of

FOLDER = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "data" / "adult"
COLUMNS = ("sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation")
SENSITIVE = "salary-class"
SALARIES = ("<=50K", ">50K")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of rows; CSV is separated by semicolons, as ARX writes it."""

    path: Path

    @property
    def relation(self) -> str:
        """What stands after FROM: the columns are known, so nothing is sniffed."""
        if self.path.suffix == ".parquet":
            return f"read_parquet({quoted(str(self.path))})"
        types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in (*COLUMNS, SENSITIVE))
        known = f"delim = ';', header = true, auto_detect = false, columns = {{{types}}}"
        return f"read_csv({quoted(str(self.path))}, {known})"

    def counted(self, places: Sequence[str], names: Sequence[str]) -> str:
        """Return the query that counts rows by place."""
        if self.path.suffix != ".parquet":
            return f"SELECT {', '.join(places)}, count(*) AS rows FROM {self.relation} GROUP BY ALL"
        # Parquet's values come as dictionaries: they are cheaper to group by than their places
        columns = ", ".join(f'"{name}"' for name in names)
        lines = f"SELECT {columns}, count(*) AS rows FROM {self.relation} GROUP BY ALL"
        return f"SELECT {', '.join(places)}, rows FROM ({lines})"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def hierarchies() -> list[Hierarchy]:
    """Read the hierarchies of ARX: a leaf and what it becomes on each line."""
    read = {name: (FOLDER / f"adult_hierarchy_{name}.csv").read_text(encoding="utf-8") for name in COLUMNS}
    return [hierarchy(name, [line.split(";") for line in text.splitlines()]) for name, text in read.items()]


def leaves(source: Source, *, sensitive: bool) -> Leaves:
    """Return the leaves of a file: one GROUP BY, on one thread, as sharing so little costs more than it gains."""
    own = hierarchies()
    places = [place(each.name, each.labels[0]) for each in own]
    if sensitive:
        places.append(place(SENSITIVE, SALARIES))
    with duckdb.connect(config={"threads": 1}) as connection:
        counted = connection.execute(
            source.counted(places, (*COLUMNS, *([SENSITIVE] if sensitive else [])))
        ).fetchnumpy()
    codes = [counted[each.name].astype(np.int64) for each in own]
    return leaves_of(own, codes, counted["rows"], sensitive=counted[SENSITIVE].astype(np.int64) if sensitive else None)


def place(name: str, values: Sequence[str]) -> str:
    """Return the place of a column's value among the values known; the engine stops at one that is not."""
    return f'enum_code("{name}"::ENUM({", ".join(map(quoted, values))}))::INTEGER AS "{name}"'


def resampled(size: int, to: Path) -> None:
    """Write Adult drawn again `size` times, ages shifted by up to 3 and a tenth of the occupations shuffled, seeded."""
    chance = np.random.default_rng(11)
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT * FROM {Source(FOLDER / 'adult.csv').relation}").fetchnumpy()
        drawn = chance.integers(0, len(rows["age"]), size)
        columns = {name: np.asarray(own)[drawn] for name, own in rows.items()}
        columns["age"] = (columns["age"].astype(np.int64) + chance.integers(-3, 4, size)).astype(np.str_).astype(object)
        moved = np.flatnonzero(chance.random(size) < 0.1)
        columns["occupation"][moved] = columns["occupation"][chance.permutation(moved)]
        connection.register("million", columns)
        ordered = ", ".join(f'"{name}"' for name in (*COLUMNS, SENSITIVE))
        written = "DELIMITER ';', HEADER" if to.suffix == ".csv" else "FORMAT parquet"
        connection.execute(f"COPY (SELECT {ordered} FROM million) TO {quoted(str(to))} ({written})")
