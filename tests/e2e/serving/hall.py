"""A home of which people act on what is served: adopted charter, signed policies, keys in files."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from catalog.serving import Told
from charter.acting import Desk, Signatory, act, adopt
from charter.chain import Entry, Kind
from charter.demonstration import demonstration_key
from charter.territory import load
from charter.vocabulary import ActKind
from eclor.serving import Counter, settle_serving
from tests.serving import SERIES
from tests.unit.catalog.publish.released import TERRITORY, Home

SERVING = frozenset({Kind.CLOSING, Kind.REOPENING, Kind.WITHDRAWAL})


@dataclass
class Hall:
    """The home, and what its people do there by the clock of the test."""

    home: Home

    @classmethod
    def opened(cls, folder: Path) -> "Hall":
        """A home whose charter and roles were adopted; nothing is published yet."""
        one = cls(Home(folder))
        for person in ("p-dpo", "p-garant"):
            adopt(load(TERRITORY / "charter"), by=Signatory(person, demonstration_key(person)), desk=one.desk)
        return one

    @property
    def desk(self) -> Desk:
        return Desk(self.home.folder / "acts", self.home.catalog.journal, self.home.clock)

    @property
    def counter(self) -> Counter:
        return Counter(self.home.catalog, self.desk, TERRITORY / "politiques", self.home.world)

    def does(self, kind: ActKind, person: str, dataset: str = SERIES) -> Told:
        """Sign an act, then do what `eclor act` does after."""
        self.home.clock.move(minutes=1)
        act(kind, (dataset, None), by=Signatory(person, demonstration_key(person)), desk=self.desk)
        return self.settled(dataset)

    def settled(self, dataset: str = SERIES, **after: float) -> Told:
        self.home.clock.move(**after)
        return settle_serving(dataset, self.counter)

    def told(self) -> list[Entry]:
        """What the public journal says of what is served."""
        return [entry for entry in self.home.catalog.journal.entries() if entry.kind in SERVING]

    def command(self, kind: str, person: str, dataset: str = SERIES) -> "subprocess.CompletedProcess[str]":
        """Act by the command, as people do; the command's clock is the machine's."""
        key = self.home.folder / f"{person}.pem"
        if not key.exists():
            private = Ed25519PrivateKey.from_private_bytes(demonstration_key(person).reveal())
            key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            key.chmod(0o600)
        return self.eclor("act", kind, dataset, "--person", person, "--key", str(key), "--yes")

    def eclor(self, *words: str) -> "subprocess.CompletedProcess[str]":
        held = {"ECLOR_HOME": str(self.home.folder), "ECLOR_TERRITORY": str(TERRITORY), "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, "-m", "eclor.cli", *words],
            env={**os.environ, **held},
            capture_output=True,
            text=True,
            check=False,
        )
