"""The coordinates of a geometry written as text (`((1 2, 3 4))`), as GeoJSON nests them."""

from typing import Final

from api.ogc.cql2_words import Tree, bad_filter

_DEEPEST: Final = 4
_POSITION: Final = (2, 3)
_SIGNS: Final = {"-": -1.0, "+": 1.0}


def coordinates(tokens: list[str], place: int) -> Tree:
    """Return nested lists of the numbers between parentheses; a comma parts positions or lists.

    `tokens` are `(`, `)`, `,`, signs and numbers, balanced; `place` is where a fault is said to be.
    """
    return _Nest(place).read(tokens)


class _Nest:
    """The lists that are open, and the position that is being read."""

    def __init__(self, place: int) -> None:
        self._place = place
        self._open: list[list[Tree]] = []
        self._position: list[Tree] = []
        self._sign = 1.0

    def read(self, tokens: list[str]) -> Tree:
        """Return what the outermost parentheses hold."""
        for token in tokens:
            match token:
                case "(":
                    self._begin()
                case ")":
                    done = self._ended()
                    if not self._open:
                        return done
                    self._open[-1].append(done)
                case ",":
                    self._flush()
                case _:
                    self._number(token)
        raise bad_filter(self._place)

    def _begin(self) -> None:
        self._open.append([])
        if len(self._open) > _DEEPEST or self._position:
            raise bad_filter(self._place)

    def _ended(self) -> Tree:
        """Return what a pair of parentheses holds: one position alone is a point, several are a list."""
        alone = bool(self._position) and not self._open[-1]
        self._flush()
        inside = self._open.pop()
        if not inside:
            raise bad_filter(self._place)
        return inside[0] if alone else inside

    def _flush(self) -> None:
        if self._position and len(self._position) not in _POSITION:
            raise bad_filter(self._place)
        if self._position:
            self._open[-1].append(self._position)
        self._position = []

    def _number(self, token: str) -> None:
        if token in _SIGNS:
            self._sign = _SIGNS[token]
            return
        try:
            self._position.append(self._sign * float(token))
        except ValueError:
            raise bad_filter(self._place) from None
        self._sign = 1.0
