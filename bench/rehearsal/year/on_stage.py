"""The year on stage: the stage, what is planned, the office's sheet, and how to get at people and days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from bench.rehearsal.checker.rows import LetterBook
from bench.rehearsal.organisation import Player
from bench.rehearsal.stage import Stage
from bench.rehearsal.year.office import RosterOffice
from bench.rehearsal.year.plan import YearPlan
from bench.rehearsal.year.review import Noticed
from bot.domain.people import Department, Role

IN_THE_MORNING = "09:30"


@dataclass(slots=True)
class YearOnStage:
    """The stage with what is planned, the office's sheet, the letters and what people noticed so far."""

    stage: Stage
    plan: YearPlan
    office: RosterOffice
    letters: LetterBook
    noticed: Noticed = field(default_factory=Noticed)

    def leader(self, role: Role, department: Department | None = None) -> Player:
        """Somebody who holds this office."""
        return next(
            player
            for player in self.stage.people.players
            if any(one.role is role and department in {None, one.department} for one in player.person.offices)
        )

    @property
    def committee(self) -> Player:
        """Who acts for the committee."""
        return self.committees[0]

    @property
    def committees(self) -> list[Player]:
        """Everybody of the committee."""
        return [player for player in self.stage.people.players if player.person.holds(Role.COMMITTEE)]

    async def until(self, day: date | datetime, at: str = "10:00") -> None:
        """Let time pass until this time of this day."""
        await self.stage.travel(f"{day:%Y-%m-%d} {at}")
