"""What the cell beside names: a column of keys ("attribut" = "PDL") tells the context of a column of values.

Only where a column's name says that it holds keys or whatever; of other columns the name is the context.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from catalog.gates.cells import Cells
from catalog.gates.column_texts import FEW
from catalog.gates.findings import PERSON, Context, Finding, column_words
from catalog.gates.pairs import Pairs
from catalog.gates.pushdown.columns import literal
from catalog.gates.recognisers import RECOGNISERS, Decision
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.scanned_column import ScannedColumn, Tally

if TYPE_CHECKING:
    from catalog.gates.detector import Detector

_KEYS: Final = (
    r"attribut\b", r"champs?\b", r"cle\b", r"items?\b", r"key\b", r"parametre\b", r"propriete\b", r"question\b",
    r"rubrique\b", r"variable\b", r"feld\b", r"schlussel\b",
)  # fmt: skip
_WHATEVER: Final = (
    r"contenu\b", r"donnee\b", r"id\b", r"ident\b", r"identifiant\b", r"precision\b", r"ref\b", r"reference\b",
    r"reponse\b", r"valeur\b", r"value\b", r"wert\b",
)  # fmt: skip
_LONGEST_KEY: Final = 60
_IN_CONTEXT: Final = tuple(each for each in RECOGNISERS if each.context and each.kind != PERSON)
_MAY_BE_A_CODE: Final = "regexp_matches(other, '[0-9](?:[^0-9A-Za-z]?[0-9A-Za-z]){4}')"


def keyed_findings(
    detector: "Detector", cells: Cells, columns: Sequence[ScannedColumn]
) -> Iterator[tuple[str, Finding, Tally]]:
    """Yield what stands in a column of values, in the context that the key to its left gives; always a doubt."""
    for left, right in pairwise(columns):
        generic = has_word(_KEYS, column_words(left.name)) or has_word(_WHATEVER, column_words(right.name))
        if generic and not right.closed and (contexts := _contexts(cells, left.name)):
            found = _found(detector, cells.pairs(left.name, right.name), contexts)
            yield from ((right.name, finding, tally) for finding, tally in found.items())


def _found(detector: "Detector", pairs: Pairs, contexts: Mapping[str, Context]) -> Mapping[Finding, Tally]:
    """Return what stands in the values beside some keys; no code is shorter than five letters or digits."""
    found: defaultdict[Finding, Tally] = defaultdict(Tally)
    keyed = f"one IN ({', '.join(map(literal, contexts))}) AND {_MAY_BE_A_CODE}"
    for pair in chain.from_iterable(pairs.distinct(keyed)):
        for each in detector.by_pattern(pair.other, contexts[pair.one]):
            if each.kind != PERSON:
                found[Finding(each.kind, Decision.REVIEW)].add(pair)
    return found


def _contexts(cells: Cells, column: str) -> dict[str, Context]:
    """Return the keys of a column of few values that give a context which some recogniser asks for."""
    values = cells.values.table(column)
    if values is None or cells.values.kinds[column] != "varchar" or len(values) > FEW:
        return {}
    keys = (key for key, *_ in values.fetchall() if key and len(key) <= _LONGEST_KEY)
    contexts = ((key, Context.of(key)) for key in keys)
    return {key: context for key, context in contexts if any(context.gives(each) for each in _IN_CONTEXT)}
