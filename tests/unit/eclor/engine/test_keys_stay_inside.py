"""Where a key could be seen while DuckDB holds it, place by place: nowhere (engine facts, section 2).

Both keys are held, that of the pseudonyms and that of the comparison group. Each search is shown to find what it looks
for, by a key that is held in the wrong way. Spark's places are those of tests/e2e/engines/test_secrets.py.
"""

import ctypes
import hashlib
import hmac
import json
import pickle
import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import _duckdb
import duckdb
import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from structlog.testing import capture_logs

from anonymizers.treatments import treated
from anonymizers.unit_marks import unit_mark
from eclor.engine.compiled import sql_of
from eclor.engine.duckdb_session import DuckDBSession
from eclor.engine.limits import Limits
from eclor.engine.session import opened_session
from eclor.errors import GuaranteeBroken
from eclor.world import Secret

PERIOD = date(2026, 10, 1)
KEYS = (b"MARKED-KEY-0123456789-ABCDEFGH!!", b"LEDGER-KEY-abcdefgh-9876543210??")
PADS = [bytes(byte ^ pad for byte in key.ljust(64, b"\0")) for key in KEYS for pad in (0x36, 0x5C)]
FORMS = [
    form
    for key in (*KEYS, *PADS)
    for form in (key, key.hex().encode(), key.hex().upper().encode(), repr(key)[2:-1].encode())
]
SCHEMA = pa.schema([("badge", pa.string()), ("number", pa.string())])
BADGES = ("Marque-un", "Marque-deux")


def hold(session: Any) -> None:
    session.hold_keys({PERIOD: Secret(KEYS[0])})
    session.hold_comparison_key(Secret(KEYS[1]))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Any]:
    """A session that holds both keys, and two rows with values that nothing may say."""
    file = tmp_path / "raw.parquet"
    pq.write_table(pa.table({"badge": BADGES, "number": ["12", "Marque-trois"]}, schema=SCHEMA), file)
    with opened_session((file,), Limits(tmp_path / "work")) as opened:
        opened.bind(SCHEMA.names, (), schema=SCHEMA)
        hold(opened)
        yield opened


@pytest.fixture
def open_door(tmp_path: Path) -> Iterator[Any]:
    """The same over a connection that lets itself be watched: profiles, logs."""
    connection = duckdb.connect()
    connection.register("raw", pa.table({"badge": BADGES, "number": ["12", "13"]}, schema=SCHEMA))
    yield DuckDBSession(connection, ())
    connection.close()


def keyed() -> Any:
    """An expression that asks for pseudonyms in a projection, a rank, a filter, an aggregate and a join, and marks."""
    raw = ibis.table({"badge": "string", "number": "string"}, name="raw")
    named = treated("pseudonymise", raw.badge, dataset="essai", name="badge", period=ibis.literal(PERIOD))
    hashed = raw.select("badge", pseudonym=named, mark=unit_mark(raw.badge, unit="foyer"))
    kept = hashed.filter(hashed.pseudonym > "0")
    joined = kept.join(hashed.view(), "mark").select("badge", "pseudonym", "mark")
    counted = joined.group_by("badge").aggregate(pseudonym=joined.pseudonym.max(), mark=joined.mark.max())
    return counted.mutate(rank=ibis.dense_rank().over(order_by=counted.pseudonym))


def pseudonym(text: str) -> str:
    return hmac.new(KEYS[0], f"essai\x1fbadge\x1f{text}".encode(), hashlib.sha256).hexdigest()


def test_the_expression_needs_both_keys(session: Any) -> None:
    rows = session.arrow(keyed()).to_pylist()
    marks = {hmac.new(KEYS[1], f"foyer\x1f{text}".encode(), hashlib.sha256).digest()[:8] for text in BADGES}
    assert {row["pseudonym"] for row in rows} == {pseudonym(text) for text in BADGES}
    assert {row["mark"] for row in rows} == {int.from_bytes(mark, "big", signed=True) for mark in marks}


