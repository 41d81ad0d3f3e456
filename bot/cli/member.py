"""Erasing somebody who has left: the operator proposes, two of the committee agree in chat."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.commanding import carry_out, commands
from bot.cli.speaking import marked as _

member = commands(_("One person: erase what is stored about somebody who has left."))


@member.command("erase", help=_("Propose to erase who has left; two of the committee agree to it."))
def _erase(
    staff_no: Annotated[str, typer.Argument(metavar="STAFF_NO", help=_("The staff number on the roster."))],
    withdraw: Annotated[bool, typer.Option("--withdraw", help=_("Take the proposal back."))] = False,
) -> None:
    carry_out("erasing.withdraw" if withdraw else "erasing.propose", staff_no)
