"""The licence that an answer states of itself: another one than declared, or none any more, stops its flow.

Option `licence` says what the source said when somebody decided what may be done with its data.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from eclor.errors import PayloadRefused, Place
from harvesters.source import Source

OPTION: Final = "licence"


def hold_page(source: Source, body: object, *, name: str) -> None:
    """Refuse (`PayloadRefused`) a page whose `license` is not the declared one. Nothing declared: any.

    A file alone (`body` None) states none, so that no licence is declared in vain.
    """
    declared = source.options.get(OPTION)
    if declared is not None and not (isinstance(body, dict) and body.get("license") == declared):
        raise PayloadRefused("source.licence-changed", place=Place(name), declared=declared)


def hold_package(source: Source, levels: Sequence[Mapping[str, object]], *, name: str) -> None:
    """Refuse (`PayloadRefused`) a Data Package whose licence is not the declared one, or that nobody declared.

    `levels` are the resource, then the package: the first that states `licenses` counts, each by its name or path.
    """
    declared = source.options.get(OPTION)
    stated = next((level["licenses"] for level in levels if level.get("licenses")), [])
    licences = stated if isinstance(stated, list) else [stated]
    if declared is None and stated:
        raise PayloadRefused("source.licence-undeclared", place=Place(name))
    if declared is not None and not (licences and all(_is_called(one, declared) for one in licences)):
        raise PayloadRefused("source.licence-changed", place=Place(name), declared=declared)


def _is_called(licence: object, declared: str) -> bool:
    return isinstance(licence, dict) and declared in (licence.get("name"), licence.get("path"))
