"""What may stand in two columns by halves: the conditions of DuckDB that find it, and what proves it.

A condition takes every pair that a proof takes: what DuckDB can tell (a rest by 97, Luhn's digit, a known half) is told
before a text is looked at one by one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import regex

from catalog.gates.findings import PERSON
from catalog.gates.pairs import Pairs
from catalog.gates.plain import LETTER
from catalog.gates.pushdown.columns import literal
from catalog.gates.recognisers.civil import has_matricule_digits, has_nir_key
from catalog.gates.recognisers.codes import IBAN_LENGTHS, has_iban_rest, is_plate
from catalog.gates.recognisers.contact import PRIVATE_MAIL, is_landline, is_mobile, is_personal_address
from catalog.gates.recognisers.full_names import full_names, known_edge
from catalog.gates.recognisers.given_names import FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import folded, has_word

_S: Final = "[ ./-]?"
_COUNTRIES: Final = "|".join(IBAN_LENGTHS)
_FORMS: Final = {
    "nir": rf"[1-478]{_S}\d{_S}\d{_S}(?:0{_S}[1-9]|1{_S}[0-2]|[2-9]{_S}\d){_S}\d{_S}[0-9ABab](?:{_S}\d){{8}}",
    "matricule": rf"(?:1{_S}9|2{_S}0)(?:{_S}\d){{2}}{_S}[01](?:{_S}\d){{8}}",
    "phone": rf"(?:\+33|0033|0){_S}[1-9](?:{_S}\d){{8}}",
    "iban": rf"(?i:{_COUNTRIES}){_S}\d{_S}\d(?:{_S}[A-Za-z0-9]){{11,30}}",
    "plate": rf"[A-HJ-NP-TV-Z]{_S}[A-HJ-NP-TV-Z]{_S}\d{_S}\d{_S}\d{_S}[A-HJ-NP-TV-Z]{_S}[A-HJ-NP-TV-Z]",
}
"""The forms of numbers whose halves stand in two columns, in RE2."""
_WORD: Final = rf"[{LETTER}][{LETTER} '-]+"
_DOMAIN: Final = r"@?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
_AMOUNT: Final = regex.compile(r"\d{3}\.\d{1,2}\Z")
"""Nobody leaves the last digits of a telephone alone after a stop and three others."""
_RATE: Final = regex.compile(r"\d{1,4}[.,]\d{1,2}")
_LOCAL_FORM: Final = regex.compile(r"[\w.+-]{2,64}@?")
_BARE: Final = "translate(together, ' ./-', '')"
_NIR_KEY: Final = (
    f"coalesce(TRY_CAST(left({_BARE}, 13) AS BIGINT) % 97 + TRY_CAST(right({_BARE}, 2) AS BIGINT) = 97, true)"
)
"""True of a NIR of Corsica, whose letter is no digit."""
_MATRICULE_DIGITS: Final = [f"TRY_CAST(substr({_BARE}, {place}, 1) AS INTEGER)" for place in range(1, 13)]
_LUHN: Final = (
    "(" + " + ".join(f"{each} * 2 // 10 + {each} * 2 % 10" for each in _MATRICULE_DIGITS[::2])
    + " + " + " + ".join(_MATRICULE_DIGITS[1::2]) + ") % 10 = 0"
)  # fmt: skip
"""Of the first twelve digits of a matricule, every other is doubled: those before the check digit, by twos."""


@dataclass(frozen=True, slots=True)
class SplitKind:
    """A kind, the condition of pairs that have its form, the narrower one of those that may be proved, the proof."""

    kind: str
    form: str
    likely: Callable[[Pairs], str]
    proves: Callable[[str, str], bool]


def split_kinds(names: str) -> tuple[SplitKind, ...]:
    """Return the kinds that two columns of these names may hold together."""
    tells = has_word(("prenom", "firstname", "given"), names) and has_word(
        ("nom", "lastname", "surname", "name"), names
    )
    return (*_KINDS, _PERSON_AS_NAMED if tells else _PERSON)


def _matches(text: str, form: str) -> str:
    return f"regexp_full_match({text}, {literal(form)})"


def _among(side: str, texts: Iterable[str]) -> str:
    listed = ", ".join(map(literal, texts))
    return f"{side} IN ({listed})" if listed else "false"


def _number(kind: str, proof: Callable[[str], bool], digit: str = "true") -> SplitKind:
    form = _matches("together", _FORMS[kind])
    return SplitKind(kind, form, lambda _: f"{form} AND {digit}", lambda *halves: _proved(proof, *halves))


def _proved(proof: Callable[[str], bool], one: str, other: str) -> bool:
    """Tell whether two cells are a number together, and not a rate beside a telephone."""
    apart = any(_RATE.fullmatch(rate) and is_landline(number) for rate, number in ((one, other), (other, one)))
    return not apart and proof(one + other)


def _is_phone(one: str, other: str) -> bool:
    """Tell whether two cells are a telephone number together, and none is an amount ("011", "45000.00")."""
    whole = one + other
    return not (_AMOUNT.search(one) or _AMOUNT.search(other)) and (is_mobile(whole) or is_landline(whole))


def _is_address(one: str, other: str) -> bool:
    return bool(_LOCAL_FORM.fullmatch(one)) and is_personal_address(f"{one.rstrip('@')}@{other.lstrip('@')}")


def _is_name(one: str, other: str) -> bool:
    """Tell whether two cells are a known given name and a known surname."""
    found = full_names(f"{one} {other}")
    return any(each.sure and each.start < len(one) < each.end for each in found)


def _known_halves(pairs: Pairs) -> str:
    """Return the condition of two texts of which one ends and the other begins as a full name does."""
    ones = [(text, known_edge(text, -1)) for text in pairs.halves("one", _WORDS)]
    others = [(text, known_edge(text, 0)) for text in pairs.halves("other", _WORDS)]
    given, surname = (_among("one", (text for text, known in ones if known[part])) for part in (0, 1))
    given_after, surname_after = (_among("other", (text for text, known in others if known[part])) for part in (0, 1))
    return f"{_WORDS} AND ({given} AND {surname_after} OR {surname} AND {given_after})"


def _is_given(text: str) -> bool:
    return folded(text).split("-")[0] in FOLDED_GIVEN_NAMES


def _given_halves(pairs: Pairs) -> str:
    """Return the condition of two words of which one is a given name."""
    one, other = (_among(side, filter(_is_given, pairs.halves(side, _WORDS))) for side in ("one", "other"))
    return f"{_WORDS} AND ({one} OR {other})"


_WORDS: Final = f"{_matches('one', _WORD)} AND {_matches('other', _WORD)}"
_MAIL: Final = (
    f"{_matches('other', _DOMAIN)} AND (ends_with(one, '@') OR starts_with(other, '@')"
    f" OR {_among('lower(other)', sorted(PRIVATE_MAIL))})"
)
ANY_FORM: Final = f"{_matches('together', '|'.join(_FORMS.values()))} OR {_WORDS} OR {_MAIL}"
"""The condition of all pairs that have a form of some kind, for less than to ask for one after the other."""
_PHONE: Final = _matches("together", _FORMS["phone"])
_KINDS: Final = (
    _number("nir", has_nir_key, _NIR_KEY),
    _number("matricule", has_matricule_digits, _LUHN),
    SplitKind("phone", _PHONE, lambda _: _PHONE, _is_phone),
    _number("iban", has_iban_rest),
    _number("plate", is_plate),
    SplitKind("email", _MAIL, lambda _: _MAIL, _is_address),
)
_PERSON: Final = SplitKind(PERSON, _WORDS, _known_halves, _is_name)
_PERSON_AS_NAMED: Final = SplitKind(
    PERSON, _WORDS, _given_halves, lambda one, other: _is_given(one) or _is_given(other)
)
