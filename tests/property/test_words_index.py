"""Words stand in the same rows with an index of words and without; a letter is one to it if it is to the pattern."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.asking import count_of, rows_of
from api.folding import fold, pattern_of
from api.parts import Parts
from api.rows import After, And, Condition, Expression, Operator, Or, Question, Sort
from api.words import Found
from catalog.beside import Order
from catalog.catalogue import copies_folder
from catalog.export import Table
from catalog.exports import rows_sqlite
from catalog.letters import canonical, sought
from catalog.rows_index import NAME, SCANNED
from catalog.views import VersionView
from catalog.words_index import main
from charter.apply import ReleaseColumn
from tests.chance import Chance
from tests.property.test_rows_by_engines import parts_on, version_of

COLUMNS = (
    ReleaseColumn("rue", "texte", "technical"),
    ReleaseColumn("lieu", "position", "technical"),
    ReleaseColumn("n", "entier", "measure"),
    ReleaseColumn("prix", "decimal", "technical", decimals=2),
    ReleaseColumn("vide", "texte", "technical"),
)
PIECES = (
    "place", "de", "l'Église", "l’eglise", "Étang", "e\u0301tang", "1\u0301e", "ŒUVRE", "ﬁn", "12", "3.14", "aaab",
    "2026-11-27", "a_b", "-", "Ǆ", "Kelvin \u212a", "ſ", "СЛОВО", "\u0345", "x\u0300\u0323y", "", '"z"', "a;b",
    "ß", "ẞ", "fontaine",
)  # fmt: skip
NUMBERS = ("10", "11", "12", "13", "15", "20")
PARTS = ("pla", "ontai", "é", "0", "1", "27", "11-2", "l'e", "’", "eu", "œu", "ss", "k", "xy", "5.5", "zz", "aaaa")
ASKED = (*PIECES, *PARTS, *NUMBERS)
COUNT = 150
BITS = st.lists(st.sampled_from(ASKED) | st.sampled_from(NUMBERS), min_size=1, max_size=2)


@dataclass(frozen=True, repr=False)
class Two:
    """A version asked with an index of words, and without one."""

    indexed: Parts
    bare: Parts
    version: VersionView


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    published = tmp_path_factory.mktemp("published")
    chance = Chance()

    def some(value: object) -> object:
        return None if chance.below(5) == 0 else value

    def text() -> str:
        return "".join(PIECES[chance.below(len(PIECES))] + ("", " ", ", ")[chance.below(3)] for _ in range(4))

    columns = [
        pa.array([some(text()) for _ in range(COUNT)], pa.string()),
        pa.array([some(f"{chance.below(9) / 2},{chance.below(90)}") for _ in range(COUNT)], pa.string()),
        pa.array([some(chance.below(30) - 9) for _ in range(COUNT)], pa.int64()),
        pa.array([some(Decimal(chance.below(90) * 25).scaleb(-2)) for _ in range(COUNT)], pa.decimal128(10, 2)),
        pa.array([None] * COUNT, pa.string()),
    ]
    folder = published / "v1"
    folder.mkdir()
    pq.write_table(pa.table(columns, names=[column.name for column in COLUMNS]), folder / SCANNED, row_group_size=40)
    rows_sqlite.write(Table(folder / SCANNED, COLUMNS), folder / NAME)
    version = replace(version_of("v1", COUNT), columns=COLUMNS)
    order = Order(str(folder / SCANNED), str(copies_folder(published, version.dataset, version.number)), COLUMNS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.words.LEAST_ROWS", 0)
        patch.setattr("catalog.words_index.DENSE", 8)
        assert main(order.text()) == 0
        bare = parts_on(published)
        made = Two(parts_on(published), bare, version)
        bare.words.there = lambda *_: False  # type: ignore[method-assign] - as while the index is not made
        yield made
        for parts in (made.indexed, made.bare):
            parts.rows.close()
            parts.scans.close()
            parts.words.close()


def holding(word: str) -> Expression:
    """What a DataStore search makes of a word."""
    found = [Condition(name, Operator.CONTAINS, (word,), folded=True) for name in ("rue", "lieu", "vide")]
    numbers = [Condition(name, Operator.EQ, (int(word),)) for name in ("n", "prix") if word.isdecimal()]
    return Or((*found, *numbers))


def asked_of(parts: Parts, version: VersionView, question: Question) -> tuple[list[tuple[object, ...]], int]:
    async def both() -> tuple[list[tuple[object, ...]], int]:
        rows = await rows_of(parts, version, question, beyond=1)
        return [*map(tuple, rows)], await count_of(parts, version, question)

    return asyncio.run(both())


@given(words=BITS, extra=st.integers(0, 3), limit=st.integers(1, 60), behind=st.integers(0, COUNT))
@settings(deadline=None, max_examples=50)
def test_the_same_rows_with_and_without(two: Two, words: list[str], extra: int, limit: int, behind: int) -> None:
    where: Expression = And(tuple(map(holding, words)))
    sorts = (Sort("prix", descending=True),) if extra == 1 else ()
    question = Question(("n", "rue"), limit, where=where, sorts=sorts, offset=behind % 7)
    if extra == 2:
        question = replace(question, where=And((Condition("n", Operator.GTE, (0,)), where)))
    if extra == 3:
        question = replace(question, where=Or((where, holding("place"))), after=After((), behind), offset=0)
    assert asked_of(two.indexed, two.version, question) == asked_of(two.bare, two.version, question)


@pytest.mark.parametrize("word", ["place", "ontai", "l'e", "12", "2026-11", "œuv", "de", "zz", "aaaa"])
def test_the_index_is_what_answers(two: Two, word: str) -> None:
    asked = (holding(word),)
    assert two.indexed.words.there(two.version, asked)
    found = two.indexed.words.find(two.version, asked)
    assert isinstance(found, Found)
    assert found.rest == ()
    question = Question(("n",), COUNT, where=And(asked))
    assert [place for _, place in asked_of(two.bare, two.version, question)[0]] == [
        place + 1 for place in found.places(0, COUNT)
    ]
    assert found.count == len(found.places(0, COUNT))


def test_a_letter_is_what_the_pattern_of_it_finds() -> None:
    letters = [chr(code) for code in (*range(1, 0x3000), *range(0xA640, 0xAC00), *range(0xFB00, 0x10000))]
    by_plain: dict[str, set[str]] = {}
    for letter in letters:
        by_plain.setdefault(canonical(letter), set()).add(letter)
    connection = duckdb.connect()
    connection.execute("CREATE TABLE texts AS SELECT ? AS text", ["\n".join(set(letters) - {"\n", "\r"})])
    for word in sorted({fold(letter) for letter in letters if sought(fold(letter)) and len(fold(letter)) == 1}):
        asked = connection.execute("SELECT regexp_extract_all(text, ?) FROM texts", [pattern_of(word)]).fetchone()
        assert asked is not None
        assert set(asked[0]) == by_plain.get(sought(word) or "", set()), word


def test_what_parts_pieces_is_not_answered_for() -> None:
    assert [sought(word) for word in ("a b", "a;b", "", "a,b", "слово", "a\u0301")] == [None] * 6
    assert sought(fold("L'ÉGLISE")) == "l'eglise"
