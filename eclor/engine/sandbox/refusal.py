"""Why a question in SQL is not answered."""

from enum import StrEnum


class Kind(StrEnum):
    """What is wrong with a question."""

    INVALID = "invalid"
    DENIED = "denied"
    UNKNOWN = "unknown"
    HEAVY = "heavy"
    BUSY = "busy"
    BROKEN = "broken"


class SqlRefused(Exception):
    """A question that is not answered; `message` is for whoever wrote it."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def invalid(message: str) -> SqlRefused:
    """Refuse what is no question that can be answered."""
    return SqlRefused(Kind.INVALID, message)


def denied(message: str) -> SqlRefused:
    """Refuse what nobody may ask."""
    return SqlRefused(Kind.DENIED, message)
