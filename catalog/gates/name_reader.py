"""Where a language model's recogniser of names finds some: all texts of a batch are read together, word by word.

spaCy's own loop (`greedy_parse`) takes the same steps, but reads a batch in four parts, by length, and in each of them
the words that come back are encoded anew; and it lets go of the interpreter's lock and takes it again many times a
word, which is most of what it costs. Here the lock is held.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def read_names(pipeline: "Language", texts: Sequence[str]) -> "list[Doc]":
    """Return texts as a pipeline's recogniser of names reads them, with what it takes for names (`ents`)."""
    recogniser = pipeline.get_pipe("ner")
    read = [pipeline.make_doc(text) for text in texts]
    states = recogniser.moves.init_batch(read)  # type: ignore[attr-defined] # spaCy types a pipe as a function
    unread = [state for state in states if not state.is_final()]
    if unread:
        scores = recogniser.model.predict(read)  # type: ignore[attr-defined] # as above
        while unread:
            unread = recogniser.transition_states(unread, scores.predict(unread))  # type: ignore[attr-defined] # as above
    recogniser.set_annotations(read, states)  # type: ignore[attr-defined] # as above
    return read
