"""What the reference populations of zones refuse."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "release.no-population": Sentence(
        fr="La zone « {zone} », que « {dataset} » peut publier, n'a pas de population de référence.",
        en="The zone {zone}, which {dataset} may publish, has no reference population.",
        cure_fr="Ajoutez sa ligne à « zones/populations.csv » du territoire, ou retirez « petites_populations ».",
        cure_en="Add its line to the territory's zones/populations.csv, or remove the rule on small populations.",
    ),
    "zones.no-populations": Sentence(
        fr="Cette table de populations ne se lit pas : une ligne par zone est attendue, « zone,niveau,population ».",
        en="This table of populations cannot be read: a line a zone is expected, zone,niveau,population.",
        cure_fr="Corrigez la ligne : code, « iris », « commune » ou « epci », nombre entier d'habitants, une fois par zone.",
        cure_en="Correct the line: code, “iris”, “commune” or “epci”, whole number of inhabitants, once a zone.",
    ),
}
