"""A whole conversation leaves nothing in the log that names anybody, quotes anybody, or opens a door."""

from __future__ import annotations

import pytest

from bot.logs import configure_logs
from tests.conversations.conftest import PEOPLE, Stage
from tests.conversations.rated import OCTOBER, form_of

TOKEN = "42:TEST"
SAID = "昨天组织大家去敬老院"


async def test_the_log_of_a_conversation_is_free_of_names_texts_and_secrets(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    """At the most talkative level: binding, answering, notes, refusals, failures, reminders, a letter refused."""
    configure_logs("DEBUG", [TOKEN])
    zhang, wang = await stage.open_october("张伟", "王书记")
    invite = stage.tokens["张伟"]
    await zhang.says(SAID)
    await zhang.says("/form")
    await zhang.says("/member 103")
    stage.box.fault(method="sendMessage", code=400, description=f"Bad Request: {SAID}", times=1)
    await wang.says("/desk")
    stage.box.fault(method="editMessageText", code=500, times=1)
    await wang.sees("10月")
    await wang.taps(data="d:2026-10:0")
    await zhang.blocks()
    form = await form_of(stage, "张伟", OCTOBER)
    stage.box.deliver({"message": {"nonsense": SAID, "name": "张伟"}})
    stage.box.deliver({"callback_query": {"id": "1", "data": f"fi:{form.form_id}:{SAID}"}})
    await stage.travel("2026-11-01 09:00")
    logged = "".join(capfd.readouterr())
    assert "level=" in logged
    assert [trace for trace in (*PEOPLE, SAID, TOKEN, invite, str(zhang.user_id)) if trace in logged] == []
