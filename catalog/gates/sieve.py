"""The first look at a column, in RE2 over all its rows: which texts may hold something, for a column's context."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final, Self

from catalog.gates.findings import PERSON, Context
from catalog.gates.plain import AT, BOTH_CASES, BRACED, ESCAPED, LETTER, ODD, OH, RUN
from catalog.gates.recognisers import RECOGNISERS

if TYPE_CHECKING:
    import duckdb

_TWO_WORDS: Final = rf"[{LETTER}][^0-9{LETTER}]{{1,8}}[{LETTER}]{{2}}|[{LETTER}]{{2}}[^0-9{LETTER}]{{1,8}}[{LETTER}]"
_HAS_LETTER: Final = f"[{LETTER}]"
"""What all but the patterns alone need: most numbers are told by it."""
_ACCENTS: Final = {
    "a": "aàáâãäå", "c": "cç", "e": "eèéêë", "i": "iìíîï", "n": "nñ", "o": "oòóôõö", "u": "uùúûü", "y": "yýÿ",
    "s": "sß", " ": r" _\t\n\r\v\f",
}  # fmt: skip
_STEM_PART: Final = re.compile(r"\\.|.", re.DOTALL)
_SHORTEST: Final = 6
_SHORTEST_PLATE: Final = 4
_SHORTEST_NAME: Final = 2
PREFILTERS: Final = tuple(dict.fromkeys(each.prefilter for each in RECOGNISERS))
"""The distinct filters of the recognisers; the place of each is its bit in `flags`."""
BIT: Final = {prefilter: 1 << place for place, prefilter in enumerate(PREFILTERS)}


@dataclass(frozen=True, slots=True)
class Sieve:
    """Patterns of which one must be in a text: by themselves, or together with a word of `stems`.

    `words` are apart from `alone`, for together they make an automaton that RE2 can't keep. `names` are the filters of
    persons' names, where they count. A text of less than `shortest` bytes holds nothing.
    """

    alone: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    shortest: int
    with_word: tuple[str, ...]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, context: Context, *, names: bool) -> Self:
        """Return the sieve of a column: no more than what may count in it. `names`: persons' names count."""
        counted = [each for each in RECOGNISERS if not context.refuses(each) and (each.kind != PERSON or names)]
        alone = [each.prefilter for each in counted if each.kind != PERSON and context.gives(each)]
        plates = any(each.kind == "plate" and each.context and context.gives(each) for each in counted)
        tied = [each for each in counted if not context.gives(each)]
        people = [each.prefilter for each in counted if each.kind == PERSON and each.context and context.gives(each)]
        return cls(
            alone=_distinct([*alone, *people]),
            words=(_TWO_WORDS,) if names else (),
            names=_distinct(each.prefilter for each in counted if each.kind == PERSON),
            shortest=_SHORTEST_NAME if people else _SHORTEST_PLATE if plates else _SHORTEST,
            with_word=_distinct(each.prefilter for each in tied if each.prefilter not in alone),
            stems=_distinct(stem for each in tied for stem in each.context),
        )

    def matching(self, text: "duckdb.Expression") -> "duckdb.Expression":
        """Return the condition that a text may hold something."""
        from duckdb import ConstantExpression, FunctionExpression  # noqa: PLC0415 - heavy: only the worker needs it

        lettered = _found(text, [BOTH_CASES]) & _found(text, [RUN])
        if self.words:
            lettered |= _found(text, self.words)
        if self.with_word:
            lettered |= self._with_word(text)
        hiding = [ODD, ESCAPED, AT, OH, *([BRACED] if self.words else [])]
        suspect = _found(text, [*self.alone, *hiding]) | (_found(text, [_HAS_LETTER]) & lettered)
        return (FunctionExpression("strlen", text) >= ConstantExpression(self.shortest)) & suspect

    def flags(self, texts: Sequence[str], connection: "duckdb.DuckDBPyConnection") -> list[int]:
        """Return for each text the bits of the filters that let it through, of those that count in the column.

        One pass of RE2; filters are asked one by one only of what all of them together let through.
        """
        import pyarrow as pa  # noqa: PLC0415 - heavy: only the worker needs it
        from duckdb import CaseExpression, ColumnExpression, ConstantExpression  # noqa: PLC0415 - heavy

        text = ColumnExpression("text")
        total = _bits(text, self.names)
        if self.alone:
            total += CaseExpression(_found(text, self.alone), _bits(text, self.alone)).otherwise(ConstantExpression(0))
        if self.with_word:
            total += CaseExpression(self._with_word(text), _bits(text, self.with_word)).otherwise(ConstantExpression(0))
        table = pa.table({"text": pa.array(texts, pa.string())})
        return [row[0] for row in connection.from_arrow(table).select(total).fetchall()]

    def _with_word(self, text: "duckdb.Expression") -> "duckdb.Expression":
        return _found(text, self.with_word) & _found(text, [in_any_accent(self.stems)])


def _distinct(patterns: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(patterns))


def _bits(text: "duckdb.Expression", prefilters: Iterable[str]) -> "duckdb.Expression":
    """Return the sum of the bits of the filters that let a text through."""
    from duckdb import CaseExpression, ConstantExpression  # noqa: PLC0415 - heavy: only the worker needs it

    none = ConstantExpression(0)
    told = (CaseExpression(_found(text, [each]), ConstantExpression(BIT[each])).otherwise(none) for each in prefilters)
    return reduce(add, told, none)


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
