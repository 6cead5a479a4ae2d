"""Identifiers as people's papers and devices bear them, check digits right: one generator a kind."""

from collections.abc import Callable
from random import Random  # noqa: TID251 - made-up values, the same each time
from typing import Final

from benchmarks.personal_corpora.words import GIVEN_NAMES, STREETS, SURNAMES, TOWNS

Maker = Callable[[Random], str]
_ALPHABET: Final = "ABCDEFGHJKLMNPQRTVXYZ"
"""Of plates, without what they never pair (SS, WW)."""
_VERHOEFF: Final = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_DIHEDRAL: Final = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043",
    "8765932104", "9876543210",
)  # fmt: skip
_INVERSE: Final = "0432156789"


def digits(chance: Random, count: int) -> str:
    """Return so many digits."""
    return "".join(chance.choices("0123456789", k=count))


def spaced(number: str, *groups: int) -> str:
    """Return a number cut into groups."""
    parts, at = [], 0
    for size in groups:
        parts.append(number[at : at + size])
        at += size
    return " ".join(parts)


def luhn(number: str) -> str:
    """Return the Luhn check digit that a number lacks."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def verhoeff(number: str) -> str:
    """Return the Verhoeff check digit that a number lacks."""
    state = "0"
    for place, digit in enumerate(reversed(number), start=1):
        state = _DIHEDRAL[int(state)][int(_VERHOEFF[place % 8][int(digit)])]
    return _INVERSE[int(state)]


def birth(chance: Random) -> tuple[int, int, int]:
    """Return a day on which someone alive was born."""
    return chance.randint(1938, 2015), chance.randint(1, 12), chance.randint(1, 28)


def nir(chance: Random) -> str:
    year, month, _ = birth(chance)
    head = f"{chance.choice('12')}{year % 100:02}{month:02}{chance.choice(('54', '57', '75', '2A', '2B', '99'))}"
    head += f"{chance.randint(1, 480):03}{chance.randint(1, 480):03}"
    key = 97 - int(head.replace("2A", "19").replace("2B", "18")) % 97
    whole = f"{head}{key:02}"
    return whole if chance.random() < 0.5 else spaced(whole, 1, 2, 2, 2, 3, 3, 2)


def matricule(chance: Random) -> str:
    year, month, day = birth(chance)
    head = f"{year}{month:02}{day:02}{digits(chance, 3)}"
    return head + luhn(head) + verhoeff(head)


def mobile(chance: Random) -> str:
    block = chance.choice((f"06{chance.randint(10, 38)}", f"07{chance.randint(30, 89)}"))  # ARCEP's numbering plan
    number = f"{block}{digits(chance, 6)}"
    mark = chance.choice(("", " ", ".", "-"))
    pairs = [number[at : at + 2] for at in range(0, 10, 2)]
    return chance.choice((mark.join(pairs), f"+33 {number[1]} {' '.join(pairs[1:])}", f"0033{number[1:]}"))


def luxembourg_mobile(chance: Random) -> str:
    return f"+352 {chance.choice(('621', '661', '691'))} {digits(chance, 3)} {digits(chance, 3)}"


def person(chance: Random) -> str:
    return f"{chance.choice(GIVEN_NAMES)} {chance.choice(SURNAMES)}"


def email(chance: Random) -> str:
    plain = str.maketrans("éèêëàâçïîôûüñãœ ", "eeeeaaciiouunao-")
    name = person(chance).casefold().translate(plain).split("-")
    return f"{name[0]}.{name[-1]}{chance.randint(1, 99)}@{chance.choice(('gmail.com', 'orange.fr', 'pt.lu', 'laposte.net'))}"


def iban(chance: Random) -> str:
    country, length = chance.choice((("FR", 23), ("LU", 16), ("DE", 18), ("BE", 12)))
    body = digits(chance, length)
    number = "".join(str(int(letter, 36)) for letter in body + country) + "00"
    whole = f"{country}{98 - int(number) % 97:02}{body}"
    return whole if chance.random() < 0.5 else " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def plate(chance: Random) -> str:
    return f"{''.join(chance.choices(_ALPHABET, k=2))}-{digits(chance, 3)}-{''.join(chance.choices(_ALPHABET, k=2))}"


def card(chance: Random) -> str:
    head = f"4{digits(chance, 14)}"
    return spaced(head + luhn(head), 4, 4, 4, 4)


def ipv4(chance: Random) -> str:
    return f"{chance.choice((78, 82, 86, 90, 92))}.{chance.randint(1, 254)}.{chance.randint(1, 254)}.{chance.randint(1, 254)}"


def ipv6(chance: Random) -> str:
    return "2a01:" + ":".join(f"{chance.randint(0x1000, 0xFFFF):x}" for _ in range(7))


def mac(chance: Random) -> str:
    return ":".join(f"{chance.randint(0, 255):02x}" for _ in range(6))


def eui(chance: Random) -> str:
    return "-".join(f"{chance.randint(0, 255):02X}" for _ in range(8))


def bare_eui(chance: Random) -> str:
    return "".join(f"{chance.randint(0, 255):02X}" for _ in range(8))


def token(chance: Random) -> str:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    parts = ["".join(chance.choices(letters, k=count)) for count in (20, 40, 43)]
    return f"eyJ{parts[0]}.eyJ{parts[1]}.{parts[2]}"


def delivery_point(chance: Random) -> str:
    return f"{chance.choice(('09', '15', '19', '22', '25'))}{digits(chance, 12)}"


def family_allowance(chance: Random) -> str:
    return digits(chance, 7)


def passport(chance: Random) -> str:
    return f"{digits(chance, 2)}{''.join(chance.choices(_ALPHABET, k=2))}{digits(chance, 5)}"


def identity_card(chance: Random) -> str:
    return digits(chance, 12)


def tax_number(chance: Random) -> str:
    head = f"{chance.choice('0123')}{digits(chance, 9)}"
    return f"{head}{int(head) % 511:03}"


def health_professional(chance: Random) -> str:
    head = f"10{digits(chance, 8)}"
    return head + luhn(head)


def address(chance: Random) -> str:
    return f"{chance.randint(1, 180)} {chance.choice(STREETS)}, {chance.randint(54000, 57999)} {chance.choice(TOWNS)}"


def birth_date(chance: Random) -> str:
    year, month, day = birth(chance)
    return chance.choice((f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}"))


def position(chance: Random) -> str:
    return f"{chance.uniform(49.3, 49.6):.6f}, {chance.uniform(5.8, 6.2):.6f}"


def company(chance: Random) -> str:
    """Return the SIRET of a body that is nobody."""
    siren = digits(chance, 8)
    siren += luhn(siren)
    head = f"{siren}{chance.randint(1, 60):05}"[:13]
    return head + luhn(head)


FIXED: Final[dict[str, tuple[str, Maker]]] = {
    "nir": ("nir", nir),
    "matricule": ("matricule", matricule),
    "mobile": ("phone", mobile),
    "luxembourg-mobile": ("phone", luxembourg_mobile),
    "email": ("email", email),
    "iban": ("iban", iban),
    "plate": ("plate", plate),
    "ipv4": ("ip", ipv4),
    "ipv6": ("ip", ipv6),
    "mac": ("mac", mac),
    "eui-pairs": ("eui", eui),
    "token": ("secret", token),
}
"""Name → the gate's kind, and the maker: forms that need no context."""

