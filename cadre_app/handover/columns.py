"""Columns of the list of materials and of the list of hand-overs."""

from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status
from cadre_app.handover.models import HandOver, Material
from cadre_app.handover.papers import record_url
from cadre_app.handover.wording import state_mark


def _title(material: Material) -> SafeString:
    url = reverse("handover:material_detail", kwargs={"pk": material.pk})
    return format_html('<a class="nm wrap" href="{}"><b>{}</b></a>', url, material.title)


def _state(material: Material) -> SafeString:
    return SafeString(status(*state_mark(material)))


def _due(material: Material) -> SafeString:
    return format_html("{}", formats.date_format(material.due_on))


MATERIALS: tuple[Column[Material], ...] = (
    Column("title", pgettext_lazy("material", "Material"), lambda material: material.title, html=_title),
    Column("name", gettext_lazy("Full name"), lambda material: material.trainee.person.name),
    Column("unit", gettext_lazy("Unit"), lambda material: material.trainee.home_unit.name),
    Column("kind", pgettext_lazy("material", "Kind"), lambda material: material.get_kind_display(), shown=False),
    Column("formed_on", gettext_lazy("Formed on"), lambda material: material.formed_on, sort=("formed_on",)),
    Column(
        "due_on", gettext_lazy("To be handed over by"), lambda material: material.due_on, sort=("due_on",), html=_due
    ),
    Column("state", gettext_lazy("State"), lambda material: state_mark(material)[1], html=_state),
    Column(
        "handed_over_on",
        gettext_lazy("Handed over on"),
        lambda material: material.handed_over_on,
        sort=("handed_over_on",),
    ),
    Column("received_by", gettext_lazy("Signed for by"), lambda material: material.received_by),
    Column("remark", gettext_lazy("Remark"), lambda material: material.remark, shown=False),
)


def _day(row: HandOver) -> SafeString:
    return format_html(
        '<a class="nm" href="{}"><b>{}</b></a>', record_url(row.pk), formats.date_format(row.handed_over_on)
    )


def _giver(row: HandOver) -> str:
    return row.given_by.display_name if row.given_by is not None else ""


HAND_OVERS: tuple[Column[Any], ...] = (
    Column(
        "handed_over_on", gettext_lazy("Handed over on"), lambda row: row.handed_over_on, sort=("handed_over_on",),
        html=_day,
    ),
    Column("papers", pgettext_lazy("material", "Materials"), lambda row: row.papers),
    Column("struck", pgettext_lazy("material", "Taken back"), lambda row: row.struck),
    Column("voided", gettext_lazy("Voided"), lambda row: row.voided),
    Column("received_by", gettext_lazy("Signed for by"), lambda row: row.received_by),
    Column("given_by", pgettext_lazy("material", "Handed over by"), _giver),
)  # fmt: skip
