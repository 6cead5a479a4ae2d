"""Between the lamps and their broker: each message as it should be, or as the lamps were ordered to say it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from harvesters.simulators.misbehaviour import LAMPS, Misbehaviour, Orders, Turn, cut, damaged
from harvesters.simulators.speaker import Spoken

HUGE_BYTES: Final = 1 << 20
"""Spaces before an uplink that is sound otherwise."""
LATEST: Final = 50
"""How many other messages a late one may let pass."""
PAUSE_S: Final = 0.05


@dataclass(slots=True)
class MisbehavingLamps:
    """What the lamps say, behind its orders. `pause` waits so many seconds."""

    orders: Orders
    pause: Callable[[float], object]
    _held: list[tuple[int, Spoken]] = field(default_factory=list)
    """What waits, each until so many more messages have passed."""

    def said(self, due: Iterable[Spoken]) -> Iterator[Spoken]:
        """Yield what goes to the broker of what is due; what is late comes among what follows, at the latest."""
        for spoken in due:
            turn = self.orders.next_turn(LAMPS)
            yield from self._so(spoken, turn) if turn else (spoken,)
            yield from self._come_due(everything=turn is None)

    def _come_due(self, *, everything: bool) -> Iterator[Spoken]:
        waiting, self._held = self._held, []
        for others, spoken in waiting:
            if others and not everything:
                self._held.append((others - 1, spoken))
            else:
                yield spoken

    def _so(self, spoken: Spoken, turn: Turn) -> Iterator[Spoken]:
        topic, payload = spoken
        match turn.kind:
            case Misbehaviour.LATE | Misbehaviour.DUPLICATE:
                if turn.kind is Misbehaviour.DUPLICATE:
                    yield spoken
                self._held.append((int(turn.draws.integers(1, LATEST + 1)), spoken))
            case Misbehaviour.MALFORMED:
                yield topic, damaged(payload, turn.draws)
            case Misbehaviour.TRUNCATED:
                yield topic, cut(payload, turn.draws)
            case Misbehaviour.HUGE:
                yield topic, b" " * HUGE_BYTES + payload
            case Misbehaviour.SLOW:
                self.pause(PAUSE_S)
                yield spoken
            case Misbehaviour.RATE_LIMITED | Misbehaviour.REDIRECTED:
                yield spoken  # MQTT has no such answers
