"""The answer to a tap."""

from sandbox.calls import Context, Params, method
from sandbox.refusals import bad_request
from sandbox.taps import Answer


@method("answerCallbackQuery")
def answer_callback_query(ctx: Context, p: Params) -> bool:
    url = p.get("url") or ""
    if url and not url.startswith(
        (f"https://t.me/{ctx.bot.user.username}?start=", f"tg://resolve?domain={ctx.bot.user.username}")
    ):
        raise bad_request("URL_INVALID")
    answer = Answer(p.get("text") or "", bool(p.get("show_alert")), url)
    query = ctx.taps.answer(ctx.bot, p["callback_query_id"], answer)
    query.message.chat.toasts[query.person.id] = (answer.text, answer.alert)
    ctx.world.tell("tap", query.message.chat, query.message, person=query.person, data=query)
    return True
