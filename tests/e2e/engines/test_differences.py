"""Where the engines differ, the plan says the meaning outright: each difference, and how both then agree.

The differences are those of the engine facts, measured anew on PySpark 4.0.5; a plain form that agrees is one the less
to guard, so it turns its test red.
"""

import hashlib
import hmac
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest

from anonymizers.columns import eclor_epci
from anonymizers.instants import eclor_paris, first_day
from anonymizers.marking import Marking
from anonymizers.times import Grain
from anonymizers.treatments import treated
from anonymizers.unit_marks import day_mark, unit_mark, unit_text
from eclor.engine.limits import Engine
from eclor.world import Secret
from tests.e2e.engines.sessions import KEY, PERIOD, answers

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

NAIVE = "2026-03-29T00:59:59 2026-03-29T01:00:00 2026-10-25T00:30:00 2026-10-25T01:30:00 2026-07-01T12:00:00.250000"
INSTANTS = [datetime.fromisoformat(text) for text in NAIVE.split()]
LOCAL = [at.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None) for at in INSTANTS]


@dataclass(frozen=True)
class Difference:
    """Columns, what plans write over them, what both then give, and the plain form on which they part, if any."""

    columns: Mapping[str, pa.Array]
    written: Callable[[Any], Any]
    gives: Sequence[object]
    plain: Callable[[Any], Any] | None = None


def numbers(*values: object, kind: pa.DataType | None = None) -> pa.Array:
    return pa.array(values, kind or pa.int64())


TWO = {"x": numbers(7, -7, 0, 5), "y": numbers(2, 2, 2, 0)}
MONEY = pa.array([Decimal("1.25"), Decimal("-2.50"), Decimal("3.75"), None], pa.decimal128(18, 2))
SEEN = {"at": pa.array(INSTANTS, pa.timestamp("us"))}
HALVES = {"f": pa.array([0.5, 1.5, 2.5, -1.5], pa.float64())}

DIFFERENCES: dict[str, Difference] = {
    "local time is a session function": Difference(SEEN, lambda raw: eclor_paris(raw["at"]), LOCAL),
    "the local hour is that of the session function": Difference(
        SEEN, lambda raw: eclor_paris(raw["at"]).hour(), [at.hour for at in LOCAL]
    ),
    "a week begins on its Monday": Difference(
        SEEN,
        lambda raw: first_day(eclor_paris(raw["at"]), grain=Grain.WEEK),
        [at.date() - timedelta(days=at.weekday()) for at in LOCAL],
    ),
    "a month begins on its first day": Difference(
        SEEN,
        lambda raw: first_day(eclor_paris(raw["at"]), grain=Grain.MONTH),
        [at.date().replace(day=1) for at in LOCAL],
    ),
    "a quarter too": Difference(
        SEEN,
        lambda raw: first_day(eclor_paris(raw["at"]), grain=Grain.QUARTER),
        [date(2026, month, 1) for month in (1, 1, 10, 10, 7)],
    ),
    "and a year": Difference(
        SEEN, lambda raw: first_day(eclor_paris(raw["at"]), grain=Grain.YEAR), [date(2026, 1, 1)] * len(LOCAL)
    ),
    "a divisor is never zero": Difference(
        TWO, lambda raw: raw.x / raw.y.nullif(0), [3.5, -3.5, 0.0, None], plain=lambda raw: raw.x / raw.y
    ),
    "nor that of a remainder": Difference(
        TWO, lambda raw: raw.x % raw.y.nullif(0), [1, -1, 0, None], plain=lambda raw: raw.x % raw.y
    ),
    "a float is floored before it is a whole number": Difference(
        HALVES,
        lambda raw: raw.f.floor().cast("int64"),
        [0, 1, 2, -2],
        plain=lambda raw: raw.f.cast("int64"),
    ),
    "a decimal is whole before it is a whole number": Difference(
        {"m": MONEY},
        lambda raw: (raw.m * 100).cast("int64"),
        [125, -250, 375, None],
        plain=lambda raw: raw.m.cast("int64"),
    ),
    "a decimal over an integer is a declared one": Difference(
        {"m": MONEY},
        lambda raw: raw.m.cast("float64") / ibis.literal(2).cast("float64"),
        [0.625, -1.25, 1.875, None],
    ),
    "a product of decimals is cast to a declared one": Difference(
        {"m": MONEY},
        lambda raw: (raw.m.cast("decimal(18, 2)") * raw.m.cast("decimal(18, 2)")).cast("decimal(38, 4)"),
        [Decimal("1.5625"), Decimal("6.2500"), Decimal("14.0625"), None],
    ),
    "whole numbers are 64 bits wide before they are rounded": Difference(
        {"i": numbers(2147483647, -2147483646, kind=pa.int32())},
        lambda raw: treated("round_to", raw.i.cast("int64"), base=10),
        [2147483650, -2147483650],
    ),
    "a number that may be missing is no number": Difference(
        {"f": pa.array([None, 1.0], pa.float64())},
        lambda raw: raw.f.fill_null(0.0).isnan(),
        [False, False],
        plain=lambda raw: raw.f.isnan(),
    ),
    "instants read alike as texts": Difference(
        SEEN,
        lambda raw: raw["at"].cast("string"),
        [str(at).rstrip("0") if at.microsecond else str(at) for at in INSTANTS],
    ),
    "a text is what it is": Difference(
        {"x": numbers(1)},
        lambda _: ibis.literal("${env:HOME} \\ 'l\u00e9' \"q\" \\u0041 \x1f"),
        ["${env:HOME} \\ 'l\u00e9' \"q\" \\u0041 \x1f"],
    ),
    "a year that is none is missing": Difference(
        {"t": pa.array(["2024", "x", "", None], pa.string())},
        lambda raw: raw.t.try_cast("int64"),
        [2024, None, None, None],
    ),
    "days are counted in 64 bits": Difference(
        {"d": pa.array([date(2026, 5, 1), None], pa.date32())},
        lambda raw: raw.d.epoch_days().cast("int64") * 2**31,
        [20574 * 2**31, None],
    ),
    "a day has one mark": Difference(
        SEEN,
        lambda raw: day_mark(raw["at"]),
        [pow((at.date() - date(1970, 1, 1)).days * 1_103_515_245 + 1, 2, 2_147_483_647) for at in LOCAL],
    ),
    "floats are summed as decimals": Difference(
        {"f": pa.array([0.1] * 10, pa.float64())},
        lambda raw: raw.f.cast("decimal(18, 3)").sum().over(),
        [Decimal("1.000")] * 10,
    ),
    "the first of a group is a rank": Difference(
        {"x": numbers(3, 1, 2)}, lambda raw: ibis.row_number().over(order_by=raw.x), [2, 0, 1]
    ),
    "upper case is not asked for": Difference(
        {"t": pa.array(["\u00df"], pa.string())}, lambda raw: raw.t, ["\u00df"], plain=lambda raw: raw.t.upper()
    ),
    "a float is never a text": Difference(
        {"f": pa.array([1e16], pa.float64())}, lambda raw: raw.f, [1e16], plain=lambda raw: raw.f.cast("string")
    ),
    "a hash is SHA-256": Difference(
        {"t": pa.array(["a"], pa.string())},
        lambda raw: treated("pseudonymise", raw.t, dataset="j", name="c", period=ibis.literal(PERIOD)),
        [hmac.new(KEY, b"j\x1fc\x1fa", hashlib.sha256).hexdigest()],
        plain=lambda raw: raw.t.hash(),
    ),
}


