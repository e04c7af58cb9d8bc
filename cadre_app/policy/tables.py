"""Which code tables there are, what they are called and whose they are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class CodeTable:
    """A code table; a national standard takes no codes of our own, a local table does."""

    key: str
    label: "_StrPromise"
    source: str
    is_national: bool = False
    has_months: bool = False


code_tables: Registry[CodeTable] = Registry("code tables")

for _table in (
    CodeTable("sex", _("Sex"), "GB/T 2261.1—2003", is_national=True),
    CodeTable("ethnic_group", _("Ethnic group"), "GB/T 3304—1991", is_national=True),
    CodeTable("political_status", _("Political affiliation"), "GB/T 4762—1984", is_national=True),
    CodeTable("education", _("Education"), "GB/T 4658—2006", is_national=True),
    CodeTable("degree", _("Degree"), "GB/T 6864—2003", is_national=True),
    CodeTable("post_level", _("Post level"), "GB/T 12407—2008", is_national=True),
    CodeTable("rank", _("Rank"), "《公务员职务与职级并行规定》"),
    CodeTable("arrival_item", _("Arrival checklist"), "本地惯例"),
    CodeTable("reward_civil_servant", _("Rewards (civil servants)"), "《公务员奖励规定》"),
    CodeTable("reward_institution", _("Rewards (public institutions)"), "《事业单位工作人员奖励规定》"),
    CodeTable("honour", _("Honours and commendations"), "本地惯例"),
    CodeTable("discipline_party", _("Party discipline"), "《中国共产党纪律处分条例》", has_months=True),
    CodeTable("discipline_administrative", _("Administrative discipline"), "《公职人员政务处分法》", has_months=True),
    CodeTable(
        "discipline_organizational", _("Organizational measures"), "《中国共产党组织处理规定（试行）》", has_months=True
    ),
    CodeTable("admonition", _("Reminders, inquiries and admonitions"), "本地惯例", has_months=True),
    CodeTable("visit_occasion", _("Occasions of visits to people"), "本地惯例"),
):
    code_tables.register(_table.key, _table)
