"""Attempts to get out of the SQL sandbox: files, settings, extensions, other tables, the system, the machine."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import sandbox
from api.sandbox import Found, Named, Sandbox
from eclor.engine.sandbox.reading import read
from eclor.engine.sandbox.refusal import Kind, SqlRefused
from eclor.engine.sandbox.running import Engines, Stored

SECRET = "what-nobody-may-read"


class UnknownTable(Exception):
    """A name that is no table's."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    pq.write_table(pa.table({"site": ["A", "B"], "passages": [1, None]}), folder / "open.parquet")
    pq.write_table(pa.table({"site": [SECRET]}), folder / "other.parquet")
    (folder / "secret.csv").write_text(f"site\n{SECRET}\n")
    return folder


Ask = Callable[[str], Found]


@pytest.fixture(scope="module")
def ask(folder: Path) -> Iterator[Ask]:
    """Ask one sandbox, whose only table is `open`."""
    made = Sandbox(seconds=1.0, megabytes=256)

    async def resolve(names: Sequence[str]) -> Mapping[str, Named]:
        if set(names) - {"open"}:
            raise UnknownTable
        columns = (("site", "text"), ("passages", "int8"))
        return dict.fromkeys(names, Named("version 1", str(folder / "open.parquet"), columns))

    with asyncio.Runner() as runner:
        yield lambda sql: runner.run(made.ask("stranger", sql.replace("{folder}", str(folder)), resolve))
        runner.run(made.close())


