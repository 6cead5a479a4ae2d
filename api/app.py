"""The application: parts opened once, routes put together; composition only."""

import gc
from asyncio import CancelledError, create_task
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.routing import BaseRoute

from api.answers import Answers
from api.finder import Finder
from api.guard import Guard
from api.hot import HotApplication, HotRoute
from api.live import Broadcast
from api.makings import Makings
from api.moments import Moments
from api.pages.errors import error_page
from api.pages.site import Site
from api.parts import ErrorPage, Parts
from api.problems import Wall
from api.row_files import RowFiles
from api.scans import Scans
from api.shelf import Shelf
from api.turns import Turns
from api.words import Words
from catalog import flow_orders, public_points
from catalog.catalogue import open_catalog
from eclor.identity import read_identity
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World

FAMILIES: Final = (
    "records",
    "files",
    "workbooks",
    "descriptors",
    "differences",
    "validations",
    "search",
    "live",
    "flows",
    "quality",
    "ckan",
    "portal",
    "health",
    "dcat",
    "ogc",
    "feeds",
    "discovery",
    "register",
    "pages",
    "static",
)
"""The families of `api/routes`, in the order in which a request tries them."""


def create_app(settings: Settings) -> FastAPI:
    """Return the application of a home: its catalogue open, brought to the newest shape; closed at shutdown."""
    parts = open_parts(settings)
    parts = replace(parts, error_page=error_page(Site(parts.identity, settings.origin, parts.moments)))
    routes = [route for family in FAMILIES for route in _routes(family)(parts)]
    app = HotApplication(
        title=parts.identity.name,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=Wall(parts).handlers(),
        lifespan=_lifespan(parts),
        routes=routes,
    )
    app.state.parts = parts
    app.guard = Guard(parts, routes)
    app.hot = tuple(route for route in routes if isinstance(route, HotRoute))
    return app


def open_parts(settings: Settings, error_page: ErrorPage | None = None) -> Parts:
    """Open the parts of one worker."""
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(settings.home / "keys"))
    catalog = open_catalog(settings, world)
    shelf = Shelf(catalog.engine, world.clock)
    makings = Makings()
    return Parts(
        settings=settings,
        identity=read_identity(settings.territory),
        shelf=shelf,
        rows=RowFiles(catalog.published),
        scans=Scans(catalog.published, Turns()),
        answers=Answers(),
        finder=Finder(catalog.published, settings.territory / "zones"),
        broadcast=Broadcast(catalog.engine, shelf),
        makings=makings,
        moments=Moments(shelf.dates, _watched(settings)),
        words=Words(catalog.published, makings),
        error_page=error_page,
    )


def _watched(settings: Settings) -> tuple[Path, ...]:
    """Return what answers are read from beside the metadata: what is declared, journaled, signed, ordered, tried."""
    told = ("journal", "acts", flow_orders.FILE, public_points.FILE)
    return (settings.territory, *(settings.home / name for name in told))


def _routes(family: str) -> Callable[[Parts], list[BaseRoute]]:
    routes: Callable[[Parts], list[BaseRoute]] = import_module(f"api.routes.{family}").routes
    return routes


def _lifespan(parts: Parts) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        gc.freeze()  # what was imported stays: no need to look through it again and again
        polling = create_task(parts.broadcast.run())
        yield
        parts.broadcast.end()
        polling.cancel()
        with suppress(CancelledError):
            await polling
        parts.rows.close()
        parts.words.close()
        await parts.sandbox.close()
        await parts.makings.close()
        parts.scans.close()
        parts.shelf.engine.dispose()
        gc.unfreeze()  # a process may serve again

    return lifespan
