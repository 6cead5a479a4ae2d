"""A CKAN asked through ckanapi, with a token that no message, log or redirection ever carries elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import ckanapi
import structlog

from eclor import __version__
from eclor.errors import EclorError

log = structlog.get_logger()
Shown = Mapping[str, Any]
"""A thing as the action API shows it."""
TIMEOUT_S: Final = 60
PAGE: Final = 100
_PATIENCE: Final = {"timeout": TIMEOUT_S}
"""Redirections are not followed by ckanapi: they would take the token to another place. A test holds it."""


class Site:
    """One CKAN. Refuses (`EclorError`) what it does not answer, does not allow or does not take."""

    def __init__(self, address: str, token: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
            raise EclorError("push.address")
        self._host = parts.hostname
        agent = f"eclor/{__version__}"
        self._site = ckanapi.RemoteCKAN(address.rstrip("/"), apikey=token, user_agent=agent)

    def call(self, action: str, **given: object) -> Any:  # noqa: ANN401 - whatever the action answers
        """Return the result of an action. Refuses as its class says, with the action's name and nothing it answered."""
        try:
            return self._site.call_action(action, given, requests_kwargs=_PATIENCE)
        except OSError as failure:  # what the library underneath raises for a site that does not answer
            log.warning("push.unreachable", action=action, kind=type(failure).__name__)
            raise EclorError("push.unreachable", host=self._host) from None
        except ckanapi.NotFound:
            raise EclorError("push.not-found", action=action) from None
        except ckanapi.NotAuthorized:
            raise EclorError("push.not-allowed", action=action) from None
        except ckanapi.ValidationError as refused:
            fields = ", ".join(sorted(name for name in refused.error_dict if not name.startswith("__")))
            raise EclorError("push.not-taken", action=action, fields=fields) from None
        except ckanapi.CKANAPIError:
            raise EclorError("push.not-ckan", host=self._host, action=action) from None

    def find(self, action: str, name: str) -> Shown | None:
        """Return what an action shows of a name, or None if the site has no such thing."""
        try:
            shown: Shown = self.call(action, id=name)
        except EclorError as refusal:
            if refusal.code != "push.not-found":
                raise
            return None
        return shown

    def licences(self) -> frozenset[str]:
        """Return the names of the licences that the site knows."""
        return frozenset(str(one["id"]) for one in self.call("license_list"))

    def datasets_of(self, organisation: str) -> Iterator[Shown]:
        """Give every dataset of an organisation that is not deleted, private ones included."""
        start = 0
        while True:
            asked = {"fq": f"organization:{organisation}", "rows": PAGE, "start": start, "sort": "name asc"}
            found = self.call("package_search", include_private=True, **asked)["results"]
            yield from found
            if len(found) < PAGE:
                return
            start += PAGE
