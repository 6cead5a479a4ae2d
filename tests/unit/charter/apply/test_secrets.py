"""Keys, pseudonyms and values: where they may be seen, which is nowhere."""

import hashlib
import hmac
import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from structlog.testing import capture_logs

from anonymizers.treatments import pseudonymise
from charter.apply import Release
from charter.rows_expression import rows_expression
from charter.vocabulary import Operation
from eclor.engine.duckdb_session import DuckDBSession
from eclor.engine.limits import Limits
from eclor.engine.session import opened_session
from eclor.errors import EclorError
from eclor.names import Period, Slug
from eclor.world import Secret
from tests.applying import HASHED, HOUR, SITE, Desk, Essay, rows, shown, table
from tests.keyrings import NoLedgerKeys
from tests.policies import SHARED

MARK = b"MARKED-KEY-0123456789-ABCDEFGH!!"
PADS = (bytes(b ^ 0x36 for b in MARK.ljust(64, b"\0")), bytes(b ^ 0x5C for b in MARK.ljust(64, b"\0")))
FORMS = [
    form
    for key in (MARK, *PADS)
    for form in (key, key.hex().encode(), key.hex().upper().encode(), repr(key)[2:-1].encode())
]


@dataclass
class MarkedRing(NoLedgerKeys):
    def pseudonym_key(self, dataset: Slug, period: Period) -> Secret:
        return Secret(MARK)

    def partition_key(self, partition: str) -> Secret:
        raise AssertionError(partition)

    def destroy_pseudonym_key(self, dataset: Slug, period: Period) -> None:
        raise AssertionError(dataset)

    def destroy_partition_key(self, partition: str) -> None:
        raise AssertionError(partition)


def essay() -> Essay:
    return table(
        [HASHED, SITE, HOUR],
        dimensions="[site, horodatage]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    )


def visits() -> list[dict[str, object]]:
    return [{"badge": f"Marque-{n:03}", "site": "nord", "horodatage": "2026-10-05T09:00:00Z"} for n in range(12)]


def pseudonym(value: str) -> str:
    """HMAC-SHA-256 by another hand: LANGUAGE.md section 5."""
    message = f"essai\x1fbadge\x1f{unicodedata.normalize('NFC', value.strip())}"
    return hmac.new(MARK, message.encode(), hashlib.sha256).hexdigest()


def all_bytes_of(release: Release) -> bytes:
    table = pq.read_table(release.rows.path)
    return release.rows.path.read_bytes() + json.dumps(table.to_pylist(), default=str).encode() + repr(release).encode()


def test_a_release_holds_no_pseudonym_no_identifier_and_no_key(desk: Desk) -> None:
    desk.keys = MarkedRing()
    release = desk.apply(essay(), visits())
    seen = all_bytes_of(release)
    for row in visits():
        assert str(row["badge"]).encode() not in seen
        assert pseudonym(str(row["badge"])).encode() not in seen
    assert not any(form in seen for form in FORMS)
    assert all(isinstance(value, str | int | None) for row in shown(release) for value in row)


def test_a_plan_that_would_release_an_identifier_gives_a_missing_text(desk: Desk) -> None:
    """Even a plan that no compiler lets through: in rows, what is not kept, generalised or reviewed has no way out."""
    plan = desk.plan(essay())
    forged = plan.policy.model_copy(
        update={
            "publication": desk.plan(
                rows(["site code lieu! technique {operation: conserver}"], shown="[site]")
            ).policy.publication.model_copy(update={"columns": ("badge",)})
        }
    )
    assert forged.field("badge").treatment.operation is Operation.PSEUDONYMISE
    sql = str(ibis.to_sql(rows_expression(forged), dialect="duckdb"))
    data = duckdb.from_arrow(pa.table({"badge": ["B1"], "site": ["nord"]}))  # noqa: F841 - read by name
    assert duckdb.sql(sql.replace('"raw"', "data")).fetchall() == [(None,)]


def test_the_key_is_in_no_statement_no_plan_and_no_log(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keys = MarkedRing()
    statements: list[str] = []
    plans: list[str] = []
    whole = DuckDBSession.arrow

    def spied(session: DuckDBSession, expression: Any) -> Any:
        connection = session._connection
        query = str(ibis.to_sql(expression, dialect="duckdb"))
        statements.append(query)
        explained = [f"{word} {query}" for word in ("EXPLAIN", "EXPLAIN ANALYZE", "EXPLAIN (FORMAT json)")]
        plans.extend(str(connection.execute(statement).fetchall()) for statement in explained)
        plans.append(
            str(connection.execute("SELECT * FROM duckdb_functions() WHERE function_name LIKE 'eclor%'").fetchall())
        )
        plans.append(str(connection.execute("SELECT * FROM duckdb_variables()").fetchall()))
        plans.append(str(connection.execute("SELECT * FROM duckdb_views()").fetchall()))
        return whole(session, expression)

    monkeypatch.setattr(DuckDBSession, "arrow", spied)
    with capture_logs() as logs:
        desk.apply(essay(), visits())
    assert any("ECLOR_PSEUDONYM" in statement.upper() for statement in statements)
    seen = json.dumps([statements, plans, logs], default=str).encode()
    assert not any(form in seen for form in FORMS)
    assert b"marque" not in json.dumps([statements, logs], default=str).lower().encode()


def test_an_engine_error_says_its_kind_and_nothing_of_the_data(tmp_path: Path) -> None:
    file = tmp_path / "raw.parquet"
    pq.write_table(pa.table({"value": ["Marque-secrete"]}), file)
    raw = ibis.table({"value": "string"}, name="raw")
    with capture_logs() as logs, opened_session((file,), Limits(tmp_path / "work")) as session:
        session.hold_keys({date(2026, 10, 1): Secret(MARK)})
        session.bind(["value"], (), schema=pa.schema([("value", pa.string())]))
        with pytest.raises(EclorError) as failed:
            session.arrow(raw.select(number=raw.value.cast("int64")))
    error = failed.value
    seen = json.dumps([str(error), error.located(), repr(error), error.facts, logs], default=str)
    assert (error.code, error.facts) == ("engine.failed", {"kind": "ConversionException"})
    assert "Marque" not in seen
    assert error.__cause__ is None
    assert error.__context__ is None


def test_a_session_reads_its_files_and_writes_in_its_folder_only(tmp_path: Path) -> None:
    ours, other = tmp_path / "ours.parquet", tmp_path / "other.parquet"
    for file in (ours, other):
        pq.write_table(pa.table({"value": [1]}), file)
    with opened_session((ours,), Limits(tmp_path / "work")) as session:
        connection = session._connection
        assert connection.execute(f"SELECT * FROM read_parquet('{ours}')").fetchall() == [(1,)]
        for forbidden in (
            f"SELECT * FROM read_parquet('{other}')",
            f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(forbidden)


@pytest.mark.captures
def test_pseudonyms_are_those_of_the_published_vectors(tmp_path: Path) -> None:
    vectors = json.loads((SHARED / "charter" / "worked" / "vecteurs.json").read_text())["pseudonymes"]
    period = date(2026, 10, 1)
    with opened_session((), Limits(tmp_path)) as session:
        session.hold_keys({period: Secret(bytes.fromhex(vectors["cle_hex"]))})
        for case in vectors["cas"]:
            content, named = ibis.literal(case["valeur"]), {"dataset": case["jeu"], "name": case["colonne"]}
            made = pseudonymise.treat(content, period=ibis.literal(period), **named)
            assert session.arrow(made.name("p").as_table())["p"].to_pylist() == [case["attendu"]]
