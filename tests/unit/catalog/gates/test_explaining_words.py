"""No word of the lists that let a column pass explains what has a form of persons' own, nor births, nor a stay.

Words are drawn from the lists as they stand: as the name of a column that holds each form, and as its neighbour's. The
values are drawn too; nobody is meant.
"""

from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251 - a seeded one, the same each time

import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.gates import explaining
from catalog.gates import unexplained_forms as forms
from catalog.gates.explaining import explains_a_date, explains_an_article, explains_old_dates
from catalog.gates.findings import Context, column_words
from catalog.gates.recognisers.recogniser import passes_luhn
from catalog.gates.unexplained_asked import forms_of
from catalog.gates.unexplained_naming import may_name, naming

ROWS = 14
Draw = Callable[[Random], str]


def digits(count: int, first: str = "") -> Draw:
    return lambda lot: first + "".join(lot.choice("0123456789") for _ in range(count - len(first)))


def letters(mask: str) -> Draw:
    return lambda lot: "".join(lot.choice({"A": "BCDFGHJKL", "F": "0123456789ABCDEF"}.get(each, each)) for each in mask)


def with_luhn(count: int, first: str) -> Draw:
    def drawn(lot: Random) -> str:
        body = digits(count - 1, first)(lot)
        return next(body + str(key) for key in range(10) if passes_luhn(body + str(key)))

    return drawn


def born(form: str) -> Draw:
    return lambda lot: form.format(day=lot.randint(2, 28), month=lot.randint(1, 12), year=lot.randint(1935, 2003))


NUMBERS: dict[str, Draw] = {
    "delivery point": digits(14),
    "delivery point in a label": lambda lot: f"PRM-{digits(14)(lot)}",
    "delivery point in a link": lambda lot: f"https://eau.example/{digits(14)(lot)}/releves",
    "delivery point, of a spreadsheet": lambda lot: f"{digits(14)(lot)}.0",
    "tax number": lambda lot: digits(13, lot.choice("0123"))(lot),
    "identity card": lambda lot: f"{lot.randint(5, 20):02}{lot.randint(1, 12):02}{digits(8)(lot)}",
    "register of doctors": with_luhn(11, "10"),
    "payment card": with_luhn(16, "4970"),
    "payment card, masked": lambda lot: f"4970 **** **** {digits(4)(lot)}",
    "passport": lambda lot: f"{digits(2)(lot)}{letters('AA')(lot)}{digits(5)(lot)}",
    "family": lambda lot: f"{digits(7, lot.choice('234568'))(lot)}{letters('A')(lot)}",
    "device": letters("70B3D5FFFFFFFFFF"),
    "gas meter": lambda lot: f"GI{digits(6)(lot)}",
    "metering point": digits(33, "LU"),
}
BIRTHS: dict[str, Draw] = {
    "day first": born("{day:02}/{month:02}/{year}"),
    "year first": born("{year}-{month:02}-{day:02}"),
    "at midnight": born("{year}-{month:02}-{day:02}T00:00:00"),
    "at an hour": born("{year}-{month:02}-{day:02} 14:30"),
    "in members": born('{{"y": {year}, "m": {month}, "d": {day}}}'),
    "a month": born("{month:02}/{year}"),
}
STAYS: dict[str, Draw] = {
    "degrees": lambda lot: f"{49 + lot.random():.6f}, {5 + lot.random():.6f}",
    "a point": lambda lot: f"POINT({5 + lot.random():.6f} {49 + lot.random():.6f})",
    "a link": lambda lot: f"https://maps.example/?q={49 + lot.random():.6f},{5 + lot.random():.6f}",
}
HOMES: dict[str, Draw] = {
    "street": lambda lot: f"{lot.randint(1, 99)} rue de Metz",
    "and town": lambda lot: f"{lot.randint(1, 99)}, av. Foch 54400 Longwy",
}
LISTS = [each for each in vars(explaining).values() if isinstance(each, tuple | frozenset)]
STEMS = sorted({stem for each in LISTS for stem in each if isinstance(stem, str)})
WORDS = st.sampled_from(STEMS).flatmap(
    lambda stem: st.from_regex(stem, fullmatch=True, alphabet=st.characters(codec="ascii"))
)


def drawn(draws: dict[str, Draw]) -> dict[str, list[str]]:
    lot = Random(31)
    return {name: [draw(lot) for _ in range(ROWS)] for name, draw in draws.items()}


def is_asked(context: Context, named: str, values: Sequence[str]) -> bool:
    bare = [forms.bare(each) for each in values]
    for form in forms_of(context, named):
        formed = sorted({each for each in bare if regex.fullmatch(form.form, each)})
        if form.share and formed and len(formed) >= form.share * len(values) and form.holds(formed):
            return True
    return False


def passing(told: dict[str, list[str]], context: Context, named: str = "") -> list[str]:
    return [form for form, values in told.items() if not is_asked(context, named, values)]


NUMBERS_TOLD, BIRTHS_TOLD, STAYS_TOLD, HOMES_TOLD = map(drawn, (NUMBERS, BIRTHS, STAYS, HOMES))


@given(WORDS)
def test_no_word_explains_a_number_of_a_persons_own_form(word: str) -> None:
    assume(column_words(word))
    context = Context.of(word, beside=["groupe"])
    as_long = ["tax number"] if explains_an_article(context) else []
    assert set(passing(NUMBERS_TOLD, context)) <= set(as_long)
    assert passing(NUMBERS_TOLD, Context.of("valeur", beside=["groupe", word])) == []


@given(WORDS)
def test_no_word_but_of_what_lasts_centuries_explains_births(word: str) -> None:
    context = Context.of(word, beside=["groupe"])
    assume(context.name and not explains_old_dates(context))
    assert passing(BIRTHS_TOLD, context) == []
    assert passing(BIRTHS_TOLD, Context.of("jour", beside=["groupe", word])) == []


@given(WORDS)
def test_no_word_explains_a_stay_in_its_own_column(word: str) -> None:
    assume(column_words(word))
    assert passing(STAYS_TOLD, Context.of(word, beside=["groupe"])) == []


@given(WORDS, st.sampled_from(["adresse", "lieu", "valeur"]))
def test_no_neighbour_explains_a_home_or_a_stay_by_few_names(word: str, name: str) -> None:
    assume(column_words(word) and not explaining.has_word(explaining._KINDS_OF_THINGS, column_words(word)))
    context = Context.of(name, beside=["groupe", word])
    variety = {name: ROWS, word: 3, "groupe": 2}
    named = naming(name, may_name(variety), variety.__getitem__)
    assert passing(HOMES_TOLD, context, named) == []
    assert passing(STAYS_TOLD, context, named) == []


def test_words_explain_what_things_have() -> None:
    recent = [f"{place % 28 + 1:02}/{place % 12 + 1:02}/{2012 + place % 13}" for place in range(ROWS)]
    assert not is_asked(Context.of("date de pose"), "", recent)
    assert explains_a_date(Context.of("date de pose"))
    assert not is_asked(Context.of("siret"), "", [f"{place * 7919 % 10**9:09}000{place:02}" for place in range(ROWS)])
    named = naming("adresse", may_name(["nom"]), {"adresse": ROWS, "nom": 9}.__getitem__)
    assert not is_asked(Context.of("adresse", beside=["nom"]), named, HOMES_TOLD["street"])
