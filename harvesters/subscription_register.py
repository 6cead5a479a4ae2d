"""Which subscriptions a home has at which brokers: what is no longer declared can still be ended there.

One small file each in `subscriptions/`: where, how, which name its secret has; no secret, no token.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from eclor.durable import write_whole
from harvesters.declaration import source_of_point
from harvesters.declared import DeclaredPoint
from harvesters.source import Source

_SUFFIX: Final = ".json"
_WRITTEN: Final = frozenset({"identifier", "dataset", "access", "protocol", "endpoint", "secret", "options"})


@dataclass(frozen=True, slots=True)
class Register:
    """The folder of the files."""

    folder: Path

    def known(self, source: Source) -> str:
        """Return the identifier of a flow's subscription; "" if none was ever made, or nobody can tell."""
        plain = _read(self._file(source))
        identifier = plain.get("identifier") if plain.get("endpoint") == source.endpoint else None
        return identifier if isinstance(identifier, str) else ""

    def keep(self, source: Source, identifier: str) -> None:
        """Keep a flow's subscription, unless that very one is kept."""
        plain = {
            "identifier": identifier,
            "dataset": source.dataset,
            "access": source.access,
            "protocol": source.protocol,
            "endpoint": source.endpoint,
            "secret": source.credential,
            "options": dict(source.options),
        }
        file = self._file(source)
        if _read(file) != plain:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(file, orjson.dumps(plain), mode=0o600)

    def forget(self, source: Source) -> None:
        """Forget a flow's subscription."""
        self._file(source).unlink(missing_ok=True)

    def left(self, declared: Collection[Source]) -> Iterator[tuple[Path, Source, str]]:
        """Yield the subscriptions that no flow of these has: their file, what they were made for, their identifier."""
        wanted = {self._file(source) for source in declared}
        for file in sorted(self.folder.glob(f"*{_SUFFIX}")):
            if file not in wanted and (plain := _read(file)):
                yield file, _source(plain), str(plain["identifier"])

    def _file(self, source: Source) -> Path:
        return self.folder / f"{source.name}.{source.dataset}.{source.flow}{_SUFFIX}"


def _source(plain: Mapping[str, Any]) -> Source:
    """Return where a subscription was made, as a source of no column."""
    point = DeclaredPoint.model_construct(
        point=plain["dataset"],
        title="",
        operator="",
        protocol=plain["protocol"],
        address=plain["endpoint"],
        secret=plain["secret"],
        options=plain["options"],
        datasets=[],
        licence="",
        quota="",
        known="",
        verified="",
    )
    return source_of_point(point, access=plain["access"])


def _read(file: Path) -> Mapping[str, Any]:
    """Return what a file says; nothing if there is none, or it is damaged: the broker's own list says it again."""
    try:
        plain = orjson.loads(file.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    return plain if isinstance(plain, dict) and plain.keys() >= _WRITTEN else {}
