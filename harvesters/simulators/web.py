"""The HTTP systems as one application: files, the lighting export, alerts, the context broker, the domains."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from harvesters.simulators.alerts import CHANNELS, cap_document, sent_at
from harvesters.simulators.conditional import is_unchanged, validators
from harvesters.simulators.context_broker import ContextBroker
from harvesters.simulators.context_broker_v2 import VersionTwoBroker
from harvesters.simulators.domain_pages import domain_routes
from harvesters.simulators.export import Export
from harvesters.simulators.shelf import Shelved, etag_of, fill_shelf
from harvesters.simulators.subscribing_ld import LinkedData
from harvesters.simulators.subscribing_v2 import VersionTwo
from harvesters.simulators.subscriptions import Subscriptions
from harvesters.simulators.systems import Systems
from harvesters.simulators.telling import Tell

_NOT_FOUND = 404
_NOT_MODIFIED = 304


class _BigFileResponse(FileResponse):
    """A file given by the megabyte: the export has hundreds."""

    chunk_size = 1 << 20


@dataclass(slots=True)
class Web:
    """What the HTTP systems give; `refresh` once a day."""

    systems: Systems
    export: Export
    subscriptions: tuple[Subscriptions, ...]
    """Those of each interface of the context broker."""
    shelf: Mapping[str, Shelved] = field(default_factory=dict)

    def refresh(self) -> None:
        """Write the files of the day and show them."""
        systems = self.systems
        self.shelf = fill_shelf(
            systems.home / "web", systems.parameters, systems.communes, systems.seed, today=systems.today()
        )

    async def give_file(self, request: Request) -> Response:
        """Give a file of the shelf."""
        shelved = self.shelf.get(request.url.path)
        return _given(request, shelved) if shelved else Response(status_code=_NOT_FOUND)

    async def give_export(self, request: Request) -> Response:
        """Give the lighting export; a client that has it does not wait for it to be made."""
        described = self.export.described()
        if is_unchanged(request.headers, etag=described.etag, modified=described.modified):
            return _given(request, described)
        return _given(request, await self.export.made())

    async def give_alert(self, request: Request) -> Response:
        """Give the CAP message of a channel."""
        channel = request.path_params["channel"]
        if channel not in CHANNELS:
            return Response(status_code=_NOT_FOUND)
        systems, instant = self.systems, self.systems.clock.now()
        content = cap_document(systems.parameters, systems.communes, systems.seed, channel=channel, instant=instant)
        etag, modified = etag_of(content), sent_at(systems.parameters, instant)
        headers = validators(etag, modified)
        if is_unchanged(request.headers, etag=etag, modified=modified):
            return Response(status_code=_NOT_MODIFIED, headers=headers)
        return Response(content, headers=headers, media_type="application/cap+xml")


def make_web(systems: Systems, tell: Tell) -> Web:
    """Prepare the HTTP systems, the files of the day on the shelf; subscribers are told by `tell`."""
    speeches = (LinkedData(systems.seed), VersionTwo(systems.seed))
    subscriptions = (Subscriptions(speech, systems.entities, systems.clock.now, tell) for speech in speeches)
    web = Web(systems, Export(systems), tuple(subscriptions))
    web.refresh()
    return web


def create_app(web: Web) -> Starlette:
    """Compose the application."""
    broker = ContextBroker(web.systems.parameters.waste, web.systems.entities)
    files = [Route(path, web.give_file) for path in web.shelf]
    return Starlette(
        routes=[
            *files,
            Route("/eclairage/historique.ndjson", web.give_export),
            Route("/cap/{channel}.xml", web.give_alert),
            *broker.routes(),
            *VersionTwoBroker(web.systems.entities).routes(),
            *(route for subscriptions in web.subscriptions for route in subscriptions.routes()),
            *domain_routes(web.systems),
        ]
    )


def _given(request: Request, shelved: Shelved) -> Response:
    headers = validators(shelved.etag, shelved.modified)
    if is_unchanged(request.headers, etag=shelved.etag, modified=shelved.modified):
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    return _BigFileResponse(shelved.file, headers=headers, media_type=shelved.media_type)
