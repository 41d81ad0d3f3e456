"""Made-up branches and people for the gallery, the bench and the tests of pictures and papers."""

from __future__ import annotations

import random
from decimal import Decimal

from bot.charts.facts import (
    BranchStanding,
    DimensionPoints,
    MonthPoints,
    Overview,
    OverviewWords,
    PartPoints,
    Portrait,
    PortraitWords,
    Standing,
    Standings,
    StandingsWords,
)
from bot.charts.papers.qr_sheet import InviteCard, InviteSheet, InviteWords

STANDINGS_ZH = StandingsWords(line="70 分线", not_rated="未评定")
STANDINGS_EN = StandingsWords(line="line at 70", not_rated="Not rated")
OVERVIEW_ZH = OverviewWords("平均分", "最低–最高", "完成", "全行平均 84.6", "未评定")
OVERVIEW_EN = OverviewWords("Mean", "Lowest–highest", "Rated", "All branches 84.6", "not rated")
PORTRAIT_ZH = PortraitWords(
    total="本季积分",
    rank="支部排名",
    dimensions="四个维度",
    parts="三类积分",
    months="近十二个月",
    own="本人",
    branch_mean="支部平均",
    not_rated="未评定",
    vetoed="一票否决，全年积分为 0",
)
PORTRAIT_EN = PortraitWords(
    total="Points this quarter",
    rank="Rank in the branch",
    dimensions="Four dimensions",
    parts="Three classes",
    months="Last twelve months",
    own="Own",
    branch_mean="Branch mean",
    not_rated="Not rated",
    vetoed="Vetoed: the year's points are 0",
)
PARTS_ZH = ("基础", "先锋模范", "贡献", "加分")
PARTS_EN = ("Base", "Vanguard", "Contribution", "Bonus")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_NAME = "阿卜杜热合曼·麦麦提吐尔逊·买买提艾力"
RARE_NAMES = ("王喆", "李堃", "张䶮", "陈𬭎", LONG_NAME, "欧阳若曦", "赵一", "Aybek Yusup")

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = ("伟", "芳", "建国", "秀英", "敏", "静", "志强", "丽", "军", "洋", "艳", "勇", "海燕", "杰", "思远", "文博")


def name(dice: random.Random) -> str:
    """A common name that is nobody's."""
    return dice.choice(_SURNAMES) + dice.choice(_GIVEN)


def _parts(dice: random.Random, *, bonus: bool = False) -> tuple[Decimal, ...]:
    return (
        Decimal(dice.randint(450, 600)) / 10,
        Decimal(dice.randint(60, 290)) / 10,
        Decimal(dice.randint(0, 95)) / 10,
        Decimal(dice.randint(0, 50)) / 10 if bonus else Decimal(0),
    )


def rows(
    count: int, *, own: int | None = None, names: tuple[str, ...] = (), bonus: bool = False
) -> tuple[Standing, ...]:
    """So many rated members, best first, with ties where the dice want them; `own` is the index of the reader's row."""
    dice = random.Random(count)
    splits = sorted((_parts(dice, bonus=bonus) for _ in range(count)), key=sum, reverse=True)
    if count > 4:
        splits[2] = splits[1]
    totals = [sum(split, Decimal(0)) for split in splits]
    called = [*names, *(name(dice) for _ in range(count - len(names)))]
    return tuple(
        Standing(totals.index(total) + 1, called[number], total, splits[number], own=number == own)
        for number, total in enumerate(totals)
    )


def standings(
    listed: tuple[Standing, ...], *, title: str = "第一党支部 积分榜", parts: tuple[str, ...] = PARTS_ZH
) -> Standings:
    """A branch's standings in Chinese."""
    return Standings(
        title=title,
        subtitle=f"2026 年第四季度 · 公示于 2027 年 1 月 15 日 · 党员 {len(listed)} 人",
        footer="公示 5 个工作日，如有异议请在 1 月 21 日前向支部提出。",
        rows=listed,
        words=STANDINGS_ZH,
        parts=parts,
    )


