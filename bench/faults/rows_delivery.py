"""Letters against Telegram's moods: too fast, blocked, lost answers, refusals, moved groups, pictures refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from bench.faults import checker
from bench.faults.closing import close_branch, group_of
from bench.faults.figures import Bench, Figure, at_least, at_most, exactly, row
from bench.faults.life import TOKEN
from bench.faults.world import BRANCHES, PEOPLE, World, world
from bot.domain.actions.form import AnswerGrade

CARD = "自评表"


async def _until_all_is_said(here: World) -> None:
    """Let time pass from letter to letter until none waits."""
    while (waits := await here.value("select count(*) from letter where state = 'due'")) and waits:
        moments = [moment for moment, name in await here.bot.ask("coming") if name == "letters"]
        await here.travel(min(moments) if moments else here.clock.now() + timedelta(seconds=121))


@row(
    "F09",
    "429",
    injected="retry_after 1 to 35 s for random chats, then for everybody",
    holds="nothing is sent before its time, nothing is dropped, others are not held up",
)
async def too_many_requests(bench: Bench) -> list[Figure]:
    """The cards of a month go out while Telegram asks for patience."""
    async with world(bench) as here:
        slowed = {name: bench.random.randint(1, 35) for name in bench.random.sample(list(PEOPLE), 6)}
        for name, wait_s in slowed.items():
            here.box.fault("sendMessage", chat_id=here.people[name].chat_id, retry_after=wait_s)
        await here.open_october()
        others = await here.count("letter", "kind = 'form_opened' and state = 'sent' and sent_at = due_at")
        await _until_all_is_said(here)
        here.box.fault("sendMessage", retry_after=bench.random.randint(1, 35), times=bench.size(10, 100))
        await here.travel("2026-10-30 18:00")
        await _until_all_is_said(here)
        return [
            at_least("answers 429", _refusals(here, 429), 12),
            exactly("early sends", _early(here)),
            exactly("dropped", await checker.untold(here)),
            exactly("others held up", len(PEOPLE) - len(slowed) - others),
            exactly("copies", await checker.copies(here)),
        ]


def _refusals(here: World, code: int) -> int:
    return sum(call.error_code == code for call in here.box.outbox())


def _early(here: World) -> int:
    """Messages to a chat before the hour that its last 429 named."""
    free_at: dict[int | None, datetime] = {}
    early = 0
    for call in here.box.outbox():
        if call.method != "sendMessage":
            continue
        early += call.at < free_at.get(call.chat_id, call.at)
        if call.error_code == 429:
            wait_s = int(str(call.description).rsplit(" ", 1)[-1])
            free_at[call.chat_id] = call.at + timedelta(seconds=wait_s)
    return early


@row(
    "F10",
    "403 blocked, deactivated, kicked",
    injected="a third of the people and a group are gone",
    holds="others get theirs; the gone are marked, not tried again, their commissioner hears of it once, letters wait",
)
async def gone(bench: Bench) -> list[Figure]:
    """Some block the bot, some delete their account, one group puts it out; one comes back."""
    async with world(bench) as here:
        group = await group_of(here, BRANCHES[0])
        blocked, deleted = ["张伟", "吴芳"], ["赵敏", "卫强"]
        for name in blocked:
            await here.people[name].blocks()
        for name in deleted:
            await here.people[name].deactivates()
        await group.kicks(here.box.world.bots[TOKEN])
        await here.rest()
        await here.travel("2026-10-30 18:00")
        unreachable = await here.rows("select member_id from account where unreachable_since is not null")
        marked = {one["member_id"] for one in unreachable}
        lost = {here.ids[name] for name in (*blocked, *deleted)}
        told = await here.count("letter", "kind = 'member_unreachable' and state = 'sent'")
        reached = await here.count("letter", "kind = 'form_opened' and state = 'sent'")
        await here.people[blocked[0]].unblocks()
        await here.rest()
        back = await here.count("letter", "kind = 'form_opened' and state = 'sent'") - reached
        return [
            exactly("marked", len(lost & marked), len(lost)),
            exactly("marked wrongly", len(marked - lost)),
            exactly("leaders told", told, len(lost)),
            # Who blocks the bot is told of by Telegram; a deleted account is found out by one refusal.
            exactly("refusals", _refusals(here, 403), len(deleted)),
            exactly("others reached", reached, len(PEOPLE) - len(lost)),
            exactly("released on return", back, 1),
            exactly("groups forgotten", await here.count("branch", "group_chat_id is null"), len(BRANCHES)),
            exactly("waiting", await checker.untold(here)),
        ]


@row(
    "F11",
    "timeout after accept",
    injected="the message is stored, its answer is lost: letters, edits, answers to taps",
    holds="effects once; a double only where it is harmless; nothing stays unknown",
)
async def lost_answers(bench: Bench) -> list[Figure]:
    """Telegram did it and the bot cannot know."""
    async with world(bench) as here:
        lost = bench.size(5, 12)
        here.box.fault("sendMessage", contains=CARD, times=lost, lose_answer=True)
        await here.open_october()
        await _until_all_is_said(here)
        before = await checker.last_entry(here)
        form = await here.form("张伟")
        for method in ("editMessageText", "answerCallbackQuery"):
            here.box.fault(method, lose_answer=True)
            await here.taps("张伟", AnswerGrade(form["id"], "post", "mostly" if method[0] == "e" else "full"))
            await here.rest()
        doubles = await checker.copies(here)
        return [
            exactly("unresolved", await checker.untold(here)),
            at_most("doubles of letters", doubles, lost),
            exactly("decisions twice", len(await checker.decisions_since(here, before))),
            exactly("grade kept", int('"full"' in str((await here.form("张伟"))["answers"])), 1),
            exactly("apologies", checker.apologies(here)),
        ]


@row(
    "F12",
    "not modified, too old, message gone, cannot be edited",
    injected="each of Telegram's 400s during a tap",
    holds="the effect is kept, and the person sees no error",
)
async def harmless_refusals(bench: Bench) -> list[Figure]:
    """The card is gone, the tap is old, the text is the same."""
    words = {
        "editMessageText": (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            "Bad Request: message to edit not found", "Bad Request: message can't be edited",
        ),
        "answerCallbackQuery": ("Bad Request: query is too old and response timeout expired or query ID is invalid",),
    }  # fmt: skip
    async with world(bench) as here:
        await here.open_october()
        kept = tried = 0
        for turn in range(bench.size(1, 20)):
            for method, sentences in words.items():
                for number, sentence in enumerate(sentences):
                    grade = ("mostly", "full")[(turn + number) % 2]
                    here.box.fault(method, code=400, description=sentence)
                    form = await here.form("张伟")
                    await here.taps("张伟", AnswerGrade(form["id"], "post", grade), wait=0)
                    await here.rest()
                    kept += f'"{grade}"' in str((await here.form("张伟"))["answers"])
                    tried += 1
        return [
            exactly("effects kept", kept, tried), exactly("user-visible errors", checker.apologies(here)),
            *await checker.sound(here),
        ]  # fmt: skip


@row(
    "F13",
    "group becomes supergroup",
    injected="while the bot runs, and while nobody hears of it",
    holds="the branch's standings arrive in the group as it is now",
)
async def moved_group(bench: Bench) -> list[Figure]:
    """Telegram gives the group another id."""
    async with world(bench) as here:
        heard, unheard = await group_of(here, BRANCHES[0]), await group_of(here, BRANCHES[1])
        await here.open_rating()
        await heard.migrate()
        await here.rest()
        await unheard.migrate()
        here.box.world.bots[TOKEN].updates.clear()
        for branch in BRANCHES[:2]:
            await close_branch(here, branch)
        posts = {call.chat_id for call in here.box.outbox() if call.ok and call.method in {"sendPhoto", "sendMessage"}}
        arrived = {heard.chat_id, unheard.chat_id} & posts
        return [exactly("lost posts", 2 - len(arrived)), exactly("waiting", await checker.untold(here))]


@row("F35", "upload fails", injected="413 and lost answers on sendPhoto", holds="the same standings arrive in words")
async def no_picture(bench: Bench) -> list[Figure]:
    """The ranking is pushed while no picture goes up."""
    async with world(bench) as here:
        group = await group_of(here, BRANCHES[0])
        await here.open_rating()
        here.box.fault("sendPhoto", code=413, times=0)
        await close_branch(here, BRANCHES[0])
        posts = [call for call in here.box.outbox() if call.ok and call.chat_id == group.chat_id]
        told = [call for call in posts if call.method == "sendMessage" and "60" in str(call.params.get("text"))]
        return [
            at_least("pictures refused", _refusals(here, 413), 1), exactly("standings in words", len(told), 1),
            exactly("waiting", await checker.untold(here)),
        ]  # fmt: skip
