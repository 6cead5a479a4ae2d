"""A page that SQLite writes is the rows as JSON, whatever the names, the texts and the number of columns."""

import json
import sqlite3
from contextlib import closing

import pytest

from api.json_pages import json_at, json_page
from api.rows import Question
from charter.release_parts import ReleaseColumn
from eclor.engine.quoting import quoted

NAMES = ("%s", "100%", "d'\"é\\", "{", ",", "\n")
TEXTS = ('"%s"\\', "50 %,\n", None)


@pytest.mark.parametrize("several", [1, 6, 100, 101, 230])
def test_rows_are_written_as_they_are(several: int) -> None:
    names = [f"{NAMES[number % len(NAMES)]}{number}" for number in range(several)]
    columns = tuple(ReleaseColumn(name, "texte", "technical") for name in names)
    rows = [tuple(TEXTS[(number + place) % len(TEXTS)] for number in range(several)) for place in range(3)]
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute(" ".join(['CREATE TABLE rows ("_n" INTEGER PRIMARY KEY,', ", ".join(map(quoted, names)), ")"]))
        insert = " ".join(["INSERT INTO rows VALUES (", ", ".join(["?"] * (several + 1)), ")"])
        index.executemany(insert, [(n + 1, *row) for n, row in enumerate(rows)])
        asked, at = json_page(Question(tuple(names), 10), columns), json_at([3, 1], columns)
        ((objects, last),) = index.execute(asked.sql, asked.values)
        ((picked,),) = index.execute(at.sql, at.values)
    told = [dict(zip(names, row, strict=True)) for row in rows]
    assert (json.loads(b"[%b]" % objects), last) == (told, 3)
    assert json.loads(b"[%b]" % picked) == [told[2], told[0]]
