"""The first look at a column, in RE2 over all its rows: which texts may hold something, for a column's context."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from catalog.gates.findings import PERSON, Context
from catalog.gates.plain import AT, BOTH_CASES, BRACED, CODED, ESCAPED, GAPPED, JOINED, LETTER, ODD, OH, RUN
from catalog.gates.recognisers import RECOGNISERS
from catalog.gates.recognisers.names import FULL_NAME

if TYPE_CHECKING:
    import duckdb

Bits = NDArray[np.int64]
_TWO_WORDS: Final = rf"[{LETTER}][^0-9{LETTER}]{{1,8}}[{LETTER}]{{2}}|[{LETTER}]{{2}}[^0-9{LETTER}]{{1,8}}[{LETTER}]"
_HAS_LETTER: Final = f"[{LETTER}]"
"""What all but the patterns alone need: most numbers are told by it."""
_ACCENTS: Final = {
    "a": "aàáâãäå", "c": "cç", "e": "eèéêë", "i": "iìíîï", "n": "nñ", "o": "oòóôõö", "u": "uùúûü", "y": "yýÿ",
    "s": "sß", " ": r" _\t\n\r\v\f",
}  # fmt: skip
_STEM_PART: Final = re.compile(r"\\.|.", re.DOTALL)
_ANY_WORD: Final = "abcdefghijklmnopqrstuvwxyz"
"""What a filter lets through if it lets most words through, as that of documents' numbers does."""
_TOGETHER: Final = 3
"""Filters that are asked as one before they are asked one by one."""
_SHORTEST: Final = 6
_SHORTEST_PLATE: Final = 4
_SHORTEST_NAME: Final = 2
PREFILTERS: Final = tuple(dict.fromkeys(each.prefilter for each in RECOGNISERS))
"""The distinct filters of the recognisers; the place of each is its bit in `flags`."""
BIT: Final = {prefilter: 1 << place for place, prefilter in enumerate(PREFILTERS)}
KNOWN_NAMES: Final = BIT[FULL_NAME.prefilter]
"""The bit of full names of known words, which a first look at the words may clear."""
HIDES: Final = 1 << len(PREFILTERS)
"""The bit of a text that may hide another: without it and the next one, the text is the only one of its views."""
MAY_DECODE: Final = HIDES << 1
"""The bit of a text that may hold base64, as many long words do: if it decodes, it hides another."""
MAY_BE_TIED: Final = MAY_DECODE << 1
"""The bit of a text that may pass a filter which asks for a word beside it."""
_MORE: Final = MAY_BE_TIED << 1
"""The bit of a text that may pass another filter than these and those of names: few do, and to ready them costs."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Patterns of which one must be in a text: by themselves, or `with_word`, together with one of its own stems.

    `words` are apart from `alone`, for together they make an automaton that RE2 can't keep. `names` are the filters of
    persons' names, where they count. A text of less than `shortest` bytes holds nothing.
    """

    alone: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    shortest: int
    with_word: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, context: Context, *, names: bool) -> Self:
        """Return the sieve of a column: no more than what may count in it. `names`: persons' names count."""
        counted = [each for each in RECOGNISERS if not context.refuses(each) and (each.kind != PERSON or names)]
        alone = [each.prefilter for each in counted if each.kind != PERSON and context.gives(each)]
        plates = any(each.kind == "plate" and each.context and context.gives(each) for each in counted)
        tied = [each for each in counted if each.kind != PERSON and not context.gives(each)]
        named = _distinct(each.prefilter for each in counted if each.kind == PERSON)
        people = [each.prefilter for each in counted if each.kind == PERSON and each.context and context.gives(each)]
        return cls(
            alone=_distinct([*alone, *people]),
            words=(_TWO_WORDS,) if names else (),
            names=named,
            shortest=_SHORTEST_NAME if people else _SHORTEST_PLATE if plates else _SHORTEST,
            with_word={
                prefilter: _distinct(stem for each in tied if each.prefilter == prefilter for stem in each.context)
                for prefilter in _distinct(each.prefilter for each in tied)
                if prefilter not in {*alone, *named}
            },
        )

    def matching(self, text: "duckdb.Expression") -> "duckdb.Expression":
        """Return the condition that a text may hold something."""
        from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy: only the worker needs it

        lettered = _found(text, [BOTH_CASES]) & _found(text, [RUN])
        if self.words:
            lettered = _found(text, self.words) | lettered  # sentences are told by it at once
        if self.with_word:
            lettered |= _with_word(text, self.with_word)
        hiding = [ODD, ESCAPED, GAPPED, AT, OH, *([BRACED] if self.words else [])]
        suspect = (_found(text, [_HAS_LETTER]) & lettered) | _found(text, [*self.alone, *hiding])
        return (FunctionExpression("strlen", text) >= ConstantExpression(self.shortest)) & suspect

    def flags(self, texts: Sequence[str], connection: "duckdb.DuckDBPyConnection") -> Bits:
        """Return for each text the bits of those filters that count and let it through, and of what it may hide.

        Of filters that ask for a word, `MAY_BE_TIED` tells whether any may let it through: `tied` asks them. One pass
        of RE2 tells which texts hold more than words: those alone are asked which filters they pass.
        """
        from duckdb import ColumnExpression  # noqa: PLC0415 - heavy: only the worker needs it

        text = ColumnExpression("text")
        alone = [each for each in self.alone if each not in self.names]
        hiding = [ODD, ESCAPED, GAPPED, AT, OH, BRACED, JOINED]
        words = [in_any_accent(stems) for each, stems in self.with_word.items() if re.search(each, _ANY_WORD)]
        numbers = [each for each in self.with_word if not re.search(each, _ANY_WORD)]
        may_decode = _found(text, [CODED]) & _found(text, [BOTH_CASES])
        total = _bits(text, self.names) + _bit(MAY_DECODE, may_decode) + _bit(HIDES, _found(text, hiding))
        if alone:
            total += _bit(_MORE, _found(text, alone))
        if self.with_word:
            total += _bit(MAY_BE_TIED, _found(text, [*numbers, *words]))
        bits = _told({"text": texts}, total, connection)
        few: list[int] = np.flatnonzero(bits & _MORE).tolist()
        more = _told({"text": [texts[place] for place in few]}, _by_few(text, alone), connection)
        bits[few] += more - _MORE
        return bits

    def tied(self, texts: Sequence[str], said: Bits, connection: "duckdb.DuckDBPyConnection") -> Bits:
        """Return for each text the bits of the filters that let it through, of those that ask for a word.

        `said`: the bits of those of which a word may stand in it (`ContextWords`).
        """
        from duckdb import ColumnExpression, ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy

        bits = np.zeros(len(texts), np.int64)
        few: list[int] = np.flatnonzero(said).tolist()
        text, asked = ColumnExpression("text"), int(np.bitwise_or.reduce(said))
        total = ConstantExpression(0)
        for each in self.with_word:
            if asked & BIT[each]:
                bit = ConstantExpression(BIT[each])
                is_said = FunctionExpression("&", ColumnExpression("said"), bit) == bit
                total += _where(is_said, _bit(BIT[each], _found(text, [each])))
        bits[few] = _told({"text": [texts[place] for place in few], "said": said[few]}, total, connection)
        return bits


