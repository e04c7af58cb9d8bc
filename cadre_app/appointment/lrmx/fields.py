"""What stands on an appointment form (干部任免审批表), by the elements of .lrmx and in their order (PRODUCT.md).

Texts are as the file holds them: months `yyyyMM`, the day of the age `yyyyMMdd`, lines apart by \\n.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from cadre_app.core.fields import HIDDEN

MOST_RELATIVES = 10
NO_CHARACTER = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True)
class FamilyRow:
    """A member of the family."""

    relation: str = ""
    name: str = ""
    birth: str = ""
    political: str = ""
    work: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(asdict(self).values())


@dataclass(frozen=True)
class FormFields:
    """The form itself; `photo` is a JPEG, empty where there is none."""

    name: str = ""
    sex: str = ""
    birth: str = ""
    ethnic_group: str = ""
    native_place: str = ""
    birth_place: str = ""
    party: str = ""
    work: str = ""
    health: str = ""
    technical_post: str = ""
    specialty: str = ""
    full_time_level: str = ""
    full_time_degree: str = ""
    full_time_school: str = ""
    full_time_degree_school: str = ""
    on_job_level: str = ""
    on_job_degree: str = ""
    on_job_school: str = ""
    on_job_degree_school: str = ""
    post: str = ""
    new_post: str = ""
    old_post: str = ""
    resume: str = ""
    rewards: str = ""
    assessments: str = ""
    reason: str = ""
    family: tuple[FamilyRow, ...] = ()
    reporting_unit: str = ""
    age_day: str = ""
    filled_in: str = ""
    filled_by: str = ""
    id_number: str = ""
    photo: bytes = b""
    program: str = "3.0"

    def texts(self) -> dict[str, Any]:
        """Everything but the photo, as JSON takes it."""
        told = asdict(self)
        del told["photo"]
        return told

    @classmethod
    def of_texts(cls, told: Mapping[str, Any], photo: bytes = b"") -> Self:
        """The contrary of `texts`; keys of another version are left out."""
        known = {each.name for each in fields(cls)}
        values = {key: value for key, value in told.items() if key in known and key != "family"}
        family = tuple(FamilyRow(**row) for row in told.get("family", ()))
        return cls(**values, family=family, photo=photo)


ELEMENTS = {
    "XingMing": "name",
    "XingBie": "sex",
    "ChuShengNianYue": "birth",
    "MinZu": "ethnic_group",
    "JiGuan": "native_place",
    "ChuShengDi": "birth_place",
    "RuDangShiJian": "party",
    "CanJiaGongZuoShiJian": "work",
    "JianKangZhuangKuang": "health",
    "ZhuanYeJiShuZhiWu": "technical_post",
    "ShuXiZhuanYeYouHeZhuanChang": "specialty",
    "QuanRiZhiJiaoYu_XueLi": "full_time_level",
    "QuanRiZhiJiaoYu_XueWei": "full_time_degree",
    "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "full_time_school",
    "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "full_time_degree_school",
    "ZaiZhiJiaoYu_XueLi": "on_job_level",
    "ZaiZhiJiaoYu_XueWei": "on_job_degree",
    "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "on_job_school",
    "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "on_job_degree_school",
    "XianRenZhiWu": "post",
    "NiRenZhiWu": "new_post",
    "NiMianZhiWu": "old_post",
    "JianLi": "resume",
    "JiangChengQingKuang": "rewards",
    "NianDuKaoHeJieGuo": "assessments",
    "RenMianLiYou": "reason",
    "JiaTingChengYuan": "family",
    "ChengBaoDanWei": "reporting_unit",
    "JiSuanNianLingShiJian": "age_day",
    "TianBiaoShiJian": "filled_in",
    "TianBiaoRen": "filled_by",
    "ShenFenZheng": "id_number",
    "ZhaoPian": "photo",
    "Version": "program",
}
FAMILY_ELEMENTS = {
    "ChengWei": "relation",
    "XingMing": "name",
    "ChuShengRiQi": "birth",
    "ZhengZhiMianMao": "political",
    "GongZuoDanWeiJiZhiWu": "work",
}
ROOT, FAMILY, ROW, PHOTO, RESUME = "Person", "JiaTingChengYuan", "Item", "ZhaoPian", "JianLi"
TEXTS = tuple(name for name in ELEMENTS.values() if name not in ("family", "photo"))
MONTHS = ("birth", "work", "filled_in")


def tidy(text: str) -> str:
    """A text as a form keeps it: \\n between lines, nothing before the first word and behind the last of each line, and
    no character that XML cannot hold or that hides or turns what is read.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    lines = NO_CHARACTER.sub("", HIDDEN.sub("", plain)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
