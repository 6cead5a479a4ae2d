"""The relay of alerts: one CAP 1.2 message at a time, and an exercise that nobody may take for real."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring
from zoneinfo import ZoneInfo

from harvesters.simulators.parameters import Message, Parameters
from harvesters.simulators.places import Commune
from harvesters.simulators.seeds import generator

_CAP: Final = "urn:oasis:names:tc:emergency:cap:1.2"
_HOUR_S: Final = 3600
CHANNELS: Final = ("alertes", "exercice")
"""The message in force, with a block for each event; and the exercise, always there."""


def sent_at(parameters: Parameters, instant: datetime) -> datetime:
    """Return when the messages in force at an instant were sent: the start of the step that holds it."""
    step_s = parameters.alerts.step_hours * _HOUR_S
    return datetime.fromtimestamp(int(instant.timestamp()) // step_s * step_s, UTC)


def cap_document(
    parameters: Parameters, communes: Mapping[str, Commune], seed: int, *, channel: str, instant: datetime
) -> bytes:
    """Write the CAP message of a channel: status Actual or Exercise, one area an information block, `lat,lon` rings."""
    alerts, sent = parameters.alerts, sent_at(parameters, instant)
    real = channel == CHANNELS[0]
    messages = _in_force(parameters, seed, sent) if real else (alerts.exercise,)
    local = sent.astimezone(ZoneInfo(parameters.town.zone))
    alert = Element("alert", xmlns=_CAP)
    _say(
        alert,
        identifier=f"{alerts.prefix}{channel}-{sent:%Y%m%dT%H%M}",
        sender=messages[0].sender,
        sent=local.isoformat(),
        status="Actual" if real else "Exercise",
        msgType="Alert",
        scope="Public",
        note=alerts.note,
    )
    for message in messages:
        _add_info(alert, message, parameters, communes, sent=local)
    content: bytes = tostring(alert, encoding="utf-8", xml_declaration=True)
    return content


def _in_force(parameters: Parameters, seed: int, sent: datetime) -> tuple[Message, ...]:
    """Draw the messages of a step: one sender's, in the order of the file, no event twice."""
    alerts = parameters.alerts
    draws = generator(seed, "alerts", sent.isoformat())
    count = int(draws.integers(1, alerts.most + 1))
    chosen = sorted(draws.permutation(len(alerts.messages))[:count].tolist())
    return tuple(alerts.messages[number] for number in chosen)


def _add_info(
    alert: Element, message: Message, parameters: Parameters, communes: Mapping[str, Commune], *, sent: datetime
) -> None:
    info = SubElement(alert, "info")
    _say(
        info,
        language=parameters.alerts.language,
        category=message.category,
        event=message.event,
        urgency=message.urgency,
        severity=message.severity,
        certainty=message.certainty,
        effective=sent.isoformat(),
        expires=(sent + timedelta(hours=message.hours)).isoformat(),
        senderName=message.sender,
        headline=message.headline,
        description=message.description,
        instruction=message.instruction,
        contact=parameters.alerts.contact,
    )
    area = SubElement(info, "area")
    named = [communes[code] for code in message.communes]
    _say(area, areaDesc=", ".join(commune.name for commune in named))
    for commune in named:
        _say(area, polygon=" ".join(f"{lat},{lon}" for lon, lat in commune.ring))
    for commune in named:
        _say(SubElement(area, "geocode"), valueName="INSEE", value=commune.code)


def _say(parent: Element, **texts: str) -> None:
    for tag, text in texts.items():
        SubElement(parent, tag).text = text
