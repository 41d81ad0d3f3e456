"""The printed invites of a branch."""

import re

import pytest

from bot.charts.papers.qr_sheet import InviteCard, InviteSheet, InviteWords, invite_sheet
from tests.charts.qr_reader import codes

WORDS = InviteWords("第一党支部 绑定二维码", "请沿虚线剪开，当面交给本人。", "工号", "14 天内有效。")


def _sheet(*names: str) -> InviteSheet:
    cards = tuple(
        InviteCard(name, f"A{number:04}", f"https://t.me/a_bot?start=t{number}") for number, name in enumerate(names)
    )
    return InviteSheet("第一党支部", "某某银行党委", cards, WORDS)


def _pages(content: bytes) -> int:
    (pages,) = re.findall(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", content)
    return int(pages)


@pytest.mark.parametrize(("people", "pages"), [(1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_twelve_cards_go_on_a_page(people: int, pages: int):
    """A branch of any size is printed whole, twelve cards a page."""
    content = invite_sheet(_sheet(*["王芳"] * people))
    assert content.startswith(b"%PDF")
    assert _pages(content) == pages


def test_the_font_goes_with_the_paper():
    """The paper prints the same everywhere: our font is inside, and no other."""
    fonts = re.findall(rb"/FontName/[A-Z]+\+([\w-]+)", invite_sheet(_sheet("张䶮", "Aybek")))
    assert set(fonts) == {b"NotoSansSC-Regular"}


@pytest.mark.parametrize(
    "name", ['#panic("x")', '"]) #panic()', "$ x $ *b* _i_ @ref <label>", "\\u{0}", "王\x00芳", "🎉"]
)
def test_a_name_is_never_read_as_code(name: str):
    """Whatever a name holds is printed, not carried out: the same card is one page, and an ordinary one."""
    assert _pages(invite_sheet(_sheet(name))) == 1


def test_the_same_invites_make_the_same_bytes():
    """A paper carries no time of its making."""
    content = invite_sheet(_sheet("王芳"))
    assert content == invite_sheet(_sheet("王芳"))
    assert b"CreateDate" not in content
    assert b"CreationDate" not in content


def test_what_the_font_lacks_has_a_substitute():
    """On paper as in pictures a missing character is the printers' 〓 and never an empty box."""
    assert invite_sheet(_sheet("王🎉")) == invite_sheet(_sheet("王〓"))


@pytest.mark.parametrize("bot", ["a_bot", "xianfeng_bot", "a_rather_long_name_of_a_bot_bot"])
def test_each_printed_code_is_read_as_its_link(bot: str):
    """A phone that is held over the paper opens the very link of this person."""
    links = [f"https://t.me/{bot}?start={number:032x}" for number in (7, 2**127 + 11, 3**80)]
    cards = tuple(InviteCard("王芳", f"A{number}", link) for number, link in enumerate(links))
    assert codes(invite_sheet(InviteSheet("第一党支部", "某某银行党委", cards, WORDS))) == links
