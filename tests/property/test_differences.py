"""What two versions differ by is what a reader finds with both files in hand, masked cells left aside.

Columns bear the words that the comparison itself uses: a dataset may have them.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from eclor.engine.comparing import Found, Many, Sides, compare

KEYS = st.tuples(st.sampled_from(["A", "É", "é", ""]), st.sampled_from(["2026-10-01", "2026-10-02", "ensemble"]))
CELLS = st.tuples(st.none() | st.integers(-2, 3), st.none() | st.sampled_from(["x", "y"]))
TABLES = st.dictionaries(KEYS, CELLS, max_size=9)
LOOSE = st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.none() | st.integers(0, 1)), max_size=9)
Row = tuple[object, ...]


def written(folder: Path, name: str, rows: list[Row], schema: pa.Schema) -> Path:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(list(values), kind) for values, kind in zip(columns, schema.types, strict=True)]
    path = folder / name
    pq.write_table(pa.table(arrays, schema=schema), path)
    return path


def in_key_order(row: Row) -> tuple[bytes, ...]:
    return tuple(str(cell).encode() for cell in row[:2])


def expected_changes(old: dict[Row, Row], new: dict[Row, Row]) -> list[tuple[Row, Row]]:
    """Changed rows: the measure is hidden in both where it is in one, the text is compared as it is."""
    found = []
    for key in sorted(old.keys() & new.keys(), key=in_key_order):
        (was, text), (now, later) = old[key], new[key]
        if was is None or now is None:
            was = now = None
        if (was, text) != (now, later):
            found.append(((*key, was, text), (*key, now, later)))
    return found


@settings(deadline=None)
@given(old=TABLES, new=TABLES)
def test_rows_of_a_table_are_matched_by_their_dimensions(old: dict[Row, Row], new: dict[Row, Row]) -> None:
    schema = pa.schema([("here", pa.string()), ("jour", pa.string()), ("nombre", pa.int64()), ("texte", pa.string())])
    with TemporaryDirectory() as made:
        files = [
            written(Path(made), name, [(*key, *cells) for key, cells in rows.items()], schema)
            for name, rows in (("old.parquet", old), ("new.parquet", new))
        ]
        found = compare(Sides(*files, ("here", "jour"), ("nombre", "texte"), frozenset({"nombre"})), most=100)
    assert isinstance(found, Found)
    assert found.keyed
    assert list(found.added) == [(*key, *new[key]) for key in sorted(new.keys() - old.keys(), key=in_key_order)]
    assert list(found.removed) == [(*key, *old[key]) for key in sorted(old.keys() - new.keys(), key=in_key_order)]
    assert list(found.changed) == expected_changes(old, new)


@settings(deadline=None)
@given(old=LOOSE, new=LOOSE)
def test_rows_without_a_key_are_counted(old: list[Row], new: list[Row]) -> None:
    schema = pa.schema([("kind", pa.string()), ("side", pa.int64())])
    with TemporaryDirectory() as made:
        files = [written(Path(made), name, rows, schema) for name, rows in (("o", old), ("n", new))]
        found = compare(Sides(*files, (), ("kind", "side"), frozenset()), most=100)
        few = compare(Sides(*files, (), ("kind", "side"), frozenset()), most=0)
    assert isinstance(found, Found)
    added, removed = Counter(new) - Counter(old), Counter(old) - Counter(new)
    assert (Counter(found.added), Counter(found.removed), found.changed) == (added, removed, ())
    if added or removed:
        assert few == Many(added.total(), removed.total(), 0)
