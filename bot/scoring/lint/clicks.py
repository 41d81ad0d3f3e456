"""Points for being online: logins, installs, likes, forwards and time spent; and points that a platform counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.scoring.checking import scored_by_platform
from bot.scoring.lint.findings import Finding, error, warning
from bot.scoring.table import RuleSet

# The rules against formalism at the fingertips (“指尖上的形式主义”, 2023) forbid to score and rank people by log-ins,
# time online, likes and forwards.
_CLICKS = re.compile(
    r"登[录陆]|打卡|(?:每日|每天|连续|线上|平台|app)签到|签到天数|安装|下载|注册|拉新|关注公众号|扫码关注|粉丝|"
    r"点赞|集赞|拉票|转发|转载|分享|收藏|朋友圈|评论数|刷屏|浏览|点击|阅读量|阅读文章|视听|活跃度|停留|"
    r"(?:在线|阅读|观看|浏览|使用).{0,4}(?:时长|时间)|"
    r"\blog-?ins?\b|\binstall|\bdownload|\blikes?\b|\bforward|\bshar(?:e|ing)s?\b|\btime online\b|\bclicks?\b",
    re.IGNORECASE,
)


def click_findings(rules: RuleSet) -> Iterator[Finding]:
    """`counts_clicks` for every item that pays or punishes for them, with the word; `scores_platform`."""
    for item in (*rules.items, *rules.bonus.items):
        words = _CLICKS.search(item.label) or _CLICKS.search(" ".join(act.label for act in item.ways))
        if words:
            yield error("counts_clicks", item.id, label=item.label, word=words[0])
    yield from (warning("scores_platform", item.id, label=item.label) for item in scored_by_platform(rules))
