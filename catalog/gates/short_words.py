"""Words that a column's name has cut, contracted, dotted or mistyped: which words of contexts they may stand for.

Nobody lists how agents shorten words; what they shorten is known. What is guessed so is a doubt, never a block.
"""

import re
from functools import lru_cache
from itertools import pairwise, product
from typing import Final

_WORDS: Final = frozenset(
    """adresse allocataire appartement assure badge beneficiaire compteur conduire contribuable domicile electricite
    enedis fiscal geburtsdatum identifiant identite immatriculation impot kennzeichen livraison matricule naissance
    numero passeport permis personnel portable position reference securite sejour social sociale telephone titre
    vehicule versichertennummer wohnadresse""".split()  # noqa: SIM905 - words to be read
)
_SHORTHAND: Final = {
    "adr": "adresse", "bdg": "badge", "cond": "conduire", "cpt": "compteur", "dom": "domicile", "dt": "date",
    "elec": "electricite", "fis": "fiscal", "fourniture": "livraison", "gsm": "telephone", "id": "identifiant",
    "imm": "immatriculation", "liv": "livraison", "mat": "matricule", "nai": "naissance", "nss": "numero ss",
    "num": "numero", "pos": "position", "pt": "point", "pts": "point", "resp": "responsable", "sec": "securite",
    "sej": "sejour", "soc": "sociale", "veh": "vehicule", "vl": "vehicule",
}  # fmt: skip
"""What the rules below would leave: too short, or another word for the same."""
_OTHERS: Final = frozenset({"compte", "comptes"})
"""Words of their own, which one of those above begins with."""
_SHORTEST: Final = 4
_SHORTEST_MISTYPED: Final = 6
_FEWEST_CONSONANTS: Final = 3
_MOST_READINGS: Final = 16
_DOUBLED: Final = re.compile(r"([a-z])\1")
_LONE_LETTERS: Final = re.compile(r"(?<!\w)[a-z](?: [a-z])+(?!\w)")
_VOWELS: Final = frozenset("aeiouy")


@lru_cache(maxsize=4_096)
def spelled_out(plain: str) -> str:
    """Return what the words of a folded column name may stand for, parted by bars; "" if nothing is guessed."""
    joined = _LONE_LETTERS.sub(lambda found: found[0].replace(" ", ""), plain)
    read = [_readings(word) for word in joined.split()]
    if joined == plain and all(len(each) == 1 for each in read):
        return ""
    told = [list(each) for each, _ in zip(product(*read), range(_MOST_READINGS), strict=False)]
    return " | ".join(text for words in told for text in (" ".join(words), " de ".join(words)))


def _readings(word: str) -> tuple[str, ...]:
    """Return the words that a word may stand for, and itself."""
    if word in _SHORTHAND:
        return (_SHORTHAND[word], word)
    if len(word) < _SHORTEST or word in _WORDS | _OTHERS:
        return (word,)
    return (*sorted(each for each in _WORDS if stands_for(word, each)), word)


def stands_for(short: str, word: str) -> bool:
    """Tell whether a word is another one cut ("immat"), contracted ("cpteur") or mistyped ("matriclue")."""
    one, other = _DOUBLED.sub(r"\1", short), _DOUBLED.sub(r"\1", word)
    if not other.startswith(one[0]):
        return False
    return other.startswith(one) or _is_contracted(one, other) or _is_mistyped(one, other)


def _is_contracted(short: str, word: str) -> bool:
    letters = iter(word)
    kept = 2 * len(short) > len(word) and all(letter in letters for letter in short)
    return kept and short[-1] == word[-1] and sum(each not in _VOWELS for each in short) >= _FEWEST_CONSONANTS


def _is_mistyped(short: str, word: str) -> bool:
    """Tell whether one letter is missing, too much or another, or two have changed places."""
    if len(short) < _SHORTEST_MISTYPED or abs(len(short) - len(word)) > 1:
        return False
    cut = {short[:at] + short[at + 1 :] for at in range(len(short))}
    if len(short) > len(word):
        return word in cut
    if len(short) < len(word):
        return short in {word[:at] + word[at + 1 :] for at in range(len(word))}
    differ = [at for at, (one, other) in enumerate(zip(short, word, strict=True)) if one != other]
    swapped = any(short[one] == word[other] and short[other] == word[one] for one, other in pairwise(differ))
    return len(differ) == 1 or (len(differ) == 2 and swapped)  # noqa: PLR2004 - both letters