def unrated(count: int) -> tuple[Standing, ...]:
    """So many members who are not rated."""
    dice = random.Random(-count)
    reasons = ("长期病假", "借调", "本季转入", "")
    return tuple(Standing(None, name(dice), None, note=reasons[number % 4]) for number in range(count))


def all_standings() -> dict[str, Standings]:
    """The ordinary branch and every edge of it."""
    tied = tuple(
        Standing(1, row.name, Decimal(86), (Decimal(58), Decimal(22), Decimal(6), Decimal(0))) for row in rows(12)
    )
    vetoed = Standing(12, "罗志强", Decimal(0), note="一票否决")
    english = Standings(
        title="First Branch: standings",
        subtitle="Fourth quarter of 2026 · published on 15 January 2027 · 10 members",
        footer="Published for 5 working days; objections until 21 January.",
        rows=rows(10, own=3),
        words=STANDINGS_EN,
        parts=PARTS_EN[:3],
    )
    masked = tuple(Standing(row.rank, "＊＊＊", row.points, row.parts, row.own) for row in rows(8, own=5))
    return {
        "11": standings((*rows(9, own=4), *unrated(2))),
        "24": standings((*rows(22, own=8, names=RARE_NAMES, bonus=True), *unrated(2))),
        "60": standings(
            (*rows(58, own=40), *unrated(2)), title="某某银行某某分行机关第一联合党支部 2026 年第四季度积分榜"
        ),
        "one": standings(rows(1, own=0)),
        "two": standings(rows(2)),
        "tied": standings(tied),
        "unrated": standings(unrated(6)),
        "vetoed": standings((*rows(11), vetoed)),
        "single-bar": standings(tuple(Standing(row.rank, row.name, row.points) for row in rows(8)), parts=()),
        "masked": standings(masked),
        "en": english,
    }


def branches(count: int) -> tuple[BranchStanding, ...]:
    """So many branches, best first; the last is not rated yet if there are more than two."""
    dice = random.Random(count)
    means = sorted((Decimal(dice.randint(720, 940)) / 10 for _ in range(count)), reverse=True)
    listed = []
    for number, mean in enumerate(means, start=1):
        entitled = dice.randint(5, 22)
        low, high = mean - Decimal(dice.randint(20, 190)) / 10, mean + Decimal(dice.randint(10, 90)) / 10
        rated = entitled - (dice.randint(1, 3) if number % 7 == 0 else 0)
        listed.append(BranchStanding(f"第{number}党支部", mean, low, high, rated, entitled, own=number == 5))
    if count > 2:
        listed[-1] = BranchStanding("国际业务部党支部", None, None, None, 0, 14)
        listed[0] = BranchStanding("个人金融部与私人银行联合党支部", means[0], means[0] - 8, Decimal(103), 20, 20)
    return tuple(listed)


def overview(count: int) -> Overview:
    """An overview of so many branches in Chinese."""
    return Overview(
        title="各党支部积分总览",
        subtitle=f"2026 年第四季度 · {count} 个党支部 · 党员 253 人",
        footer="仅供党委和各支部负责人使用。",
        branches=branches(count),
        words=OVERVIEW_ZH,
        mean=Decimal("84.6"),
    )


def all_overviews() -> dict[str, Overview]:
    """The organisation of 24 branches and its edges."""
    english = Overview(
        title="All branches",
        subtitle="Fourth quarter of 2026 · 5 branches",
        footer="For the committee and the leaders of the branches.",
        branches=tuple(
            BranchStanding(f"Branch {number}", Decimal(92 - number), Decimal(70), Decimal(99), 9, 10)
            for number in range(5)
        ),
        words=OVERVIEW_EN,
        mean=Decimal("84.6"),
    )
    return {"24": overview(24), "60": overview(60), "one": overview(1), "en": english}


