"""Readers led from an address that is nearly right to the one that was meant."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from starlette.responses import Response

from api.cors import CORS

_LED: Final[Mapping[str, str]] = MappingProxyType({**CORS, "Cache-Control": "no-cache"})
"""Not kept for good: what stands at an address may be another page one day."""


def lead_to(address: str) -> Response:
    """Send a reader on (308) to another address of ours."""
    return Response(status_code=HTTPStatus.PERMANENT_REDIRECT, headers={**_LED, "Location": address})
