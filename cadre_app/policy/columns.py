"""Columns of a code table, for the page and for the workbook."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.tables import Column
from cadre_app.policy.models import Code
from cadre_app.policy.tables import CodeTable


def use_label(row: Code) -> str:
    return _("In use") if row.is_active else _("Out of use")


def months_label(row: Code) -> str:
    """The period of effect that a discipline table gives."""
    months = row.data.get("months")
    if months is None:
        return _("As the decision says")
    return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}


def code_columns(table: CodeTable, *, linked: bool) -> tuple[Column[Code], ...]:
    """Code (`linked` to its page for those who may change it), names, order, use; the period where there is one."""
    cell = "policy/_cell_code.html" if linked else ""
    months = Column[Code]("months", gettext_lazy("Period of effect"), months_label)
    return (
        Column("code", gettext_lazy("Code"), lambda row: row.code, sort=("code",), template=cell),
        Column("name_zh", gettext_lazy("Chinese name"), lambda row: row.name_zh, sort=("name_zh",)),
        Column("name_en", gettext_lazy("English name"), lambda row: row.name_en, sort=("name_en",)),
        *((months,) if table.has_months else ()),
        Column("order", gettext_lazy("Sort order"), lambda row: row.order, sort=("order",), numeric=True),
        Column("use", gettext_lazy("Use"), use_label, template="policy/_cell_use.html"),
    )