CONTEXT: Final[dict[str, tuple[Maker, tuple[str, ...], tuple[str, ...]]]] = {
    "delivery-point": (
        delivery_point,
        ("pdl", "prm_client", "n° point de livraison"),
        ("PDL {}", "compteur Linky {} à relever"),
    ),
    "family-allowance": (family_allowance, ("numero_caf", "allocataire"), ("numéro CAF {}", "n° allocataire : {}")),
    "passport": (
        passport,
        ("passeport", "numero_passeport"),
        ("passeport {} présenté", "titulaire du passeport n° {}"),
    ),
    "identity-card": (identity_card, ("carte_identite", "cni"), ("CNI {}", "carte d'identité n° {}")),
    "tax-number": (tax_number, ("numero_fiscal", "spi"), ("numéro fiscal {}", "SPI : {}")),
    "health-professional": (health_professional, ("rpps", "rpps_praticien"), ("RPPS {}", "médecin RPPS n° {}")),
    "payment-card": (card, ("carte_bancaire", "numero_cb"), ("CB {}", "réglé par carte bancaire {}")),
    "address": (address, ("adresse_demandeur", "domicile"), ("habite {}", "demeurant {}", "domicilié au {}")),
    "eui": (bare_eui, ("deveui", "dev_eui"), ("capteur DevEUI {}", "devEUI={}")),
    "birth-date": (birth_date, ("date_naissance", "ne_le"), ("né le {}", "née le {} à Longwy")),
    "position": (position, ("position_domicile", "domicile_gps"), ("habite en {}", "domicile : {}")),
}
"""Name → maker, names of columns that give the context, sentences that give it."""
