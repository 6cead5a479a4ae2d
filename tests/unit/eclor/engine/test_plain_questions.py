"""What is read at once is said to the letter as the whole reading says it; what it would refuse is not read at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eclor.engine.sandbox import reading
from eclor.engine.sandbox.plain import plain
from eclor.engine.sandbox.question import Read
from eclor.engine.sandbox.refusal import SqlRefused

Said = tuple[tuple[str, ...], bool, bool, str]

PLAIN_NAMES = ("a", "B", "_x1", "count", '"a b"', '"Été"', '"a.b"', '"count"', '"it\'s"', '"date"', '"read_text"')
OTHER_NAMES = (
    "name", "date", "if", "row", "connect_by_root", '"user"', "current_user", '"current_date"', "pg_user", "é", "t.a",
    '"duckdb_x"', "_full_text", '"_full_text"', "interval", "array", "end", "top", "case", '"a""b"', "a b",
)  # fmt: skip
PLAIN_LITERALS = ("'x'", "''", "'%é_'", "'{'", "'--'", "0", "7", "007", "1.50", "32000", "32001", "9" * 40)
OTHER_LITERALS = (
    "'it''s'", "'a\\'", "E'x'", "'\n'", ".5", "5.", "1e3", "-1", "1x", "NULL", "TRUE", "9" * 41, "now()", "$1", "b",
)  # fmt: skip
PLAIN_CALLS = ("count(", "SUM(", "avg(", "Min(", "mAX(", "sum(DISTINCT ")
NAME = st.sampled_from(PLAIN_NAMES * 20 + OTHER_NAMES)
LITERAL = st.sampled_from(PLAIN_LITERALS * 10 + OTHER_LITERALS)
CALL = st.builds("{}{})".format, st.sampled_from(PLAIN_CALLS * 5 + ("max (", '"sum"(', "md5(", "count(ALL ")), NAME)
VALUE = NAME | CALL | st.just("count(*)")
OUTPUT = st.builds("{}{}".format, VALUE, st.just("") | NAME.map(" AS {}".format))
COMPARISON = st.one_of(
    st.builds("{} {} {}".format, NAME, st.sampled_from(["=", "<>", "!=", "<=", ">", "<", "=", ">=", "<<"]), LITERAL),
    st.builds("{} {} {}".format, NAME, st.sampled_from(["LIKE", "ilike", "LIKE", "NOT LIKE"]), LITERAL),
    st.builds("{} {}".format, NAME, st.sampled_from(["IS NULL", "is not null", "IS NULL", "IS TRUE"])),
)
ORDERED = st.builds("{}{}".format, VALUE, st.sampled_from(["", "", "", " asc", " DESC", " nulls last"]))


def _clause(word: str, one: st.SearchStrategy[str], between: str = ", ") -> st.SearchStrategy[str]:
    return st.just("") | st.lists(one, min_size=1, max_size=3).map(lambda found: f" {word} {between.join(found)}")


QUESTION = st.tuples(
    st.sampled_from(["SELECT ", "select  ", "SELECT DISTINCT ", "SELECT\n"]),
    st.just("*") | st.lists(OUTPUT, min_size=1, max_size=4).map(", ".join),
    st.sampled_from([" FROM ", "\tfrom ", "\nFrom "]),
    NAME,
    _clause("WHERE", COMPARISON, " AND "),
    _clause("GROUP BY", NAME),
    _clause("order by", ORDERED),
    _clause("LIMIT", LITERAL),
    _clause("OFFSET", LITERAL),
    st.sampled_from(["", "", "", ";", " ; ", ";", ";;", " -- x", "; SELECT 1"]),
).map("".join)


def _said(asked: Read) -> Said:
    return asked.tables, asked.full_text, asked.lasting, asked.said({name: f'v "{name}' for name in asked.tables})


def _wholly(text: str) -> Said | str:
    """Return what the reading of any question says, or why it refuses."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "plain", lambda _text: None)
        try:
            return _said(reading.read(text))
        except SqlRefused as refusal:
            return refusal.message


@settings(max_examples=200, derandomize=True, deadline=None)
@given(QUESTION)
def test_what_is_read_at_once_is_said_as_the_whole_reading_says_it(text: str) -> None:
    if (asked := plain(text)) is not None:
        assert _said(asked) == _wholly(text)


@pytest.mark.parametrize("name", PLAIN_NAMES + OTHER_NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "SELECT {0} FROM t",
        "SELECT a AS {0}, {0} FROM t",
        "SELECT * FROM {0}",
        "SELECT a FROM t WHERE {0} = 'x' GROUP BY {0} ORDER BY {0}",
        "SELECT count({0}), max(DISTINCT {0}) AS b FROM t ORDER BY {0} DESC",
    ],
)
def test_a_name_is_one_wherever_it_is_one_to_the_whole_reading(text: str, name: str) -> None:
    asked = plain(text.format(name))
    assert (asked is not None) >= (name in PLAIN_NAMES)
    assert asked is None or _said(asked) == _wholly(text.format(name))


@pytest.mark.parametrize("literal", PLAIN_LITERALS + OTHER_LITERALS)
@pytest.mark.parametrize("sign", ["=", "<>", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "=>", "~", "<<"])
def test_a_value_is_one_wherever_it_is_one_to_the_whole_reading(sign: str, literal: str) -> None:
    text = f"SELECT * FROM t WHERE a {sign} {literal} LIMIT {literal} OFFSET {literal}"
    for one in (text, text.partition(" LIMIT")[0]):
        if (asked := plain(one)) is not None:
            assert _said(asked) == _wholly(one)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * FROM "5ce1b8ec-7d5f"',
        'SELECT * FROM "5ce1b8ec-7d5f" WHERE "rue" = \'Grand\' AND n >= 1.5 AND x IS NOT NULL LIMIT 5 OFFSET 10;',
        "select a, B, count(*), count(a), avg(b) AS \"Mean\" from t where c LIKE 'x%' group by a, b order by b, a",
        "SELECT a, count(*) AS n, sum(DISTINCT b) FROM t GROUP BY a ORDER BY n DESC, count(*), a ASC LIMIT 40000",
        "SELECT DISTINCT a, a AS a, a FROM t OFFSET 3",
    ],
)
def test_what_programs_ask_is_read_at_once(text: str) -> None:
    asked = plain(text)
    assert asked is not None
    assert _said(asked) == _wholly(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a FROM t WHERE b = 'nulls first' ORDER BY a DESC",
        "SELECT a FROM t, t",
        "SELECT a FROM t WHERE b = 1 OR c = 2",
        "SELECT " + ", ".join(["a"] * 1_000) + " FROM t",
    ],
)
def test_any_other_is_read_whole(text: str) -> None:
    assert _said(reading.read(text)) == _wholly(text)
