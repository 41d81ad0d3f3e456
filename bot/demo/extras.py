"""The members of the demo: they come in by their invites, and hand in their forms, each after his own temper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Final

from bot.demo.phone import Phone
from bot.domain.actions.binding import ConfirmBinding
from bot.domain.actions.form import AnswerCount, AnswerGrade, AnswerRest, AskNote, OpenForm, SubmitForm
from bot.domain.forms import Form, FormState
from bot.domain.people import Person as Member

# Item, act and how often at most, as the default table names them.
HABITS: Final = (
    ("lecture", "given", 2), ("integrity", "example", 2), ("pairing", "help", 2),
    ("volunteer", "volunteer", 8), ("disabled_help", "help", 2), ("suggestion", "adopted", 2),
)  # fmt: skip
SHORTCOMINGS: Final = (("post", "mostly"), ("post", "partly"), ("pledge", "partly"))
PROJECT: Final = ("innovation", "project")
PAPER: Final = ("攻坚小结.txt", "本月完成一项流程优化，办理时间缩短三分之一。".encode())

USUAL_CLAIMS, FEWEST_CLAIMS = 3.9, 1.0
_SPREAD_OF_BRANCHES, _SPREAD_OF_PEOPLE, _SPREAD_OF_MONTHS = 1.1, 1.3, 0.7
_IN_FULL, _FALLS_SHORT, _HAS_A_PROJECT = 0.85, 0.08, 5.0


class Extras:
    """Those who act, by member id; `tokens` are the invites of those who are not bound yet."""

    def __init__(self, phones: Mapping[int, Phone], tokens: Mapping[int, str]) -> None:
        self._phones = phones
        self._tokens = tokens

    async def enter(self, members: Iterable[Member]) -> None:
        """Everybody opens his invite and says yes; who is bound already says hello."""
        for member in members:
            phone, token = self._phones[member.member_id], self._tokens.get(member.member_id)
            await phone.writes(f"/start {token}" if token else "/start")
            await phone.taps(ConfirmBinding)

    async def hand_in(self, form: Form) -> None:
        """Claim what was done, confirm the rest and hand it in; what came back is handed in as it is."""
        phone = self._phones[form.member_id]
        if not phone.shows(AnswerRest, form_id=form.form_id):
            await phone.taps(OpenForm, form_id=form.form_id)
        if form.state is FormState.OPEN and phone.shows(AnswerRest, form_id=form.form_id):
            await self._answer(phone, form)
        await phone.taps(SubmitForm, form_id=form.form_id)

    async def _answer(self, phone: Phone, form: Form) -> None:
        random = Random(f"{form.member_id} {form.month}")
        claims = _zeal(form) + random.gauss(0, _SPREAD_OF_MONTHS)
        for item, act, most in random.sample(HABITS, max(0, min(len(HABITS), round(claims)))):
            await phone.sends(AnswerCount(form.form_id, item, act, most if random.random() < _IN_FULL else 1))
        if claims > _HAS_A_PROJECT:
            await phone.sends(AskNote(form.form_id, PROJECT[0]))
            await phone.sends_file(*PAPER)
            await phone.sends(AnswerCount(form.form_id, *PROJECT, 1))
        if random.random() < _FALLS_SHORT:
            await phone.sends(AnswerGrade(form.form_id, *random.choice(SHORTCOMINGS)))
        await phone.sends(AnswerRest(form.form_id))


def _zeal(form: Form) -> float:
    """How many things somebody does in a month: each branch and each person has a habit."""
    branch, person = Random(f"branch {form.branch_id}"), Random(f"member {form.member_id}")
    habit = USUAL_CLAIMS + branch.gauss(0, _SPREAD_OF_BRANCHES) + person.gauss(0, _SPREAD_OF_PEOPLE)
    return max(FEWEST_CLAIMS, habit)
