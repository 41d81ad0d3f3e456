"""/mydata speaks in words: no code of ours reaches the reader."""

from __future__ import annotations

import re

import pytest

from bot.storage.personal import about_tables, is_by
from bot.storage.schema import metadata
from bot.views.stored_lines import TITLES
from tests.conversations.closing import MORE, asks, close, rated_with
from tests.conversations.conftest import Stage

CODE = re.compile(r"[a-z]{2,}[a-z_]*")
KNOWN = {"mydata"}
"""The command; everything else that a Chinese reader sees is Chinese, a number or a name of the world."""


@pytest.mark.parametrize("name", ["张伟", "冯办公室", "郑党委"])
async def test_no_code_of_ours_is_shown(stage: Stage, name: str) -> None:
    """States, kinds, languages, offices, letters, entries: each has a name in the reader's language."""
    zhang, person = await rated_with(stage, "张伟", name, 张伟=MORE)
    await close(stage)
    async with stage.app.core.store.write() as tx:
        form = (await tx.forms.of_member((await tx.people.all())[2].member_id))[0]
        await tx.forms.add_evidence(
            form.form_id, item="innovation", kind="photo", file_id="x", sha256="y", size_bytes=9, now=tx.now
        )
    text = await asks(stage, person, "/mydata")
    while "›" in person.last.labels:
        await person.taps("›", on=person.last)
        await stage.box.idle()
        text += person.last.text or ""
    assert set(CODE.findall(text.replace("Telegram", ""))) <= KNOWN
    assert zhang.name


@pytest.mark.parametrize("table", [t.name for t in metadata.sorted_tables if any(is_by(c) for c in t.columns)])
def test_every_table_in_which_somebody_acts_has_a_title(table: str) -> None:
    """Otherwise the page of whoever acted there could not be drawn at all."""
    assert table in TITLES
    assert {one.name for one in about_tables()} <= set(TITLES)
