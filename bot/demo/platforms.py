"""Made-up exports of the three platforms for given people, each in the shape its platform writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bot.domain.people import MemberStatus, Person
from bot.domain.periods import Month
from bot.domain.platforms import Period, Platform
from bot.sheets.invites import harmless
from bot.sheets.workbook import Sheet, write_workbook

NAMES = {Platform.DENGTA: "灯塔", Platform.ZHINIAO: "知鸟", Platform.XUEXI: "学习强国"}
_STRANGERS = ("路晨光", "韩雨桐")
_RARE = 0.08
"""How often somebody has fewer records than a month asks for."""


def example_export(platform: Platform, period: Period, people: Iterable[Person], today: date) -> tuple[str, bytes]:
    """A file's name and content; equal input gives equal bytes. Two persons in it are not on the roster."""
    members = [person for person in people if person.status is MemberStatus.ACTIVE]
    random = Random(f"{platform} {period}")
    name = f"{NAMES[platform]}-{period}"
    match platform:
        case Platform.DENGTA:
            return f"{name}.xlsx", _dengta(members, period, random, today)
        case Platform.ZHINIAO:
            return f"{name}.csv", _zhiniao(members, period, random, today)
        case Platform.XUEXI:
            return f"{name}.xlsx", _xuexi(members, period, random, today)


def put_examples(folder: Path, period: Period, people: Sequence[Person], today: date) -> list[Path]:
    """Write all three into the folder, which is made if need be; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for platform in Platform:
        name, content = example_export(platform, period, people, today)
        files.append(folder / name)
        files[-1].write_bytes(content)
    return files


def _dengta(members: Sequence[Person], period: Period, random: Random, today: date) -> bytes:
    """Meetings of each member, by staff number."""
    held = 4 * _months(period)
    rows = []
    for person in members:
        missed = int(random.random() < _RARE)
        rows.append((person.staff_no, person.name, person.branch, held - missed, missed))
    header = ("员工编号", "姓名", "所属党组织", "参加次数", "缺席次数")
    return write_workbook([Sheet("组织生活", header, rows, title=f"灯塔—党建在线 组织生活统计 {period}")], today)


def _zhiniao(members: Sequence[Person], period: Period, random: Random, today: date) -> bytes:
    """One line a finished course, by staff number and day, in the encoding of an older Excel."""
    lines = ["工号,姓名,课程,学习时长(分钟),完成日期"]
    days = max(1, (min(period.end_day, today) - period.first_day).days)
    for person in members:
        for number in range(_records(period, random)):
            day = period.first_day + timedelta(days=random.randrange(days))
            minutes = random.randrange(20, 60)
            cells = (person.staff_no, person.name, f"专题课程{number + 1}", str(minutes), day.isoformat())
            lines.append(",".join(map(harmless, cells)))
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def _xuexi(members: Sequence[Person], period: Period, random: Random, today: date) -> bytes:
    """Points and records of each learner, by name and branch only."""
    rows: list[tuple[str, str, int, str, int]] = []
    for person in members:
        records = random.randrange(2)
        time = f"{random.randrange(1, 9)}小时{random.randrange(60)}分"
        rows.append((person.name, person.branch, records, time, random.randrange(300, 1500)))
    rows += [(name, "工会", 3, "2小时0分", 500) for name in _STRANGERS]
    header = ("姓名", "单位", "参学次数", "学习时长", "积分")
    return write_workbook([Sheet("学习情况", header, rows, title=f"学习强国 学习情况 {period}")], today)


def _records(period: Period, random: Random) -> int:
    months = _months(period)
    return months * 2 - 1 if random.random() < _RARE else months * 2 + random.randrange(2)


def _months(period: Period) -> int:
    return 1 if isinstance(period, Month) else 3
