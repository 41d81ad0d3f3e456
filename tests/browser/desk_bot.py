"""A small bot for the page's tests: a card, a picture, an album, a keyboard, and what Telegram refuses."""

import asyncio
import io

from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    DisabledButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from PIL import Image

TOKEN = "42:TEST"
NEVER_STARTED_ID = 1200


def picture(width: int = 1600, height: int = 1000, colour: str = "#c98b5e") -> bytes:
    """Return a PNG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


def card(hours: int) -> InlineKeyboardMarkup:
    """Return a keyboard with every colour, a stepper and a disabled button."""
    button = InlineKeyboardButton
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                button(text="− 1", callback_data=f"hours:{hours - 1}"),
                button(text=f"志愿服务 {hours} 小时", callback_data="nothing"),
                button(text="+ 1", callback_data=f"hours:{hours + 1}"),
            ],
            [
                button(text="提交", callback_data="submit", style="success"),
                button(text="退回", callback_data="return", style="danger"),
            ],
            [
                button(text="重新计算", callback_data="slow", style="primary"),
                button(text="王书记 已通过", disabled=DisabledButton()),
            ],
        ]
    )


class DeskBot:
    """The bot and its poll loop; `gate` holds back the answer to 重新计算 until it is set."""

    def __init__(self, url: str) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        self.bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
        self.gate = asyncio.Event()
        self.dispatcher = Dispatcher()
        self.dispatcher.message(CommandStart())(self.on_start)
        self.dispatcher.message(Command("show"))(self.on_show)
        self.dispatcher.message(Command("refused"))(self.on_refused)
        self.dispatcher.message(F.photo)(self.on_photo)
        self.dispatcher.message(F.chat.type == "private")(self.on_text)
        self.dispatcher.callback_query()(self.on_tap)

    async def run(self) -> None:
        """Poll until told to stop."""
        await self.bot.set_my_commands([BotCommand(command="show", description="看看都能发什么")])
        await self.dispatcher.start_polling(self.bot, handle_signals=False)

    async def stop(self) -> None:
        """End the polling; merely cancelled, its inner task would ask for updates for ever."""
        self.gate.set()
        await self.dispatcher.stop_polling()
        await self.bot.session.close()

    async def on_start(self, message: Message) -> None:
        await message.answer("这是<b>十一月</b>的自评。", reply_markup=card(3))

    async def on_show(self, message: Message) -> None:
        await message.answer_photo(BufferedInputFile(picture(), "board.png"), caption="第三季度积分榜")
        album = [
            InputMediaPhoto(media=BufferedInputFile(picture(600, 600, c), "x.png")) for c in ("#7a9", "#97a", "#a97")
        ]
        await message.answer_media_group([*album])
        await message.answer_document(BufferedInputFile(b"x" * 2048, "台账.xlsx"))
        pinned = await message.answer(
            "截止 <tg-time unix='1764234000' format='wDt'>周四</tg-time>,<tg-spoiler>口令</tg-spoiler>"
        )
        await pinned.pin()
        await self.bot.send_poll(message.chat.id, "民主评议", ["优秀", "合格", "不合格"])
        keyboard = [[KeyboardButton(text="我的积分"), KeyboardButton(text="我有异议", style="danger")]]
        await message.answer("选一个", reply_markup=ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True))

    async def on_refused(self, message: Message) -> None:
        try:
            await self.bot.send_message(NEVER_STARTED_ID, "还没开始的人")
        except TelegramForbiddenError:
            await message.answer("没有送到")

    async def on_photo(self, message: Message) -> None:
        await message.reply("收到照片")

    async def on_text(self, message: Message) -> None:
        if message.text:
            await message.reply(f"你说:{message.html_text}")

    async def on_tap(self, query: CallbackQuery) -> None:
        assert query.data is not None
        assert isinstance(query.message, Message)
        if query.data.startswith("hours:"):
            await query.message.edit_reply_markup(reply_markup=card(int(query.data.removeprefix("hours:"))))
            await query.answer()
        elif query.data == "submit":
            await query.message.edit_text("已提交,总分 <b>94.5</b>")
            await query.answer("提交成功")
        elif query.data == "return":
            await query.answer("退回后需要重新提交。", show_alert=True)
        elif query.data == "slow":
            await self.gate.wait()
            await query.answer("算好了")
