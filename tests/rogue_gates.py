"""Gates that misbehave, each in its own way, for the tests of the wall; and one that does its work."""

import os
import socket
import stat
import sys
import time
from pathlib import Path

from catalog.gates.subject import Fault, Subject, Verdict


class Good:
    """Passes, and says what it can see of the process it runs in."""

    def warm(self) -> None:
        pass

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        found = [path.name for path in scratch.iterdir()]
        (scratch / "left-behind").write_text("x")
        return Verdict("good", 1, (), {"pid": os.getpid(), "environment": sorted(os.environ), "found": [*found]})


class SpeaksItsOwn(Good):
    """Refuses by a code that nobody can say."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        return Verdict("own", 1, (Fault("acme.odd"),), {})


class SaysTooLittle(Good):
    """Refuses without the reason that the sentence needs."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        return Verdict("own", 1, (Fault("gates.refused"),), {})


class SpeaksForOthers(Good):
    """Names a fact as the refusal names its place."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        return Verdict("own", 1, (Fault("gates.refused", facts={"reason": "trop", "place": "ici"}),), {})


class Dies(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        os._exit(3)


class Hangs(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        while True:
            time.monotonic()


class SaysSoAndHangs(Hangs):
    """Opens the pipe `began` beside the rows first, so that a test knows when it hangs."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        (subject.rows.parent / "began").write_text("x")
        return super().judge(subject, scratch=scratch)


class Grows(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        held = []
        while True:
            held.append(bytearray(16 << 20))


class Raises(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        raise ValueError(subject.rows.read_bytes())


class Leaves(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        sys.exit(0)


class SaysNothing(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        return None  # type: ignore[return-value]


class CallsHome(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        socket.create_connection(("192.0.2.1", 443), timeout=30)
        return super().judge(subject, scratch=scratch)


class Resolves(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        socket.getaddrinfo("exemple.invalid", 443)
        return super().judge(subject, scratch=scratch)


class Shouts(Good):
    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        os.write(1, b"MARQUE")
        os.write(2, b"MARQUE")
        return super().judge(subject, scratch=scratch)


class HalfAnswers(Good):
    """Begins an answer on every pipe of the process, as one that hangs in the middle of it."""

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:
        for descriptor in range(3, 1024):
            try:
                if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                    os.write(descriptor, b'{"verdict": ')
            except OSError:
                continue
        while True:
            time.sleep(1)


class CannotStart(Good):
    def warm(self) -> None:
        raise ModuleNotFoundError("model")


class StartsForEver(Good):
    def warm(self) -> None:
        while True:
            time.monotonic()


def gate(name: str) -> str:
    return f"tests.rogue_gates:{name}"
