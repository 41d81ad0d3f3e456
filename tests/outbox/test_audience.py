"""Who may read what: a letter's audience against the chat it would go to."""

from __future__ import annotations

import pytest

from bot.outbox.audience import Audience, Chat, admits

ZHANG, ZHAO, FIRST, SECOND = 1, 2, 10, 20
PRIVATE = Chat(700, member_id=ZHANG)
OTHERS = Chat(701, member_id=ZHAO)
STRANGERS = Chat(702)
GROUP = Chat(-900, branch_id=FIRST)
OTHER_GROUP = Chat(-901, branch_id=SECOND)
UNBOUND_GROUP = Chat(-902)
POSING = Chat(-903, member_id=ZHANG)


@pytest.mark.parametrize("audience", [Audience.PERSON, Audience.LEADERS])
@pytest.mark.parametrize("chat", [OTHERS, STRANGERS, GROUP, OTHER_GROUP, UNBOUND_GROUP, POSING], ids=str)
def test_what_is_for_one_person_goes_to_his_private_chat_alone(audience: Audience, chat: Chat) -> None:
    """No group, nobody else's chat, and no group that stands in a person's place."""
    assert admits(audience, ZHANG, None, PRIVATE)
    assert not admits(audience, ZHANG, None, chat)


def test_what_is_addressed_to_nobody_goes_nowhere() -> None:
    """A private letter without a reader is not for a chat without one."""
    assert not admits(Audience.PERSON, None, None, STRANGERS)


@pytest.mark.parametrize("chat", [OTHER_GROUP, UNBOUND_GROUP], ids=str)
def test_a_branchs_standings_go_to_its_own_group(chat: Chat) -> None:
    """Not to another branch's group, nor to one that is bound to none."""
    assert admits(Audience.BRANCH_GROUP, None, FIRST, GROUP)
    assert not admits(Audience.BRANCH_GROUP, None, FIRST, chat)


def test_what_is_public_goes_anywhere() -> None:
    """Nothing in it concerns anybody alone."""
    assert admits(Audience.PUBLIC, None, None, UNBOUND_GROUP)
