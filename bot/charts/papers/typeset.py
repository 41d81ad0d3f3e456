"""A typst template of this folder and plain data become a PDF, offline and with our font alone.

The data reaches the template as one JSON string, and every text in it is shown as it is. The font is embedded; what
it cannot write has been substituted. The same data gives the same bytes: a paper carries no time of its making.
What typesets is loaded with the first paper: whoever only gathers what stands on one must not carry it in memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.scoring.points import round_half_up

if TYPE_CHECKING:
    import typst

Data = str | int | bool | None | list["Data"] | Mapping[str, "Data"]


_TENTH = Decimal("0.1")


def tenth(value: Decimal) -> str:
    """Points to a tenth always, half up, so that in a column they stand under each other: "60.0", "86.5"."""
    return f"{round_half_up(value, _TENTH):.1f}"


def pdf(template: str, data: Mapping[str, Data]) -> bytes:
    """The paper of `template` (a name without .typ), which reads `data` as `sys.inputs.data`."""
    import typst

    source = files(__package__).joinpath(f"{template}.typ").read_bytes()
    inputs = {"data": json.dumps(_writable(data), ensure_ascii=False)}
    return typst.compile(source, font_paths=_fonts(), sys_inputs=inputs, format="pdf")


@cache
def _fonts() -> typst.Fonts:
    import typst

    from bot.charts import font

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font.font_path().parent)]
    )


def _writable(data: Data) -> Data:
    """The same data with all its texts reduced to what the font can write."""
    from bot.charts import font

    if isinstance(data, str):
        return font.writable(data)
    if isinstance(data, list):
        return [_writable(entry) for entry in data]
    if isinstance(data, Mapping):
        return {key: _writable(entry) for key, entry in data.items()}
    return data
