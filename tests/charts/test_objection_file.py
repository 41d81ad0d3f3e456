"""The file of objections and answers on paper."""

from __future__ import annotations

import re

import pytest

from bot.charts.papers.objection_file import ObjectionFile, ObjectionSheet, Passage, objection_file


def _file(*texts: str) -> ObjectionFile:
    sheets = tuple(
        ObjectionSheet(
            f"{number}. 张䶮 · 第一党支部", "异议事项：10月“主讲党课”",
            (Passage("提出异议时的公示内容", ("本季 60 分",)), Passage("异议内容", (), text)), "已办结",
        )
        for number, text in enumerate(texts, 1)
    )  # fmt: skip
    return ObjectionFile("2026年第4季度异议与答复", "某某银行党委", "异议", "请勿外传。", sheets)


def _pages(content: bytes) -> int:
    (pages,) = re.findall(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", content)
    return int(pages)


def test_long_texts_run_over_as_many_pages_as_they_need() -> None:
    """Nothing is cut: forty of the longest take several pages, none takes one."""
    assert _pages(objection_file(_file())) == 1
    assert _pages(objection_file(_file("请核对。"))) == 1
    assert _pages(objection_file(_file(*["经核对签到表与台账记录。" * 42] * 40))) > 10


@pytest.mark.parametrize("text", ['#panic("x")', '"]) #panic()', "$ x $ *b* _i_ @ref <label>", "\\u{0}", "王\x00芳"])
def test_what_somebody_wrote_is_never_read_as_code(text: str) -> None:
    """It is printed, not carried out."""
    assert _pages(objection_file(_file(text))) == 1


def test_rare_characters_are_written_and_missing_ones_have_a_substitute() -> None:
    """Our font alone is inside; what it lacks is the printers' 〓."""
    fonts = re.findall(rb"/FontName/[A-Z]+\+([\w-]+)", objection_file(_file("䶮堃喆")))
    assert set(fonts) == {b"NotoSansSC-Regular"}
    assert objection_file(_file("好🎉")) == objection_file(_file("好〓"))


def test_lines_stay_lines() -> None:
    """What was written on two lines is not run together."""
    assert objection_file(_file("一\n二")) != objection_file(_file("一 二"))