@pytest.mark.parametrize("word", ["", "EXPLAIN ", "EXPLAIN ANALYZE ", "EXPLAIN (FORMAT json) "])
def test_no_statement_and_no_plan_holds_a_key(session: Any, word: str) -> None:
    query = sql_of(keyed(), dialect="duckdb")
    seen = (query + str(session._connection.execute(word + query).fetchall() if word else "")).encode()
    assert b"ECLOR_PSEUDONYM" in query.encode()
    assert b"ECLOR_MARK" in query.encode()
    assert not any(form in seen for form in FORMS)


def test_a_plan_of_a_literal_key_would_show_it(session: Any) -> None:
    asked = f"EXPLAIN (ANALYZE, FORMAT json) SELECT max(sha256('{KEYS[0].decode()}' || badge)) FROM raw"
    told = session._connection.execute(asked).fetchall()
    assert any(form in str(told).encode() for form in FORMS)


def test_no_profile_and_no_query_log_holds_a_key(open_door: Any, tmp_path: Path) -> None:
    connection, profile = open_door._connection, tmp_path / "profile.json"
    connection.execute("CALL enable_logging('QueryLog')")
    hold(open_door)
    connection.execute("PRAGMA enable_profiling = 'json'")
    connection.execute("SET profiling_mode = 'detailed'")
    connection.execute(f"SET profiling_output = '{profile}'")
    query = sql_of(keyed(), dialect="duckdb")
    connection.execute(query).fetchall()
    seen = profile.read_bytes()
    connection.execute("PRAGMA disable_profiling")
    logged = connection.execute("SELECT type, message FROM duckdb_logs").fetchall()
    assert b"operator_type" in seen
    assert any("eclor_keys VALUES (?" in message for _, message in logged)
    assert any("eclor_comparison VALUES (?" in message for _, message in logged)
    assert not any(form in seen + json.dumps(logged).encode() for form in FORMS)


@pytest.mark.parametrize(
    "asked",
    [
        "PRAGMA enable_profiling = 'json'",
        "SET profiling_output = 'profile.json'",
        "SET log_query_path = 'queries.log'",
    ],
)
def test_a_session_of_ours_lets_nobody_watch(session: Any, asked: str) -> None:
    with pytest.raises(duckdb.Error):
        session._connection.execute(asked)


def test_no_variable_no_function_and_no_setting_holds_a_key_and_no_cursor_sees_it(session: Any) -> None:
    connection = session._connection
    listed = [
        connection.execute(f"SELECT * FROM {name}()").fetchall()
        for name in ("duckdb_variables", "duckdb_functions", "duckdb_settings", "duckdb_views", "duckdb_tables")
    ]
    assert listed[0] == []
    assert "eclor_keys" in str(listed[4])
    assert not any(form in str(listed).encode() for form in FORMS)
    for table in ("eclor_keys", "eclor_comparison"):
        with pytest.raises(duckdb.CatalogException):
            connection.cursor().execute(f"SELECT * FROM {table}")


def test_no_error_holds_a_key_a_pseudonym_or_a_value(session: Any, capfd: pytest.CaptureFixture[str]) -> None:
    """The engine's own message quotes what it could not cast: here a pseudonym, a key, a value of a row."""
    raw = ibis.table({"badge": "string", "number": "string"}, name="raw")
    named = treated("pseudonymise", raw.badge, dataset="essai", name="badge", period=ibis.literal(PERIOD))
    pads = ibis.table({"inner_pad": "binary"}, name="eclor_keys")
    asked = [
        raw.select(number=named.cast("int64")),
        raw.select(number=raw.number.cast("int64")),
        pads.select(number=pads.inner_pad.cast("string").cast("int64")),
    ]
    for expression in asked:
        with capture_logs() as logs, pytest.raises(GuaranteeBroken) as failed:
            session.arrow(expression)
        error = failed.value
        told = [str(error), repr(error), error.located(), error.facts, error.args, logs, capfd.readouterr()]
        seen = json.dumps([told, traceback.format_exception(error)], default=str).encode()
        assert error.facts == {"kind": "ConversionException"}
        assert not any(form in seen for form in (*FORMS, b"Marque", *(pseudonym(text).encode() for text in BADGES)))
        assert (error.__cause__, error.__context__) == (None, None)


