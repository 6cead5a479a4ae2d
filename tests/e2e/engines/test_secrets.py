"""Keys, pseudonyms and values on Spark: no plan, log, file, message or command line holds them."""

import hashlib
import hmac
import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from structlog.testing import capture_logs

from anonymizers.treatments import treated
from anonymizers.unit_marks import unit_mark
from eclor.engine.compiled import sql_of
from eclor.engine.limits import Engine, Limits
from eclor.engine.session import Session, opened_session
from eclor.errors import EclorError
from eclor.world import Secret
from tests.e2e.engines.sessions import PERIOD

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

MARK = b"MARKED-KEY-0123456789-ABCDEFGH!!"
PADS = tuple(bytes(byte ^ pad for byte in MARK.ljust(64, b"\0")) for pad in (0x36, 0x5C))
FORMS = [
    form
    for key in (MARK, *PADS)
    for form in (key, key.hex().encode(), key.hex().upper().encode(), repr(key)[2:-1].encode())
]
MODES = ("simple", "extended", "codegen", "cost", "formatted")
SCHEMA = pa.schema([("badge", pa.string()), ("number", pa.string())])


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session of Spark that holds the marked key, and two rows with values that nothing may say."""
    file = tmp_path / "raw.parquet"
    rows = {"badge": ["Marque-un", "Marque-deux"], "number": ["12", "Marque-trois"]}
    pq.write_table(pa.table(rows, schema=SCHEMA), file)
    with opened_session((file,), Limits(tmp_path / "work", engine=Engine.SPARK)) as opened:
        opened.bind(SCHEMA.names, (), schema=SCHEMA)
        opened.hold_keys({PERIOD: Secret(MARK)})
        opened.hold_comparison_key(Secret(MARK))
        yield opened


def keyed() -> Any:
    """An expression that asks for pseudonyms in a projection, a rank, a filter and a join, and for marks."""
    raw = ibis.table({"badge": "string", "number": "string"}, name="raw")
    named = treated("pseudonymise", raw.badge, dataset="essai", name="badge", period=ibis.literal(PERIOD))
    hashed = raw.select("badge", pseudonym=named, mark=unit_mark(raw.badge, unit="foyer"))
    kept = hashed.filter(hashed.pseudonym > "0")
    joined = kept.join(hashed.view(), "mark").select("badge", "pseudonym", "mark")
    return joined.mutate(rank=ibis.dense_rank().over(order_by=joined.pseudonym))


def pseudonym(text: str) -> str:
    content = unicodedata.normalize("NFC", text)
    return hmac.new(MARK, f"essai\x1fbadge\x1f{content}".encode(), hashlib.sha256).hexdigest()


def test_the_key_is_in_no_plan_no_function_and_no_setting(session: Session) -> None:
    spark = session._spark  # type: ignore[attr-defined]
    frame = spark.sql(sql_of(keyed(), dialect="pyspark"))
    execution = frame._jdf.queryExecution()
    explain = spark._jvm.PythonSQLUtils.explainString
    before = [explain(execution, mode) for mode in MODES]
    rows = frame.toArrow().to_pylist()
    after = [explain(execution, mode) for mode in MODES] + [execution.toString(), execution.executedPlan().toString()]
    named = [row.asDict() for row in spark.sql("SHOW USER FUNCTIONS").collect()]
    told = [spark.sql(f"DESCRIBE FUNCTION EXTENDED {row['function']}").collect() for row in named]
    settings = [row.asDict() for row in spark.sql("SET -v").collect()] + spark.sparkContext.getConf().getAll()
    seen = json.dumps([before, after, named, told, settings], default=str).encode()
    assert {row["pseudonym"] for row in rows} == {pseudonym("Marque-un"), pseudonym("Marque-deux")}
    assert {"eclor_pseudonym", "eclor_mark"} <= {row["function"].rpartition(".")[2] for row in named}
    assert b"eclor_keys" in seen
    assert not any(form in seen for form in FORMS)
    assert not any(pseudonym(badge).encode() in seen for badge in ("Marque-un", "Marque-deux"))


def test_a_key_that_is_a_literal_would_be_seen(session: Session) -> None:
    """The search finds what it looks for: a function that holds the key shows it in every plan."""
    spark = session._spark  # type: ignore[attr-defined]
    held = f"CREATE OR REPLACE TEMPORARY FUNCTION leaking(t STRING) RETURNS STRING RETURN concat(t, '{MARK.decode()}')"
    spark.sql(held)
    execution = spark.sql("SELECT leaking(badge) FROM raw")._jdf.queryExecution()
    assert MARK in spark._jvm.PythonSQLUtils.explainString(execution, "extended").encode()


def test_an_error_says_its_kind_and_nothing_of_the_data(session: Session, capfd: pytest.CaptureFixture[str]) -> None:
    raw = ibis.table({"badge": "string", "number": "string"}, name="raw")
    named = treated("pseudonymise", raw.badge, dataset="essai", name="badge", period=ibis.literal(PERIOD))
    with capture_logs() as logs, pytest.raises(EclorError) as failed:
        session.arrow(raw.select(pseudonym=named, number=raw.number.cast("int64")))
    error, written = failed.value, capfd.readouterr()
    seen = json.dumps([str(error), error.located(), repr(error), error.facts, logs, written], default=str).encode()
    assert (error.code, error.facts) == ("engine.failed", {"kind": "NumberFormatException"})
    assert b"Marque" not in seen
    assert not any(form in seen for form in FORMS)
    assert error.__cause__ is None
    assert error.__context__ is None


def test_no_file_no_command_line_and_no_log_holds_a_key_or_a_value(session: Session, spark: Path) -> None:
    session.arrow(keyed())
    context = session._spark.sparkContext  # type: ignore[attr-defined]
    process = Path("/proc") / str(context._gateway.proc.pid)
    lines = b"".join((process / name).read_bytes() for name in ("cmdline", "environ"))
    files = [file for folder, _, names in os.walk(spark) for file in (Path(folder) / name for name in names)]
    seen = lines + b"".join(file.read_bytes() for file in files)
    assert not any(form in seen for form in FORMS)
    assert b"Marque" not in seen


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("spark.ui.enabled", "false"),
        ("spark.eventLog.enabled", "false"),
        ("spark.io.encryption.enabled", "true"),
        ("spark.sql.catalogImplementation", "in-memory"),
        ("spark.driver.bindAddress", "127.0.0.1"),
    ],
)
def test_spark_is_silent_and_private(session: Session, setting: str, value: str) -> None:
    assert session._spark.sparkContext.getConf().get(setting) == value  # type: ignore[attr-defined]


def test_nothing_of_a_session_stands_in_the_next(session: Session, tmp_path: Path) -> None:
    session.arrow(keyed())
    with opened_session((), Limits(tmp_path / "other", engine=Engine.SPARK)) as other:
        listed = other._spark.sql("SHOW VIEWS").collect()  # type: ignore[attr-defined]
        assert listed == []
        with pytest.raises(EclorError):
            other.arrow(keyed())


def test_a_column_that_is_not_there_is_an_error_and_no_missing_value(session: Session) -> None:
    asked = pa.schema([*SCHEMA, ("other", pa.string())])
    with pytest.raises(EclorError) as failed:
        session.bind(["other"], (), schema=asked)
    assert failed.value.facts == {"kind": "MissingColumn"}
