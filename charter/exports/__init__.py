"""The exports of a policy, generated and never edited (LANGUAGE.md section 11). To add one: its file, its line."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from charter.export import Export

EXPORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aipd": "charter.exports.aipd:EXPORT",
        "dcat-rights": "charter.exports.dcat_rights:EXPORT",
        "dpv": "charter.exports.dpv:EXPORT",
        "notice": "charter.exports.notice:EXPORT",
        "odcs": "charter.exports.odcs:EXPORT",
        "odrl": "charter.exports.odrl:EXPORT",
    }
)
"""Name → `module:attribute`, sorted, loaded on use."""


def export(name: str) -> Export:
    """Return the export of that name; an unknown one is a bug of the caller."""
    module, _, attribute = EXPORTS[name].partition(":")
    found: Export = getattr(import_module(module), attribute)
    return found


__all__ = ["EXPORTS", "Export", "export"]
