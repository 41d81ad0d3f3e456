"""The poster for the wall of the Party room."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.charts import font
from bot.charts.papers.poster import Poster, PosterNote, PosterRow, posters
from tests.charts.paper_reader import pages, size_mm, text

ODD = ("李喆", "王堃", "张䶮", "阿卜杜热依木·买买提江", "欧阳娜娜·103")


def rows(n: int) -> tuple[PosterRow, ...]:
    """So many members, the first two with equal points, the first of them on the red list."""
    names = [*ODD, *(f"王{number}" for number in range(n))][:n]
    found = []
    for place, name in enumerate(names, start=1):
        points = Decimal("91.25") if place < 3 else Decimal(90) - place
        parts = (min(points, Decimal(60)), max(Decimal(0), points - 60), Decimal(0))
        found.append(PosterRow("1" if place < 3 else str(place), name, points, parts, on_red_list=place == 1))
    return tuple(found)


def poster(n: int = 5, branch: str = "第一党支部", **changes: object) -> Poster:
    """A branch of so many."""
    facts = {
        "title": branch, "organisation": "示范分行党委", "heading": "2026年第4季度积分公示",
        "dates": "公示期：2027年1月15日至1月21日", "end": "异议截止：1月21日 24:00",
        "red_list": "红榜", "red_names": "",
        "columns": ("名次", "姓名", "积分"), "parts": ("基础积分", "先锋模范积分", "贡献积分"), "rows": rows(n),
        "not_rated": "未评分：吴芳",
        "notes": (
            PosterNote("如何提出异议", ("发送 /objection。" * 6,)),
            PosterNote("积分说明", ("同分同名次。", "发送 /why。")),
        ),
        "footer": "台账截至第 1234 条",
    }  # fmt: skip
    return Poster(**{**facts, **changes})


@pytest.mark.parametrize("n", [0, 1, 5, 20, 21, 40, 41, 60, 120])
def test_a_branch_of_any_size_is_one_sheet_of_a3(n: int):
    """Five or sixty: everybody stands on it, and there is no second page."""
    content = posters((poster(n),))
    assert pages(content) == 1
    assert size_mm(content) == (297, 420)
    written = text(content)
    assert all(row.name in written for row in rows(n))
    for said in (
        "第一党支部",
        "2026年第4季度积分公示",
        "异议截止：1月21日24:00",
        "未评分：吴芳",
        "如何提出异议",
        "台账截至第1234条",
    ):
        assert said in written


def test_no_character_is_missing():
    """Rare characters of names are written as they are; what the font lacks has the printers' substitute."""
    written = text(posters((poster(5),)))
    assert "\ufffd" not in written
    assert all(name in written for name in ODD)
    assert posters((poster(1, title="王🎉"),)) == posters((poster(1, title="王" + font.SUBSTITUTE),))


def test_points_stand_under_each_other():
    """Each has one decimal, half up; equal points share the rank."""
    written = text(posters((poster(3),)))
    assert written.count("91.3") == 2
    assert "87.0" in written


def test_the_red_list_is_marked_and_nobody_else():
    """Once, at the name; with hidden names it is a line of its own instead."""
    assert text(posters((poster(5),))).count("红榜") == 1
    plain = tuple(PosterRow(row.rank, "某同志", row.points, row.parts, on_red_list=False) for row in rows(3))
    hidden = text(posters((poster(rows=plain, red_names="李喆"),)))
    assert hidden.count("红榜") == hidden.count("李喆") == 1


def test_each_branch_has_its_own_sheet():
    """All branches come as one file, a page each."""
    content = posters((poster(5), poster(60, "第二党支部"), poster(0, "第三党支部")))
    assert pages(content) == 3
    assert "第二党支部" in text(content)


def test_long_names_and_many_notes_stay_on_the_sheet():
    """The longest texts that a branch can have do not push anything off."""
    long = "营业部与个人金融部及公司金融部联合党支部委员会第一小组" * 2
    notes = tuple(
        PosterNote("更正情况", tuple(f"1月{day}日：欧阳娜娜 70 → 72" for day in range(16, 21))) for _ in range(3)
    )
    names = "、".join(f"阿卜杜热依木{number}" for number in range(12))
    content = posters((poster(60, long, notes=notes, not_rated=f"未评分：{names}"),))
    assert pages(content) == 1
    assert long in text(content)


def test_nothing_in_it_is_read_as_code():
    """Whatever a name holds is printed, not carried out."""
    row = PosterRow("1", '#panic("x") $ *b* @a', Decimal(60), (Decimal(60),), on_red_list=True)
    assert '#panic("x")$*b*@a' in text(posters((poster(rows=(row,)),)))