FILES = [
    "SELECT * FROM read_csv('{folder}/secret.csv')",
    "SELECT * FROM read_csv_auto('{folder}/secret.csv')",
    "SELECT * FROM read_parquet('{folder}/other.parquet')",
    "SELECT * FROM parquet_scan('{folder}/other.parquet')",
    "SELECT * FROM parquet_metadata('{folder}/other.parquet')",
    "SELECT * FROM parquet_schema('{folder}/other.parquet')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM read_ndjson_objects('/etc/passwd')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM '{folder}/other.parquet'",
    'SELECT * FROM "{folder}/other.parquet"',
    'SELECT * FROM "{folder}/secret.csv"',
    "SELECT content FROM read_text('/proc/self/environ')",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT * FROM sqlite_scan('{folder}/rows.sqlite', 'rows')",
    "SELECT * FROM postgres_scan('host=x', 'public', 'y')",
    "SELECT * FROM iceberg_scan('x')",
    "SELECT * FROM st_read('x')",
    "SELECT * FROM read_xlsx('x')",
    "SELECT * FROM 'https://example.org/x.parquet'",
    "SELECT * FROM read_parquet('s3://bucket/x')",
    'SELECT * FROM (WITH "{folder}/secret.csv" AS (SELECT 1) SELECT 1) a, "{folder}/secret.csv"',
    "COPY (SELECT 1) TO '{folder}/written.csv'",
    "COPY open FROM '{folder}/secret.csv'",
    "COPY open TO PROGRAM 'id'",
    "EXPORT DATABASE '{folder}/out'",
    "IMPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/other.db' AS other",
    "ATTACH DATABASE ':memory:' AS other",
    "DETACH memory",
]
SETTINGS = [
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET memory_limit = '100GB'",
    "SET threads = 64",
    "SET statement_timeout = 0",
    "SET ROLE postgres",
    "RESET ALL",
    "SHOW ALL",
    "SHOW TABLES",
    "PRAGMA database_list",
    "PRAGMA table_info('open')",
    "CALL pragma_version()",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM pragma_table_info('open')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM duckdb_views()",
    "SELECT * FROM duckdb_functions",
    "SELECT * FROM (WITH duckdb_views AS (SELECT 1) SELECT 1) a, duckdb_views",
    "SELECT * FROM (WITH views AS (SELECT 1) SELECT 1) a, views",
    "SELECT current_setting('memory_limit')",
    "SELECT set_config('memory_limit', '1', false)",
    "SELECT getenv('HOME')",
    "SELECT getvariable('x')",
    "INSTALL httpfs",
    "LOAD httpfs",
    "FORCE INSTALL spatial FROM community",
    "UPDATE EXTENSIONS",
    "CREATE SECRET s (TYPE s3)",
    "CHECKPOINT",
    "VACUUM",
    "ANALYZE",
]
SYSTEM = [
    "SELECT * FROM pg_user",
    "SELECT * FROM pg_catalog.pg_tables",
    "SELECT * FROM pg_tables",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM information_schema.columns",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM sqlite_temp_master",
    "SELECT * FROM memory.main.sqlite_master",
    "SELECT * FROM system.main.duckdb_tables",
    'SELECT * FROM main."version 1"',
    'SELECT * FROM "version 1"',
    'SELECT * FROM "version 2"',
    "SELECT * FROM other",
    "SELECT * FROM public.other",
    "SELECT * FROM private.open",
    "SELECT * FROM a.b.open",
    "SELECT current_user",
    "SELECT session_user",
    "SELECT current_role",
    'SELECT "current_role"',
    'SELECT "user"',
    'SELECT "session_user" FROM open',
    "SELECT current_database()",
    "SELECT current_catalog",
    "SELECT current_schema",
    "SELECT current_schemas(true)",
    "SELECT version()",
    "SELECT pg_sleep(10)",
    "SELECT pg_terminate_backend(1)",
    "SELECT pg_backend_pid()",
    "SELECT inet_server_addr()",
    "SELECT txid_current()",
    "SELECT nextval('s')",
    "SELECT query('SELECT 1')",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('open')",
    "SELECT * FROM query_table(['open'])",
    "SELECT query_to_xml('select 1', true, true, '')",
    "SELECT * FROM dblink('host=x', 'select 1') AS t(a int)",
    "SELECT 'open'::regclass",
    "SELECT to_regclass('open')",
    "SELECT * FROM test_all_types()",
    "SELECT * FROM repeat_row(1, num_rows = 10)",
    "SELECT random()",
    "SELECT gen_random_uuid()",
    "SELECT write_log('x')",
    "SELECT * FROM duckdb_logs",
    "SELECT error('x')",
    "SELECT sleep_ms(100)",
]
WRITES = [
    "INSERT INTO open VALUES ('x', 1)",
    "UPDATE open SET passages = 0",
    "DELETE FROM open",
    "TRUNCATE open",
    "MERGE INTO open USING open o ON true WHEN MATCHED THEN DELETE",
    "CREATE TABLE x AS SELECT 1",
    "CREATE TEMP TABLE x (a int)",
    "CREATE VIEW x AS SELECT 1",
    "CREATE FUNCTION f() RETURNS int AS 'select 1' LANGUAGE sql",
    "CREATE MACRO f() AS 1",
    'DROP VIEW "version 1"',
    "ALTER TABLE open ADD COLUMN x int",
    "GRANT ALL ON open TO public",
    "SELECT * INTO x FROM open",
    "SELECT * FROM open FOR UPDATE",
    "WITH x AS (DELETE FROM open RETURNING *) SELECT * FROM x",
    "WITH x AS (INSERT INTO open VALUES ('x', 1) RETURNING *) SELECT * FROM x",
    "BEGIN",
    "COMMIT",
    "PREPARE q AS SELECT 1",
    "EXECUTE q",
    "DEALLOCATE q",
    "EXPLAIN ANALYZE SELECT 1",
    "DO $$ BEGIN END $$",
    "LISTEN x",
    "LOCK TABLE open",
    "DECLARE c CURSOR FOR SELECT 1",
    "SELECT 1; DROP VIEW x",
    "SELECT 1; COPY (SELECT 1) TO '{folder}/x'",
    "SELECT 1 /* */; SET threads = 2 --",
    "SELECT $1",
    "SELECT :x",
    "SELECT ?",
    "FROM read_text('/etc/passwd')",
    "DESCRIBE open",
    "SUMMARIZE open",
    "PIVOT open ON site",
    "USE memory",
    "HANDLER open OPEN",
    "SELECT E'\\' , (SELECT content FROM read_text(\\'/etc/passwd\\')) --'",
    "SELECT U&'\\0027'",
    'SELECT 1 AS "a" "b"; SELECT 2',
    "SELECT * FROM open TABLESAMPLE SYSTEM (1)",
    'SELECT extract("year) FROM x" from now())',
    "SELECT columns('.*') FROM open",
    "SELECT list_transform([1], x -> x) FROM open",
    "SELECT * FROM open, LATERAL read_text('/etc/passwd')",
    "VALUES (1)",
    "",
    ";",
    "SELECT '\0'",
]


