"""`studio carts`: its subcommands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.cli.plainly import plainly
from studio.values.cart import CartKind

carts = typer.Typer(help="Carts: jingles, beds, songs and recordings that are kept.", no_args_is_help=True)


@carts.command("add")
@plainly
def add(
    file: Annotated[Path, typer.Argument(help="A sound file in any usual format.")],
    kind: Annotated[CartKind, typer.Option(help="The part it plays.")],
    rights: Annotated[
        str | None, typer.Option(help="Who holds the rights; without this it does not air unless the unit allows it.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="Under which licence it is used.")] = None,
    name: Annotated[str | None, typer.Option(help="Its name; default: the file's. Its id is made from it.")] = None,
    consent: Annotated[
        Path | None, typer.Option(help="A person's consent as TOML: person, given, purpose, until.")
    ] = None,
    person: Annotated[str | None, typer.Option(help="Whose voice it is, in place of --consent.")] = None,
    given: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="When that person agreed.")] = None,
    purpose: Annotated[str | None, typer.Option(help="What that person agreed to.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day of the consent.")] = None,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="It was made by a machine.")] = False,
    cue_in: Annotated[
        int | None, typer.Option(metavar="MS", min=0, help="Where it starts; default: 40 dB under its peak.")
    ] = None,
    cue_out: Annotated[int | None, typer.Option(metavar="MS", min=0, help="Where it ends, likewise.")] = None,
    loop_in: Annotated[int | None, typer.Option(metavar="MS", min=0, help="A bed goes on from here …")] = None,
    loop_out: Annotated[int | None, typer.Option(metavar="MS", min=0, help="… each time it comes here.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the cart of that name.")] = False,
) -> None:
    """Check a sound, convert it once and keep it with its card; prints its id."""
    from studio.cli.carts import AskedConsent, add_file
    from studio.ports import NewCart

    new = NewCart(
        kind=kind,
        name=name,
        rights=rights,
        licence=licence,
        synthetic=synthetic,
        cue_in_ms=cue_in,
        cue_out_ms=cue_out,
        loop_in_ms=loop_in,
        loop_out_ms=loop_out,
        replace=replace,
    )
    add_file(file, new, AskedConsent(consent, person, given, purpose, until))


@carts.command("list")
@plainly
def list_all(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the carts: id, kind, duration, level, rights, name."""
    from studio.cli.carts import list_cards

    list_cards(as_json=as_json)


@carts.command("show")
@plainly
def show(
    cart: Annotated[str, typer.Argument(help="A cart's id or name.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show all that is known of a cart, and where its picture lies."""
    from studio.cli.carts import show_card

    show_card(cart, as_json=as_json)


@carts.command("remove")
@plainly
def remove(cart: Annotated[str, typer.Argument(help="A cart's id or name.")]) -> None:
    """Take a cart away, its sound too where nothing else uses it."""
    from studio.cli.carts import remove_cart

    remove_cart(cart)