def portrait(**changes: object) -> Portrait:
    """An ordinary member's portrait in Chinese, with what the caller wants otherwise."""
    ordinary: dict[str, object] = {
        "name": "张思远",
        "subtitle": "第一党支部 · 2026 年第四季度",
        "footer": "只发给本人。对分数有异议，可在公示期内提出。",
        "total": Decimal("88.47"),
        "rank": 3,
        "rated": 18,
        "dimensions": (
            DimensionPoints("思想先锋", Decimal("28.5"), Decimal(32), Decimal("25.1")),
            DimensionPoints("作风先锋", Decimal("21.33"), Decimal(24), Decimal("21.9")),
            DimensionPoints("履职先锋", Decimal("27"), Decimal(30), Decimal("22.4")),
            DimensionPoints("公益先锋", Decimal("11.64"), Decimal(14), Decimal("7.6")),
        ),
        "parts": (
            PartPoints("基础", Decimal("58.2"), Decimal(60)),
            PartPoints("先锋模范", Decimal("23.27"), Decimal(30)),
            PartPoints("贡献", Decimal("7"), Decimal(10)),
        ),
        "months": months(78, 81, None, 84, 83, 90, 92, None, None, 86, 88, 91),
        "words": PORTRAIT_ZH,
    }
    return Portrait(**(ordinary | changes))  # type: ignore[arg-type]


def months(*points: int | None) -> tuple[MonthPoints, ...]:
    """Months from January on; None is one that does not count."""
    return tuple(
        MonthPoints(f"{number}月", None if value is None else Decimal(value))
        for number, value in enumerate(points, start=1)
    )


def invites(count: int) -> InviteSheet:
    """The invites of a branch of so many people, some with names that are hard to set."""
    dice = random.Random(count)
    called = [*RARE_NAMES, *(name(dice) for _ in range(count))][:count]
    return InviteSheet(
        branch="第一党支部",
        organisation="某某银行某某分行党委",
        cards=tuple(
            InviteCard(person, f"A{1000 + number}", f"https://t.me/made_up_bot?start=Zk3v9QpLx2RtY7mNcW4b{number:02}")
            for number, person in enumerate(called)
        ),
        words=InviteWords(
            title="第一党支部 绑定二维码",
            instruction="请沿虚线剪开，当面交给本人。用手机扫码，在对话中点击“开始”即可绑定。每码仅限本人使用一次。",
            staff_no="工号",
            footer="14 天内有效，至 2026 年 12 月 6 日。",
        ),
    )


def all_portraits() -> dict[str, Portrait]:
    """The ordinary member and every edge."""
    dimensions, parts = portrait().dimensions, portrait().parts
    return {
        "ordinary": portrait(),
        "first-month": portrait(months=months(*[None] * 9, 86, None, None)),
        "not-rated": portrait(
            total=None,
            rank=None,
            dimensions=tuple(DimensionPoints(d.label, None, d.full, d.branch_mean) for d in dimensions),
            parts=tuple(PartPoints(part.label, None, part.full) for part in parts),
            months=months(*[None] * 12),
        ),
        "over-100": portrait(
            total=Decimal("104.5"),
            rank=1,
            parts=(*parts, PartPoints("加分", Decimal("8"), None)),
            months=months(88, 90, 95, 97, 99, 100, 100, 101, 102, 103, 104, 104),
            name=LONG_NAME,
        ),
        "vetoed": portrait(total=Decimal(0), rank=18, vetoed=True, months=months(70, 66, 71, 0, 0, 0)),
        "en": portrait(
            name="Aybek Yusup",
            subtitle="First Branch · fourth quarter of 2026",
            footer="Sent to you alone.",
            words=PORTRAIT_EN,
            dimensions=tuple(
                DimensionPoints(label, d.points, d.full, d.branch_mean)
                for label, d in zip(("Thought", "Conduct", "Duty", "Welfare"), dimensions, strict=True)
            ),
            parts=tuple(
                PartPoints(label, part.points, part.full) for label, part in zip(PARTS_EN, parts, strict=False)
            ),
            months=tuple(MonthPoints(label, Decimal(80 + number)) for number, label in enumerate(MONTHS_EN)),
        ),
    }
