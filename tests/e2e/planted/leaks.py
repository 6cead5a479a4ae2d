"""What a source should never say, of each kind, as often as there are places to say it in. Nobody is meant.

Numbers are made with their keys by hand-written rules, not by those of the gate.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

GIVEN = ("Josette", "Bruno", "Monique", "Gilles", "Nadia", "Thierry", "Chantal", "Mehdi", "Odile", "Sylvain")
SURNAMES = (
    "Kieffer", "Lallement", "Thouvenin", "Bertolotti", "Claudel", "Masson", "Humbert", "Schmitt", "Ferreira", "Benali",
    "Grandjean", "Mangin", "Aubertin", "Collignon", "Didier", "Gérardin", "Jacquemin", "Lhuillier", "Munier", "Poirot",
    "Remy", "Simonin", "Toussaint", "Vuillemin", "Weber", "Zimmermann", "Antoine", "Bastien", "Cuny", "Demange",
    "Etienne", "Fournier", "Gaspard", "Houot", "Idoux", "Janin", "Klein", "Laurent", "Marchal", "Noel",
)  # fmt: skip


def _person(number: int) -> str:
    return f"Mme {GIVEN[number // len(SURNAMES) % len(GIVEN)]} {SURNAMES[number % len(SURNAMES)]}"


def _phone(number: int) -> str:
    return f"06 47 {number // 100 + 31:02} {number % 100:02} 98"


def _plate(number: int) -> str:
    return f"GX-{number + 613:03}-KR"


def _email(number: int) -> str:
    return f"{_person(number)[4:].replace(' ', '.').lower().replace('é', 'e')}{number}@orange.fr"


def _nir(number: int) -> str:
    stem = 2_62_08_54_395_000 + number + 11
    return f"{stem:013}{97 - stem % 97:02}"


def _iban(number: int) -> str:
    account = f"{number + 20411601:011}"
    key = 97 - (89 * 10278 + 15 * 5512 + 3 * int(account)) % 97
    basic = f"1027805512{account}{key:02}"
    check = 98 - int(f"{basic}152700") % 97
    whole = f"FR{check:02}{basic}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def _address(number: int) -> str:
    return f"{_person(number)}, {number + 3} rue des Mines, 54190 Villerupt"


def _birth(number: int) -> str:
    return f"né le {number % 28 + 1:02}/{number // 28 % 12 + 1:02}/1957"


KINDS: Mapping[str, Callable[[int], str]] = {
    "person": _person,
    "plate": _plate,
    "phone": _phone,
    "email": _email,
    "nir": _nir,
    "iban": _iban,
    "address": _address,
    "birth-date": _birth,
}
NUMBERS = ("phone", "nir")
"""Kinds that a column of numbers may hold."""


@dataclass(frozen=True)
class Leak:
    """One value of one kind, and every way in which its bytes could stand where anybody reads them."""

    kind: str
    number: int

    @property
    def text(self) -> str:
        return KINDS[self.kind](self.number)

    def within(self, said: object) -> object:
        """What a cell says once this was put into it: a number, its digits, it at the end of a text, or it alone."""
        if isinstance(said, int | float) and not isinstance(said, bool) and self.kind in NUMBERS:
            return int(self.text.replace(" ", ""))
        if str(said).isdigit() and self.kind in NUMBERS:
            return self.text.replace(" ", "")
        return f"{said}, {self.text}" if " " in str(said) else self.text

    def traces(self) -> Iterator[bytes]:
        """Its bytes: as written, without blanks, without its first nought, in small letters, as a database's date."""
        text = self.text
        if self.kind == "birth-date":
            day, month, year = text[-10:].split("/")
            yield from (text[-10:].encode(), f"{year}-{month}-{day}".encode())
            return
        if self.kind == "person":
            text = text[4:]
        told = {text, text.replace(" ", ""), text.replace(" ", "").lstrip("0"), text.replace("-", "")}
        for each in told:
            yield each.encode()
            yield each.lower().encode()
            yield each.encode("unicode_escape")
