"""Names are found where spaCy's own loop finds them."""

import spacy

from catalog.gates.detector import MODEL
from catalog.gates.name_reader import read_names

TEXTS = (
    "Le voisin, Jean Kaufmann, a vu Marie Lambert à Thionville avec la société Veolia.",
    "",
    "Signé : Karim Benali. Copie à Sylvie Muller, mairie de Yutz, et à Paul Schmitt.",
    "\n\n",
    "La Moselle a débordé à Metz ; l'Orne aussi.",
    "Kaufmann",
)


def test_names_are_those_that_the_pipeline_finds_one_text_after_the_other() -> None:
    pipeline = spacy.load(MODEL)
    with pipeline.select_pipes(enable=["ner"]):
        expected = [[(each.text, each.label_) for each in pipeline(text).ents] for text in TEXTS]
    told = [[(each.text, each.label_) for each in read.ents] for read in read_names(pipeline, TEXTS)]
    assert told == expected
    assert any(len(each) > 2 for each in told)  # several in one text


def test_no_text_and_texts_without_words_are_read() -> None:
    pipeline = spacy.load(MODEL)
    assert read_names(pipeline, []) == []
    assert [read.ents for read in read_names(pipeline, ["", ""])] == [(), ()]
