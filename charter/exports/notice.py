"""The notice for a resident, with the policy that it was made from on its last line."""

from charter.export import Export, Subject
from charter.notice import notice_of
from eclor.sentences.register import REGISTER


def text(subject: Subject) -> str:
    """Return the notice as plain text."""
    last = REGISTER["made-from"].format(
        version=subject.policy.version, state=subject.state.value, digest=subject.digest
    )
    return notice_of(subject.policy, subject).text() + last + "\n"


EXPORT = Export("notice.txt", "text/plain; charset=utf-8", text)
