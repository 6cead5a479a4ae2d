"""`_full_text @@ plainto_tsquery('words')`, which clients of a DataStore write: words of a row, accents and case apart.

The column that CKAN shows in `*` is hidden here; it is there for whoever names it.
"""

import re
from typing import Final
from unicodedata import combining, normalize

from sqlglot import exp

from eclor.engine.sandbox.refusal import invalid

FULL_TEXT: Final = "_full_text"
_QUERIES: Final = frozenset({"plainto_tsquery"})
_WORD: Final = re.compile(r"[^\W_]+")
_BEFORE, _BEHIND = r"(^|[^\pL\pN])", r"($|[^\pL\pN])"
_MOST_WORDS: Final = 20


def match_words(match: exp.MatchAgainst) -> exp.Condition:
    """Return what holds of rows in which each word of a query stands."""
    column, query = match.expressions[0], match.this
    named = isinstance(query, exp.Anonymous) and query.name.lower() in _QUERIES
    text = query.expressions[-1] if named and query.expressions else None
    if not (isinstance(column, exp.Column) and column.name == FULL_TEXT and isinstance(text, exp.Literal)):
        raise invalid("Invalid SQL: @@ takes _full_text and plainto_tsquery('words')")
    words = _WORD.findall(_folded(text.name))[:_MOST_WORDS]
    patterns = [exp.Literal.string(_BEFORE + word + _BEHIND) for word in words]
    if not patterns:
        return exp.false()
    return exp.and_(*(exp.RegexpLike(this=column.copy(), expression=one) for one in patterns))


def hide_full_text(query: exp.Query) -> None:
    """Leave the column out of `*`, in a question that names it."""
    for star in [*query.find_all(exp.Star)]:
        if not isinstance(star.parent, exp.Count):
            star.set("except_", [exp.to_identifier(FULL_TEXT, quoted=True)])


def _folded(text: str) -> str:
    return "".join(letter for letter in normalize("NFKD", text.lower()) if not combining(letter))
