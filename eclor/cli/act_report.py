"""The report that comes with the act `simuler`: made here on the rows held, or brought, and then of this policy."""

from pathlib import Path
from typing import Final

import typer

from charter.acting import Desk, Drafted
from eclor.errors import SettingsRefused
from eclor.settings import Settings

_BOUND: Final = (("policy_digest", "policy"), ("charter_digest", "charter"), ("catalogue_digest", "catalogue"))
"""The digests of a report, and those of the act that they must be."""


_FRENCH: Final = {"policy": "empreinte", "charter": "socle", "catalogue": "catalogue"}


def made_report(drafted: Drafted, settings: Settings, desk: Desk) -> bytes:
    """Try a draft on the rows held, show the report in short, return it. Where none is held yet the report says so.

    Refuses (`EclorError`) rows that cannot be read for sure or that the policy refuses whole.
    """
    from eclor.simulation.asking import held_report  # noqa: PLC0415 - the engine loads with it
    from eclor.simulation.words import summary_lines  # noqa: PLC0415 - as above

    report = held_report(drafted.document, drafted.territory, settings=settings, now=desk.clock.now())
    typer.echo("\n".join(summary_lines(report)) + "\n")
    return report.as_json()


def brought_report(drafted: Drafted, file: Path) -> bytes:
    """Return a report that was made before. Refuses (`SettingsRefused`) what cannot be read or is of anything else."""
    from charter.simulation.report import read_text  # noqa: PLC0415 - the engine loads with it

    try:
        content = file.read_bytes()
    except OSError as missing:
        raise SettingsRefused("act.no-report", file=str(file)) from missing
    if not content:
        raise SettingsRefused("act.no-report", file=str(file))
    text = read_text(content)
    if not text:
        raise SettingsRefused("act.other-report", file=str(file), what="format")
    if text.get("dataset") != drafted.policy.dataset:
        raise SettingsRefused("act.other-report", file=str(file), what="jeu")
    for said, bound in _BOUND:
        if text.get(said) != getattr(drafted.bindings, bound):
            raise SettingsRefused("act.other-report", file=str(file), what=_FRENCH[bound])
    return content
