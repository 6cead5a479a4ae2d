"""Examples are text in the language that they are written in, whatever a dataset's values hold."""

import ast
import json
import shlex
from dataclasses import replace

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from api.pages.snippets import TOPICS, Snippets
from api.pages.snippets.example import Example
from api.pages.snippets.snippet import LANGUAGES, Language

EXAMPLE = Example(
    origin="https://data.example.org",
    slug="lieux",
    title="Lieux",
    number=3,
    former=2,
    column="nom",
    value="x",
    measure="places",
    last="nom",
    totals={},
    codes=("commune",),
    resource="65a1fe37-bcd7-53e6-882f-6dc259b61c2c",
    live="attente",
    placed=True,
    box="5.9,49.4,5.95,49.5",
)
VALUES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)


def of(value: str, language: Language) -> list[str]:
    made = Snippets(replace(EXAMPLE, value=value))
    return [one.code for topic in TOPICS for one in made.of(topic) if one.language is language]


@given(VALUES)
def test_a_value_stays_one_text_in_every_language(value: str) -> None:
    words = [word for code in of(value, Language.CURL) for word in shlex.split(code, comments=True)]
    assert f"nom={value}" in words
    for code in (*of(value, Language.PYTHON), *of(value, Language.PANDAS)):
        ast.parse(code)
    texts = [
        node.value
        for code in of(value, Language.PYTHON)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant)
    ]
    assert value in texts
    written = json.dumps(value, ensure_ascii=False)
    assert any(f'"nom": {written}' in code for code in of(value, Language.JAVASCRIPT))
    asked = next(code for code in of(value, Language.DUCKDB) if "WHERE" in code)
    literal = asked.partition("= ")[2].rpartition("\nLIMIT")[0]
    assert duckdb.sql(f"SELECT {literal} AS found").fetchall() == [(value,)]


def test_a_reader_without_an_example_of_his_own_is_shown_curl_s() -> None:
    made = Snippets(EXAMPLE)
    for topic in TOPICS:
        shown = [reader for one in made.of(topic) for reader in made.readers(topic, one)]
        assert sorted(shown) == sorted(LANGUAGES), topic


def test_totals_that_stand_among_the_rows_are_not_added_up_again() -> None:
    totals = {"nom": ("ensemble",), "mois": ("ensemble 2026-09", "ensemble 2026-10")}
    codes = {one.language: one.code for one in Snippets(replace(EXAMPLE, totals=totals)).of("grouper")}
    assert {"nom__ne=ensemble", "mois__notin=ensemble 2026-09,ensemble 2026-10"} <= {*shlex.split(codes[Language.CURL])}
    duckdb.sql("CREATE OR REPLACE TABLE lues (nom VARCHAR, mois VARCHAR, places INTEGER)")
    duckdb.sql("INSERT INTO lues VALUES ('a', '2026-09', 2), ('ensemble', '2026-09', 2), ('a', 'ensemble 2026-09', 2)")
    source = f"read_parquet('{EXAMPLE.dataset}/data.parquet')"
    assert duckdb.sql(codes[Language.DUCKDB].replace(source, "lues")).fetchall() == [("a", 1, 2)]


def test_what_a_dataset_cannot_do_has_no_example() -> None:
    made = Snippets(replace(EXAMPLE, placed=False, box="", live="", measure="", codes=()))
    assert (made.of("carte"), made.of("direct")) == ((), ())
    assert all("sum(" not in one.code for one in made.of("grouper"))