def test_an_answer_that_fails_on_its_way_says_no_value(tmp_path: Path) -> None:
    """Once batches are taken out of it, the engine's error comes through Arrow, with the text of the engine's own."""
    file, rows = tmp_path / "raw.parquet", 2_000_000
    number = f"CASE i WHEN {rows - 1} THEN 'Marque-trois' ELSE i::VARCHAR END"
    duckdb.sql(f"SELECT 'b' AS badge, {number} AS number FROM range({rows}) t(i)").write_parquet(str(file))
    raw = ibis.table({"badge": "string", "number": "string"}, name="raw")
    with opened_session((file,), Limits(tmp_path / "work")) as session:
        session.bind(SCHEMA.names, (), schema=SCHEMA)
        batches = session.batches(raw.select(number=raw.number.cast("int64")))
        assert next(batches).num_rows > 0
        with pytest.raises(RuntimeError, match="one question at a time"):  # it would end the first one, unsaid
            session.arrow(raw)
        with capture_logs() as logs, pytest.raises(GuaranteeBroken) as failed:
            sum(batch.num_rows for batch in batches)
        error = failed.value
        assert error.code == "engine.failed"
        assert (error.__cause__, error.__context__) == (None, None)
        assert "Marque" not in json.dumps([logs, traceback.format_exception(error)], default=str)
        asked = session.batches(raw.filter(raw.number != "Marque-trois").select(number=raw.number.cast("int64")))
        assert sum(pc.sum(batch["number"]).as_py() for batch in asked) == sum(range(rows - 1))


def test_the_engine_itself_would_have_said_it(session: Any) -> None:
    with pytest.raises(duckdb.ConversionException, match=pseudonym(BADGES[0])[:8]):
        session._connection.execute(
            f"SELECT CAST(eclor_pseudonym('essai\x1fbadge\x1f', badge, DATE '{PERIOD}') AS INT) FROM raw LIMIT 1"
        ).fetchall()


def test_a_secret_shows_in_no_text_of_an_exception() -> None:
    secrets = [Secret(key) for key in KEYS]
    told = [f"{secrets} {secrets[0]!s}", str(GuaranteeBroken("engine.failed", kind=str(secrets[0])).facts)]
    with pytest.raises(TypeError) as failed:
        pickle.dumps(secrets)
    told.extend(traceback.format_exception(failed.value))
    assert not any(form in str(told).encode() for form in FORMS)


def test_what_spills_holds_no_key_and_goes_with_the_session(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with opened_session((), Limits(tmp_path / "work", memory="48MB")) as session:
        connection: Any = session._connection  # type: ignore[attr-defined]
        hold(session)
        connection.execute(
            f"CREATE TEMP TABLE marked AS SELECT 'Marque-' || i AS badge, "
            f"eclor_pseudonym('s', 'Marque-' || i, DATE '{PERIOD}') AS pseudonym, "
            "eclor_mark('s', 'Marque-' || i) AS mark FROM range(600000) t(i)"
        )
        connection.execute("CREATE TEMP TABLE ranked AS SELECT *, dense_rank() OVER (ORDER BY pseudonym) FROM marked")
        files = [file for file in (tmp_path / "work" / "spill").rglob("*") if file.is_file()]
        seen = b"".join(file.read_bytes() for file in files)
        assert b"Marque-" in seen, "nothing spilled, so nothing was looked into"
        assert not any(form in seen for form in FORMS)
    assert not [file for file in (tmp_path / "work").rglob("*") if file.is_file()]


def test_what_the_engine_frees_is_overwritten() -> None:
    """The search above finds a key in one run of sixteen without it: blocks are spilled with what stood there."""
    allocator = ctypes.CDLL(_duckdb.__file__)
    if not hasattr(allocator, "duckdb_je_mallctl"):
        pytest.skip("this DuckDB has another allocator than jemalloc (docs/limits.md)")
    junk, size = ctypes.c_char_p(), ctypes.c_size_t(ctypes.sizeof(ctypes.c_char_p))
    assert allocator.duckdb_je_mallctl(b"opt.junk", ctypes.byref(junk), ctypes.byref(size), None, 0) == 0
    assert junk.value == b"free"