def _told(columns: Mapping[str, object], number: "duckdb.Expression", connection: "duckdb.DuckDBPyConnection") -> Bits:
    """Return a number for each row of some columns, of which `text` is one."""
    table = pa.table(columns)
    if not len(table):
        return np.zeros(0, np.int64)
    told: Bits = connection.from_arrow(table).select(number.cast("BIGINT").alias("told")).fetchnumpy()["told"]
    return told


def _with_word(text: "duckdb.Expression", filters: Mapping[str, Iterable[str]]) -> "duckdb.Expression":
    """Return the condition that a text passes some filters and may hold a stem of theirs; odd letters may be any."""
    stems = _distinct(stem for each in filters.values() for stem in each)
    return _found(text, filters) & _found(text, [in_any_accent(stems), ODD])


def _by_few(text: "duckdb.Expression", filters: Sequence[str]) -> "duckdb.Expression":
    """Return the sum of the bits of the filters that a text passes.

    A few are asked together first: most texts pass none of them.
    """
    from duckdb import ConstantExpression  # noqa: PLC0415 - heavy: only the worker needs it

    total = ConstantExpression(0)
    for start in range(0, len(filters), _TOGETHER):
        few = filters[start : start + _TOGETHER]
        total += _where(_found(text, few), _bits(text, few))
    return total


def _distinct(patterns: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(patterns))


def _bits(text: "duckdb.Expression", prefilters: Iterable[str]) -> "duckdb.Expression":
    """Return the sum of the bits of the filters that let a text through."""
    from duckdb import ConstantExpression  # noqa: PLC0415 - heavy: only the worker needs it

    return reduce(add, (_bit(BIT[each], _found(text, [each])) for each in prefilters), ConstantExpression(0))


def _bit(bit: int, passes: "duckdb.Expression") -> "duckdb.Expression":
    """Return a bit where a condition holds, 0 elsewhere."""
    from duckdb import ConstantExpression  # noqa: PLC0415 - heavy: only the worker needs it

    return _where(passes, ConstantExpression(bit))


def _where(passes: "duckdb.Expression", number: "duckdb.Expression") -> "duckdb.Expression":
    """Return a number where a condition holds, 0 elsewhere: it is computed nowhere else."""
    from duckdb import CaseExpression, ConstantExpression  # noqa: PLC0415 - heavy: only the worker needs it

    return CaseExpression(passes, number).otherwise(ConstantExpression(0))


def in_any_accent(stems: Iterable[str]) -> str:
    """Return stems as RE2 that finds one of them where a word begins, with any accents and in any case."""
    loose = "|".join("".join(map(_loose, _STEM_PART.findall(stem))) for stem in stems)
    return f"(?i)(?:^|[^0-9{LETTER}])(?:{loose})"


def _loose(part: str) -> str:
    """Return a character or an escape of a stem as RE2 takes it in any form: where a word ends is not asked."""
    letter = {r"\b": "", r"\s": " "}.get(part, part)
    return f"[{_ACCENTS[letter]}]" if letter in _ACCENTS else letter


def _found(text: "duckdb.Expression", patterns: Iterable[str]) -> "duckdb.Expression":
    from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy: only the worker needs it

    union = "|".join(f"(?:{each})" for each in patterns)
    return FunctionExpression("regexp_matches", text, ConstantExpression(union))
