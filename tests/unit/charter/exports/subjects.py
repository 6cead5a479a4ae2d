"""Subjects of exports for tests: our own policies, in force on a site of our own."""

from charter.digests import policy_digest
from charter.document import Document
from charter.export import Subject
from charter.model import Policy
from charter.shape import shape
from charter.territory import Territory
from charter.vocabulary import State
from tests.policies import read_text, territory, text_of

ORIGIN = "https://data.example.org"
HELD = territory()


def subject(text: str, *, state: State = State.IN_FORCE) -> Subject:
    return subject_of_document(read_text(text), HELD, state=state)


def named(name: str) -> Subject:
    return subject(text_of(name))


def subject_of_document(document: Document, held: Territory, *, state: State = State.IN_FORCE) -> Subject:
    policy, refusals = shape(document, Policy)
    assert policy is not None, refusals
    entry = held.entry(policy.dataset)
    assert entry is not None
    return Subject(policy, held.charter, held.roles, entry, policy_digest(document.plain), state, ORIGIN)
