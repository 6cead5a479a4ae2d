"""What DuckDB tells of two cells misses no pair that is proved one by one; what it decides without them is the same."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.gates.pairs import Pairs
from catalog.gates.recognisers.civil import has_matricule_digits
from catalog.gates.split_kinds import ANY_FORM, SplitKind, split_kinds


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def proved(engine: duckdb.DuckDBPyConnection, kind: SplitKind, couples: list[tuple[str, str]]) -> list[bool]:
    """Whether the conditions let each pair through to its proof, and the proof takes it."""
    ones, others = zip(*couples, strict=True)
    given = {"ones": [*ones], "others": [*others]}
    pairs = Pairs.of(engine.sql("SELECT unnest($ones) AS one, unnest($others) AS other, 0 AS place", params=given))
    assert pairs.count([kind.form], among=ANY_FORM) == pairs.count([kind.form], among="true")
    found = {(each.one, each.other) for batch in pairs.distinct(kind.likely(pairs)) for each in batch}
    return [couple in found and kind.proves(*couple) for couple in couples]


def kind_of(name: str, names: str = "a b") -> SplitKind:
    [found] = [each for each in split_kinds(names) if each.kind == name]
    return found


def keyed_nir(body: str) -> str:
    number = int(body[:5] + {"2A": "19", "2B": "18"}.get(body[5:7], body[5:7]) + body[7:])
    return body + f"{97 - number % 97:02}"


def matricule(body: str) -> str:
    return next(f"{body}{end:02}" for end in range(100) if has_matricule_digits(f"{body}{end:02}"))


def spaced(number: str, marks: list[str]) -> str:
    return "".join(digit + mark for digit, mark in zip(number, [*marks, *[""] * len(number)], strict=False)).rstrip(
        " .-"
    )


NUMBERS = {
    "nir": st.from_regex(r"[12][0-9]{2}(0[1-9]|1[0-2])([013-9][0-9]|2[0-9AB])[0-9]{6}", fullmatch=True).map(keyed_nir),
    "matricule": st.from_regex(r"(19|20)[0-9]{2}[01][0-9]{6}", fullmatch=True).map(matricule),
    "phone": st.from_regex(r"0[67][0-9]{8}", fullmatch=True),
    "iban": st.sampled_from(["FR1420041010050500013M02606", "lu280019400644750000", "BE71096123456769"]),
    "plate": st.from_regex(r"[AB][A-D][1-9][0-9]{2}[A-D]{2}", fullmatch=True),
}


MARKS = st.lists(st.sampled_from(["", "", " ", ".", "-"]), max_size=12)


@pytest.mark.parametrize("name", NUMBERS)
@given(st.data())
@settings(max_examples=10, deadline=None)
def test_a_number_cut_anywhere_reaches_its_proof(
    engine: duckdb.DuckDBPyConnection, name: str, data: st.DataObject
) -> None:
    marked = st.tuples(NUMBERS[name], MARKS).map(lambda each: spaced(each[0], ["", *each[1]]))
    cut = marked.flatmap(lambda text: st.integers(1, len(text) - 1).map(lambda at: (text[:at], text[at:])))
    couples = data.draw(st.lists(cut, min_size=1, max_size=20))
    kind = kind_of(name)
    assert proved(engine, kind, couples) == [kind.proves(*couple) for couple in couples]


WORDS = ("Sophie", "MARTIN", "martin", "Weber", "Karim", "de", "Le", "nom", "Jean-Pierre", "D'Angelo", "voirie", "Noël")
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@pytest.mark.parametrize("names", ["a b", "nom prenom"])
@given(st.lists(st.tuples(PHRASES, PHRASES), min_size=1, max_size=40))
@settings(max_examples=20, deadline=None)
def test_halves_of_names_are_known_each_by_itself(
    engine: duckdb.DuckDBPyConnection, names: str, couples: list[tuple[str, str]]
) -> None:
    kind = kind_of("person", names)
    assert proved(engine, kind, couples) == [len("".join(each)) > 4 and kind.proves(*each) for each in couples]


def test_an_address_in_two_cells_is_proved(engine: duckdb.DuckDBPyConnection) -> None:
    locals_ = ("sophie.martin", "sophie.martin@", "contact", "a b")
    couples = [(local, domain) for local in locals_ for domain in ("Gmail.com", "@exemple.fr", "exemple.fr")]
    assert [
        each for each, is_proved in zip(couples, proved(engine, kind_of("email"), couples), strict=True) if is_proved
    ] == [
        ("sophie.martin", "Gmail.com"),
        ("sophie.martin", "@exemple.fr"),
        ("sophie.martin@", "Gmail.com"),
        ("sophie.martin@", "@exemple.fr"),
        ("sophie.martin@", "exemple.fr"),
    ]
