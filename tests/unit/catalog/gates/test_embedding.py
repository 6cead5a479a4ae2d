"""The words of a batch are encoded once in each of their surroundings, as the language model encodes them all."""

import numpy as np
import spacy

from catalog.gates.detector import MODEL, batched
from catalog.gates.embedding import once_around

TEXTS = (
    "Le voisin, M. Kaufmann, a vu Mme Kaufmann aujourd'hui.",
    "",
    "a A à M m. Janv. janv. c.-à-d.\n\n l'a qu'il 🙂",
    "Kaufmann",
    "Le voisin, M. Kaufmann, a vu Mme Lambert.",
)


def test_a_word_has_the_vector_that_the_model_gives_it() -> None:
    pipeline = spacy.load(MODEL)
    encoder = pipeline.get_pipe("ner").model.get_ref("tok2vec").layers[0]  # type: ignore[attr-defined]
    texts = [pipeline.make_doc(text) for text in TEXTS]
    texts[0][1].norm_ = "la"
    told, expected = once_around(encoder).predict(texts), encoder.predict(texts)
    for one, other in zip(told, expected, strict=True):
        assert one.shape == other.shape
        np.testing.assert_allclose(np.asarray(one), np.asarray(other), rtol=1e-5, atol=1e-6)


def test_a_long_text_is_read_with_few_others_and_none_is_left_out() -> None:
    texts = ["a" * 100_000] * 64 + ["b"] * 5_000 + ["c" * 2_000_000, "d"]
    batches = list(batched(texts))
    assert [text for batch in batches for text in batch] == texts
    assert all(len(batch) == 1 or sum(map(len, batch)) <= 1 << 18 for batch in batches)
    assert all(1 <= len(batch) <= 4_096 for batch in batches)
    assert not list(batched([]))
