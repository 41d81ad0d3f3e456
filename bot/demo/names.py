"""Made-up names of people and branches for the demo organisation."""

from __future__ import annotations

from random import Random
from typing import Final

RETIRED_BRANCH: Final = "离退休党支部"

_BRANCHES: Final = (
    *("办公室", "人力资源部", "计划财务部", "公司业务部", "机构业务部", "普惠金融部", "个人金融部", "信用卡部"),
    *("国际业务部", "投资银行部", "授信审批部", "风险管理部", "内控合规部", "审计部", "运营管理部", "信息科技部"),
    *("安全保卫部", "后勤服务中心", "营业部", "城东支行", "城南支行", "开发区支行", "滨河支行", "离退休"),
)

# The first two become namesakes within one branch.
REMARKABLE: Final = (
    *("张伟", "张伟", "王喆", "李堃", "陈䶮", "欧阳明月", "阿依古丽·买买提", "张伟"),
    *("司马青云", "龚翀", "才让东智", "刘昺"),
)

_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_FIRST: Final = "建国志文晓明海丽春秀金玉永德家思雨子俊佳欣立新宏光振东庆学"
_SECOND: Final = "华军平芳英伟敏强磊静娟涛艳杰超霞斌辉鹏婷宁亮波玲洁琳浩然彤轩"
_SHARE_OF_SHORT_NAMES: Final = 0.25


def branch_name(index: int) -> str:
    """The name of the branch counted from 0; beyond the known departments they are numbered sub-branches."""
    if index < len(_BRANCHES):
        return f"{_BRANCHES[index]}党支部"
    return f"城区第{index - len(_BRANCHES) + 1}支行党支部"


def made_up_name(random: Random) -> str:
    """A surname and one or two more characters; namesakes happen, as they do among people."""
    first = "" if random.random() < _SHARE_OF_SHORT_NAMES else random.choice(_FIRST)
    return random.choice(_SURNAMES) + first + random.choice(_SECOND)
