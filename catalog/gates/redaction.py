"""What is proposed to the DPO for a free text: the same text, each identifier that was found replaced by a mark.

A proposal, never a release: what no recogniser sees stays in it, so a person reads every line.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from catalog.gates.findings import PERSON, Context, Stretch
from charter.vocabulary import Category
from eclor.errors import SettingsRefused
from eclor.sentences.gates import KINDS, UNEXPLAINED

_SHORT: Final = {
    PERSON: "nom",
    "phone": "téléphone",
    "email": "courriel",
    "plate": "plaque",
    "iban": "compte bancaire",
    "delivery-point": "point de livraison",
    "ip": "adresse d'appareil",
    "mac": "adresse d'appareil",
    "eui": "adresse d'appareil",
    "address": "adresse",
    "guid": "identifiant",
    "position": "position",
    "secret": "clé ou mot de passe",
}
_ARTICLE: Final = re.compile("^(?:une? |l[ea] |l')")
MARKS: Final = {
    kind: f"[{_SHORT.get(kind) or _ARTICLE.sub('', fr)}]" for kind, (fr, _) in KINDS.items() if kind not in UNEXPLAINED
}
"""By the kind of what is found; what nothing explains is asked about of a column, never found in a text."""


def proposals(texts: Sequence[str], *, column: str) -> Iterator[str]:
    """Yield the proposal for each text of a column.

    Loads presidio and a language model. Refuses (`SettingsRefused`, `review.no-model`) where it is not installed.
    """
    from catalog.gates.detector import Detector  # noqa: PLC0415 - heavy: half a gigabyte, for this command only

    try:
        detector = Detector()
    except ModuleNotFoundError as missing:
        raise SettingsRefused("review.no-model") from missing
    context = Context.of(column, category=Category.FREE_TEXT.value)
    for text, found in zip(texts, detector.stretches(texts, context), strict=True):
        yield redacted(text, found)


def redacted(text: str, found: Sequence[Stretch]) -> str:
    """Return a text with a mark in the place of each stretch; where some overlap, one mark, that of the first.

    `found` is in order.
    """
    parts, reached = [], 0
    for stretch in found:
        if stretch.start >= reached:
            parts += [text[reached : stretch.start], MARKS[stretch.kind]]
        reached = max(reached, stretch.end)
    return "".join([*parts, text[reached:]])