@pytest.mark.parametrize("sql", [*FILES, *SETTINGS, *SYSTEM, *WRITES])
def test_every_way_out_is_refused(sql: str, ask: Ask, folder: Path) -> None:
    before = sorted(folder.iterdir())
    with pytest.raises((SqlRefused, UnknownTable)) as refused:
        ask(sql)
    assert SECRET not in str(refused.value)
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    "said",
    [
        "SELECT * FROM read_parquet('{folder}/other.parquet')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '{folder}/open.parquet'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "ATTACH '{folder}/x.db'",
        "INSTALL httpfs",
        "SELECT 1; SELECT 2",
    ],
)
def test_the_engine_alone_would_refuse_what_got_past_the_reading(said: str, folder: Path) -> None:
    stored = Stored("v", str(folder / "open.parquet"), (("site", "text"), ("passages", "int8")))
    with pytest.raises(SqlRefused) as refused:
        Engines("128MB", 5.0).answer(said.replace("{folder}", str(folder)), [stored])
    assert SECRET not in refused.value.message
    assert pq.read_table(folder / "open.parquet").num_rows == 2


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b", Kind.HEAVY),
        ("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t", Kind.HEAVY),
        ("SELECT array_agg(g) FROM generate_series(1, 100000000000) AS t(g)", Kind.HEAVY),
        ("SELECT repeat('x', 2000000000)", Kind.HEAVY),
        ("SELECT " + "(" * 2000 + "1" + ")" * 2000, Kind.INVALID),
        ("SELECT " + " + ".join(["1"] * 5000), Kind.INVALID),
        ("SELECT 1" + " " * 30_000, Kind.INVALID),
    ],
)
def test_a_heavy_question_ends_and_the_next_is_answered(sql: str, kind: Kind, ask: Ask) -> None:
    with pytest.raises(SqlRefused) as refused:
        ask(sql)
    assert refused.value.kind == kind
    found = ask("SELECT count(passages) AS n, count(*) AS m FROM open")
    assert found.records == b'[{"n":1,"m":2}]'


def test_many_small_answers_are_not_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def resolve(_names: Sequence[str]) -> Mapping[str, Named]:
        return {}

    async def answered(made: Sandbox, _child: object, sql: str, _resolve: object) -> Found:
        asked.append(sql)
        found = Found((("n", "int4"),), b"[]", truncated=False)
        made._keep(sql, (), (sql, frozenset()), found)
        return found

    monkeypatch.setattr(Sandbox, "_answer", answered)
    monkeypatch.setattr(sandbox, "_MOST_KEPT_BYTES", 10_000)
    made = Sandbox()
    with asyncio.Runner() as runner:
        for number in (*range(20), 19, 0):
            runner.run(made.ask("stranger", f"SELECT {number}", resolve))
        runner.run(made.close())
    assert asked == [f"SELECT {number}" for number in (*range(20), 0)]


def test_more_rows_than_an_answer_holds_are_cut_and_said(ask: Ask) -> None:
    found = ask("SELECT 1 AS n FROM generate_series(1, 40000)")
    assert found.truncated
    assert found.records.count(b"{") == 32_000


@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["SELECT", "FROM", "open", "WHERE", "(", ")", ",", "*", "'a'", '"site"', "::", "int", "WITH", "AS", ";"]
            ),
            st.text(max_size=8),
        ),
        max_size=12,
    )
)
def test_any_text_is_read_or_refused(words: list[str]) -> None:
    with suppress(SqlRefused):
        asked = read(" ".join(words))
        asked.said({name: f"v {name}" for name in asked.tables})
