"""`studio carts`: its subcommands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.cli.plainly import plainly
from studio.values.cart import CartKind

carts = typer.Typer(help="Carts: jingles, beds, songs and recordings that are kept.", no_args_is_help=True)

CartName = Annotated[str, typer.Argument(help="A cart's id or name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Rights = Annotated[
    str | None, typer.Option(help="Who holds the rights; without this it does not air unless the unit allows it.")
]
Licence = Annotated[str | None, typer.Option(help="Under which licence it is used.")]
ConsentFile = Annotated[
    Path | None, typer.Option("--consent", help="A person's consent as TOML: person, given, purpose, until.")
]
Person = Annotated[str | None, typer.Option(help="Whose voice it is, in place of --consent.")]
Given = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="When that person agreed.")]
Purpose = Annotated[str | None, typer.Option(help="What that person agreed to.")]
Until = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day of the consent.")]
CueIn = Annotated[
    int | None, typer.Option(metavar="MS", min=0, help="Where it starts; found at 40 dB under its own peak.")
]
CueOut = Annotated[int | None, typer.Option(metavar="MS", min=0, help="Where it ends, likewise.")]
LoopIn = Annotated[int | None, typer.Option(metavar="MS", min=0, help="A bed goes on from here …")]
LoopOut = Annotated[int | None, typer.Option(metavar="MS", min=0, help="… each time it comes here.")]


@carts.command("add")
@plainly
def add(
    file: Annotated[Path, typer.Argument(help="A sound file in any usual format.")],
    kind: Annotated[CartKind, typer.Option(help="The part it plays.")],
    rights: Rights = None,
    licence: Licence = None,
    name: Annotated[str | None, typer.Option(help="Its name; default: the file's. Its id is made from it.")] = None,
    consent: ConsentFile = None,
    person: Person = None,
    given: Given = None,
    purpose: Purpose = None,
    until: Until = None,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="It was made by a machine.")] = False,
    cue_in: CueIn = None,
    cue_out: CueOut = None,
    loop_in: LoopIn = None,
    loop_out: LoopOut = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the cart of that name.")] = False,
) -> None:
    """Check a sound, convert it once and keep it with its card; prints id, kind, duration, level, rights, name."""
    from studio.cli.carts import AskedConsent, add_file
    from studio.ports import NewCart

    agreed = AskedConsent(consent, person, given, purpose, until).read()
    points = (cue_in, cue_out, loop_in, loop_out)
    add_file(file, NewCart(kind, name, rights, licence, agreed, synthetic, *points, replace))


@carts.command("change")
@plainly
def change(
    cart: CartName,
    rights: Rights = None,
    licence: Licence = None,
    consent: ConsentFile = None,
    person: Person = None,
    given: Given = None,
    purpose: Purpose = None,
    until: Until = None,
    cue_in: CueIn = None,
    cue_out: CueOut = None,
    loop_in: LoopIn = None,
    loop_out: LoopOut = None,
) -> None:
    """Change what is said of a cart or where it is cut; what is not given stays."""
    from studio.cli.carts import AskedConsent, change_cart
    from studio.ports import CartChange

    agreed = AskedConsent(consent, person, given, purpose, until).read()
    change_cart(cart, CartChange(rights, licence, agreed, cue_in, cue_out, loop_in, loop_out))


@carts.command("list")
@plainly
def list_all(as_json: AsJson = False) -> None:
    """List the carts: id, kind, duration, level, rights, name."""
    from studio.cli.carts import list_cards

    list_cards(as_json=as_json)


@carts.command("show")
@plainly
def show(cart: CartName, as_json: AsJson = False) -> None:
    """Show all that is known of a cart, and where its picture lies."""
    from studio.cli.carts import show_card

    show_card(cart, as_json=as_json)


@carts.command("remove")
@plainly
def remove(cart: CartName) -> None:
    """Take a cart away, its sound too where nothing else uses it."""
    from studio.cli.carts import remove_cart

    remove_cart(cart)
