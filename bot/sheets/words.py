"""The words an office writes on a roster, and what each of them means here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.people import Category, Department, MemberStatus, Office, Role

HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "工号": ("员工号", "员工编号", "员工工号", "人员编号", "staff_no", "staff_number"),
    "姓名": ("党员姓名", "name", "full_name"),
    "支部": ("党支部", "所属支部", "所在支部", "所属党支部", "所在党支部", "支部名称", "党支部名称", "branch"),
    "党内职务": ("党内职位", "office", "offices", "party_office"),
    "人员类别": ("类别", "党员类别", "category"),
    "入党日期": ("入党时间", "加入党组织日期", "加入中共组织的时间", "joined_on", "joined_party_on"),
    "状态": ("党员状态", "status"),
}

SECRETARY: Final = Office(Role.SECRETARY)
COMMISSIONER: Final = Office(Role.COMMISSIONER)
COMMITTEE: Final = Office(Role.COMMITTEE)
ADMIN: Final = Office(Role.ADMIN)
ORGANISATION: Final = Office(Role.DEPARTMENT, Department.ORGANISATION)
PARTY_OFFICE: Final = Office(Role.DEPARTMENT, Department.OFFICE)
DISCIPLINE: Final = Office(Role.DEPARTMENT, Department.DISCIPLINE)

# The first word of each line is the one that we write ourselves.
OFFICES: Final[Mapping[Office | None, tuple[str, ...]]] = {
    SECRETARY: ("支部书记", "书记", "党支部书记", "secretary"),
    COMMISSIONER: ("组织委员", "支部组织委员", "组织宣传委员", "组宣委员", "commissioner"),
    ORGANISATION: ("组织部", "党委组织部", "organisation_department", "organization_department"),
    PARTY_OFFICE: ("党委办公室", "党办", "办公室", "party_office"),
    DISCIPLINE: ("纪委办公室", "纪委", "纪委办", "discipline_office"),
    COMMITTEE: ("党委", "党委委员", "党委书记", "党委副书记", "纪委书记", "committee"),
    ADMIN: ("管理员", "系统管理员", "admin"),
    # Known on every roster, but without a part in the scoring.
    None: (
        *("党员", "普通党员", "正式党员", "无", "-", "—", "member", "none"),
        *("副书记", "支部副书记", "党支部副书记", "支部委员", "支委", "其他支委", "委员", "党小组长"),
        *("宣传委员", "纪检委员", "青年委员", "统战委员", "群工委员", "保密委员", "学习委员", "文体委员", "生活委员"),
    ),
}

CATEGORIES: Final[Mapping[Category, tuple[str, ...]]] = {
    Category.STAFF: ("在职", "在岗", "在职员工", "在职党员", "正式员工", "员工", "staff"),
    Category.NEW_STAFF: ("新员工", "新入职员工", "新入行员工", "new_staff"),
    Category.SPECIALIST: ("专业人才", "专业人员", "专业技术人员", "specialist"),
    Category.MANAGER: ("中层管理", "中层", "中层干部", "中层管理人员", "manager"),
    Category.PROBATIONARY: ("预备党员", "预备", "probationary"),
    Category.RETIRED: ("退休", "离退休", "离休", "退休党员", "离退休党员", "retired"),
    Category.MOBILE: ("流动", "流动党员", "外派", "借调", "外派/借调", "mobile"),
}

STATUSES: Final[Mapping[MemberStatus, tuple[str, ...]]] = {
    MemberStatus.ACTIVE: ("在册", "正常", "在岗", "active"),
    MemberStatus.ON_LEAVE: ("长假", "长病假", "长期病假", "病假", "产假", "休假", "on_leave"),
    MemberStatus.SECONDED: ("借调", "外派", "借出", "seconded"),
    MemberStatus.SUSPENDED: ("停权", "暂停", "suspended"),
    MemberStatus.LEFT: ("转出", "离职", "调出", "left"),
}


def office_words(offices: Iterable[Office]) -> str:
    """Offices as a roster writes them: "支部书记、党委"; "党员" for none."""
    return "、".join(OFFICES[office][0] for office in offices) or OFFICES[None][0]


def category_word(category: Category) -> str:
    """A category as a roster writes it."""
    return CATEGORIES[category][0]


def status_word(status: MemberStatus) -> str:
    """A status as a roster writes it."""
    return STATUSES[status][0]
