"""Draws that are the same each time, where a file of rows is made once for many examples."""


class Chance:
    """The same draws each time, none after another alike."""

    def __init__(self) -> None:
        self._state = 7

    def below(self, most: int) -> int:
        self._state = self._state * 48_271 % 2_147_483_647
        return self._state // 7 % most