@pytest.mark.parametrize("difference", DIFFERENCES.values(), ids=DIFFERENCES)
def test_both_engines_agree_on_what_plans_write(difference: Difference) -> None:
    given = answers(pa.table(dict(difference.columns)), lambda raw: {"out": difference.written(raw)})
    expected = [(value,) for value in difference.gives]
    assert given == dict.fromkeys(Engine, expected)


@pytest.mark.parametrize("name", [name for name, each in DIFFERENCES.items() if each.plain])
def test_the_plain_form_still_parts_them(name: str) -> None:
    difference = DIFFERENCES[name]
    given = answers(pa.table(dict(difference.columns)), lambda raw: {"out": difference.plain(raw)})  # type: ignore[misc]
    assert given[Engine.DUCKDB] != given[Engine.SPARK]


def by_hand(scope: str, text: str) -> str:
    content = unicodedata.normalize("NFC", text.strip(BLANKS))
    return hmac.new(KEY, (scope + content).encode(), hashlib.sha256).hexdigest()


def characters() -> list[str]:
    """Every character that Unicode takes apart, every blank, and every one that joins another."""
    every = [chr(place) for place in range(0x20, sys.maxunicode + 1) if not 0xD800 <= place < 0xE000]
    apart = [char for char in every if unicodedata.decomposition(char) or unicodedata.combining(char)]
    return [*apart, *BLANKS]


BLANKS = "".join(chr(place) for place in range(0x10000) if unicodedata.category(chr(place)) == "Zs")


def test_any_text_has_the_pseudonym_and_the_mark_of_its_normal_form() -> None:
    texts = [f"{before}{char}{after}" for char in characters() for before, after in (("", ""), (" e", "\u0301a "))]
    texts += [unicodedata.normalize("NFD", text) for text in texts]
    table = pa.table({"t": pa.array([*texts, None], pa.string())})

    def both(raw: Any) -> Mapping[str, Any]:
        named = treated("pseudonymise", raw.t, dataset="j", name="c", period=ibis.literal(PERIOD))
        return {"pseudonym": named, "mark": unit_mark(raw.t, unit="foyer"), "content": unit_text(raw.t, unit="foyer")}

    expected: list[tuple[object, object]] = [
        (by_hand("j\x1fc\x1f", text), _signed(by_hand("foyer\x1f", text)[:16])) for text in texts
    ]
    given = answers(table, both)
    for engine in Engine:
        answer = given[engine]
        assert isinstance(answer, list)
        *rows, last = answer
        assert [row[:2] for row in rows] == expected, engine
        assert last == (None, None, None), engine
        contents = pa.array([row[2] for row in rows], pa.string())
        assert Marking(Secret(KEY)).marks(contents).to_pylist() == [row[1] for row in rows], engine


def _signed(digits: str) -> int:
    return int.from_bytes(bytes.fromhex(digits), "big", signed=True)


def test_texts_stand_in_the_order_of_their_bytes() -> None:
    """Not in that of UTF-16, where what is beyond the first 65,536 characters stands before some that are not."""
    texts = ["\U0001d538", "\ufffd", "\ue000", "Z", "a", "\u00e9", "z", "", "\u00df", "ss"]
    ranks = [sorted(text.encode() for text in texts).index(text.encode()) for text in texts]
    given = answers(
        pa.table({"t": pa.array(texts, pa.string())}), lambda raw: {"out": ibis.row_number().over(order_by=raw.t)}
    )
    assert given == {key: [(rank,) for rank in ranks] for key in Engine}


@pytest.mark.parametrize(("code", "epci"), [("57001", "E1"), ("57003", "E2"), ("57999", None), (None, None)])
def test_a_commune_has_its_epci(code: str | None, epci: str | None) -> None:
    given = answers(pa.table({"t": pa.array([code], pa.string())}), lambda raw: {"out": eclor_epci(raw.t)})
    assert given == {key: [(epci,)] for key in Engine}
