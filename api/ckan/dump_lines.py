"""The lines of a version's whole CSV dump, made beside it once a long one is asked for (`python -m`, an order's text).

Behind the lines stands at which byte each begins, and the last one ends: eight bytes a row and eight more, little
endian. A dump of rows that follow each other is read there as it lies. One a dataset: those of former versions go.
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np

from api.ckan.arrow_lines import csv_rows
from api.ckan.kept_lines import NAME, NUMBER
from api.ckan.table import KEY, Column, type_of
from api.ckan.whole_rows import keyed
from catalog.beside import Order, make_alone
from catalog.columnar import letters
from catalog.export import Table

_KIND: Final = np.dtype(f"<u{NUMBER}")


def write(table: Table, path: Path) -> None:
    """Write the lines of a table, then where they are."""
    columns = (KEY, *(Column(column.name, type_of(column), column.decimals) for column in table.columns))
    begins, rows = [np.zeros(1, _KIND)], 0
    with path.open("wb") as file:
        for batch in table.record_batches():
            lines = csv_rows(keyed(batch, columns, rows), columns)
            offsets = np.frombuffer(lines.buffers()[1], np.int64)[lines.offset :][: len(lines) + 1]
            begins.append((offsets[1:] - offsets[0] + file.tell()).astype(_KIND))
            file.write(letters(lines))
            rows += len(batch)
        file.write(np.concatenate(begins).tobytes())


def main(text: str) -> int:
    """Make the lines that an order asks for, and drop those of the dataset's other versions."""
    make_alone(Order.read(text), NAME, write)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.stdin.read()))
