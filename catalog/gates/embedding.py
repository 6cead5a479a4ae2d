"""A language model's words, each embedded once for all the texts of a batch: texts say the same ones again."""

from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Floats2d

    Embedding = Model[list[Doc], list[Floats2d]]


def once_a_word(embed: "Embedding") -> "Embedding":
    """Return a layer that embeds as another does, which looks at one word at a time: at its form and its norm."""
    return type(embed)("once_a_word", _embedded, layers=[embed])


def _embedded(
    layer: "Embedding",
    texts: "list[Doc]",
    is_train: bool,  # noqa: FBT001 - as the library calls it
) -> "tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]":
    from spacy.attrs import NORM, ORTH  # noqa: PLC0415 - heavy
    from spacy.tokens import Doc  # noqa: PLC0415 - as above

    words = np.concatenate([text.to_array([ORTH, NORM]) for text in texts])
    distinct, places = np.unique(words, axis=0, return_inverse=True)
    vocabulary = texts[0].vocab
    listed = Doc(vocabulary, words=[vocabulary.strings[int(form)] for form in distinct[:, 0]])
    listed.from_array([NORM], distinct[:, 1:])  # type: ignore[arg-type] # thinc has types of its own for arrays
    (rows,), _ = layer.layers[0]([listed], is_train)
    ends = np.cumsum([len(text) for text in texts])[:-1]
    return cast("list[Floats2d]", np.split(rows[places.ravel()], ends)), _never_trained


def _never_trained(_: object) -> "list[Doc]":
    raise NotImplementedError
