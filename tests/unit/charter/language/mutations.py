"""A small change of a valid policy, and what it must earn."""

from typing import NamedTuple

from charter.territory import Territory
from tests.policies import changed, codes, lines_of, refusals, text_of


class Mutation(NamedTuple):
    """A change of a fixture, all the codes it earns (first fault first), and a part of the line of the first one."""

    policy: str
    changes: tuple[tuple[str, str], ...]
    expected: tuple[str, ...]
    at: str


def one(policy: str, old: str, new: str, *expected: str, at: str = "") -> Mutation:
    return Mutation(policy, ((old, new),), expected, at or new.splitlines()[0])


def many(policy: str, *changes: tuple[str, str], expected: tuple[str, ...], at: str) -> Mutation:
    return Mutation(policy, changes, expected, at)


def assert_refused(mutation: Mutation, held: Territory) -> None:
    text = changed(text_of(mutation.policy), *mutation.changes)
    found = refusals(text, held)
    assert set(codes(found)) == set(mutation.expected)
    assert codes(found)[0] == mutation.expected[0]
    assert found[0].place is not None
    assert found[0].place.line in lines_of(text, mutation.at)
    for refusal in found:
        assert "{" not in refusal.located().replace("{active", "").replace("{portee", "")
        assert refusal.english()
