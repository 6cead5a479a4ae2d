"""eclor flow: what a service's agent orders of one flow, in her own name. Its people read French."""

from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from catalog.flow_orders import Order, OrderBook, give
from catalog.flows import declared_flows
from charter.acting import Desk, Signatory, acknowledged
from charter.demonstration import demonstration_key
from eclor.cli.key import PassphraseEnv, opened_key
from eclor.cli.refusing import refusing
from eclor.drafting import office
from eclor.errors import SettingsRefused
from eclor.house import machine_world
from eclor.names import PersonId
from eclor.sentences.flows import ORDERED
from eclor.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Pause, resume or rerun one flow.")

Name: TypeAlias = Annotated[str, typer.Argument(help="The flow, as eclor flows names it: SOURCE/JEU.")]
Person: TypeAlias = Annotated[str, typer.Option("--as", help="Who orders it: an identifier of roles.yaml.")]
Key: TypeAlias = Annotated[
    Path | None, typer.Option(help="Her private key's file; only a demonstration's people need none.")
]
_HELP: Final = {
    Order.PAUSE: "Ask its source nothing until someone resumes it; what is published stays.",
    Order.RESUME: "Ask its source again, now and at its pace.",
    Order.RERUN: "Ask its source now, without waiting for its next run.",
}


@app.callback()
def _flow() -> None:
    """Pause, resume or rerun one flow."""


def _command(order: Order) -> None:
    """Register the command of an order."""

    def ordered(name: Name, person: Person, *, key: Key = None, passphrase_env: PassphraseEnv = "") -> None:
        with refusing():
            by = _acknowledged(person, key, passphrase_env)
            settings = Settings()
            if name not in {flow.name for flow in declared_flows(settings.territory / "sources").flows}:
                raise SettingsRefused("flow.unknown", flow=name)
            desk = office(settings).desk
            give(order, name, by, OrderBook(settings.home, desk.journal, machine_world(settings.home)))
        typer.echo(ORDERED[order.value].format(flow=name, person=by))

    app.command(order.value, help=_HELP[order])(ordered)


def _acknowledged(person: str, key: Path | None, passphrase_env: str) -> PersonId:
    """Return who orders. Refuses one of no adopted role, and a key that is not hers, as every act does."""
    secret = demonstration_key(person) if key is None else opened_key(key, passphrase_env=passphrase_env)
    desk: Desk = office(Settings()).desk
    return PersonId(acknowledged(Signatory(person, secret), desk).identifier)


for _order in Order:
    _command(_order)
