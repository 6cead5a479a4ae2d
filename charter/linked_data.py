"""Linked data as the exports write it: compact IRIs whose prefixes are declared, French texts, where it comes from."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from charter.durations import Duration
from charter.export import Subject, as_json
from charter.public_terms import PREFIXES

Node = Mapping[str, object]
_COMPACT: Final = re.compile(r'"(' + "|".join(map(re.escape, sorted(PREFIXES))) + r'):[^"/]')


def linked(node: Node) -> str:
    """Return a node as a JSON-LD document whose context is inside it and declares what is used, nothing else."""
    body = as_json(node)
    used = sorted({found.group(1) for found in _COMPACT.finditer(body)})
    return as_json({"@context": {prefix: PREFIXES[prefix] for prefix in used}, **node})


def french(text: str) -> Node:
    """Return a text in French."""
    return {"@language": "fr", "@value": text}


def term(name: str) -> Node:
    """Return a reference to a term or to a thing by its IRI."""
    return {"@id": name}


def typed(kind: str | Iterable[str], **said: object) -> dict[str, object]:
    """Return a node of a class; `title`, `text` are its words in French."""
    words = {"title": "dct:title", "text": "dct:description"}
    kinds = kind if isinstance(kind, str) else list(kind)
    return {"@type": kinds, **{words[key]: french(str(value)) for key, value in said.items()}}


def duration(text: str) -> Node:
    """Return a duration of the language as `xsd:duration`: months apart from minutes, neither turned into the other."""
    read = Duration.parse(text)
    days, minutes = divmod(read.minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    date = "".join(f"{count}{unit}" for count, unit in ((read.months, "M"), (days, "D")) if count)
    time = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M")) if count)
    return {"@type": "xsd:duration", "@value": f"P{date}" + (f"T{time}" if time else "")}


def derived_from(subject: Subject) -> Node:
    """Return what an export was made from: the policy, its version, its state and its digest (section 10)."""
    policy = subject.policy
    return {
        "@type": "prov:Entity",
        "dct:title": french(f"Politique de « {policy.title} », version {policy.version}"),
        "dct:description": french(
            f"État : {subject.state.value}. Empreinte : SHA-256 de la forme canonique RFC 8785 du texte, sans son état."
        ),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": term("spdx:checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": subject.digest},
        },
    }
