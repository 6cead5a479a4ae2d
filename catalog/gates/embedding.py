"""A language model's words, each encoded once in each of its surroundings: texts say the same ones again."""

from typing import TYPE_CHECKING, Final, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Floats2d

    Encoder = Model[list[Doc], list[Floats2d]]

Places = NDArray[np.int64]
Rows = NDArray[np.float32]
_BLOCK: Final = 1_024
"""Rows that are computed together: what they need stays in a processor's cache."""
_ID_BITS: Final = 21
"""A batch has fewer words than that many bits tell: three of their ids make one key."""


def once_around(encoder: "Encoder") -> "Encoder":
    """Return a layer that encodes as another does, which embeds words, then looks at their neighbours, a few times.

    A word's row is told by its form and its norm, then by the rows of the words beside it: rows of the same neighbours
    are the same, and are computed once for all the texts of a batch.
    """
    return type(encoder)("once_around", _encoded, layers=[encoder])


def _encoded(
    layer: "Encoder",
    texts: "list[Doc]",
    is_train: bool,  # noqa: FBT001 - as the library calls it
) -> "tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]":
    embed, convolve = layer.layers[0].layers
    words, ids = _embedded(embed, texts, is_train=is_train)
    rows: Rows = np.concatenate([np.zeros_like(words, shape=(1, words.shape[1])), words])  # row 0 is what no word is
    apart = convolve.attrs["pad"]
    lengths = np.array([len(text) for text in texts])
    starts = np.cumsum([0, *lengths[:-1] + apart]) + apart
    places = np.repeat(starts - np.cumsum([0, *lengths[:-1]]), lengths) + np.arange(len(ids))
    padded = np.zeros(starts[-1] + lengths[-1] + apart, np.int64)
    padded[places] = ids + 1
    for block in convolve.layers[0].layers:
        _, *transform = block.layers[0].layers  # the first puts neighbours side by side, as is done here
        rows, padded = _looked_around(transform, rows, padded)
    encoded = np.split(rows[padded[places]], np.cumsum(lengths)[:-1])
    return cast("list[Floats2d]", encoded), _never_trained


def _embedded(embed: "Encoder", texts: "list[Doc]", *, is_train: bool) -> tuple[Rows, Places]:
    """Return a row for each distinct word, and the place of each word's."""
    from spacy.attrs import NORM, ORTH  # noqa: PLC0415 - heavy
    from spacy.tokens import Doc  # noqa: PLC0415 - as above

    words = np.concatenate([text.to_array([ORTH, NORM]) for text in texts])
    distinct, places = np.unique(words, axis=0, return_inverse=True)
    vocabulary = texts[0].vocab
    listed = Doc(vocabulary, words=[vocabulary.strings[int(form)] for form in distinct[:, 0]])
    listed.from_array([NORM], distinct[:, 1:])  # type: ignore[arg-type] # thinc has types of its own for arrays
    (rows,), _ = embed([listed], is_train)
    return cast("Rows", rows), places.ravel()


def _looked_around(transform: "Sequence[Model[Rows, Rows]]", rows: Rows, ids: Places) -> tuple[Rows, Places]:
    """Return the rows that a layer makes of each distinct row between its neighbours, added to it, and their ids."""
    beside = np.concatenate([[0], ids, [0]])
    keys = (beside[:-2] << 2 * _ID_BITS) | (ids << _ID_BITS) | beside[2:]
    distinct, places = np.unique(keys, return_inverse=True)
    most = (1 << _ID_BITS) - 1
    one, middle, other = distinct >> 2 * _ID_BITS, (distinct >> _ID_BITS) & most, distinct & most
    made = np.empty((len(distinct), rows.shape[1]), rows.dtype)
    for start in range(0, len(distinct), _BLOCK):
        few = slice(start, start + _BLOCK)
        row = np.concatenate([rows[one[few]], rows[middle[few]], rows[other[few]]], axis=1)
        for each in transform:
            row = each.predict(row)
        made[few] = row + rows[middle[few]]
    return made, places


def _never_trained(_: object) -> "list[Doc]":
    raise NotImplementedError
