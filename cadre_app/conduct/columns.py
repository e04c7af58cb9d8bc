"""Columns of the lists of rewards, decisions and admonitions."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from cadre_app.conduct import award_rows
from cadre_app.conduct.models import Admonition, Sanction
from cadre_app.conduct.wording import admonition_mark, sanction_mark
from cadre_app.core.awards import AwardCategory, AwardLevel
from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status

CATEGORIES, LEVELS = dict(AwardCategory.choices), dict(AwardLevel.choices)


def _rewarded(row: Any) -> SafeString:
    url = reverse("growth:file", kwargs={"pk": row["award_file"]})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row["award_name"])


def _reward(row: Any) -> SafeString:
    return format_html('<a class="wrap" href="{}">{}</a>', award_rows.url_of(row), award_rows.words_of(row))


def _number(row: Any) -> SafeString:
    if row["award_document_number"]:
        return format_html("{}", row["award_document_number"])
    return SafeString(status("miss", pgettext("document number", "Missing")))


REWARDS: tuple[Column[Any], ...] = (
    Column("name", _("Full name"), lambda row: row["award_name"], sort=("award_stroke",), html=_rewarded),
    Column("unit", _("Unit"), lambda row: row["award_unit"]),
    Column("reward", _("Reward"), award_rows.words_of, html=_reward),
    Column("category", _("Category"), lambda row: str(CATEGORIES.get(row["award_category"], "")), shown=False),
    Column(
        "level",
        _("Level"),
        lambda row: str(LEVELS.get(row["award_level"], "")),
        sort=("award_level",),
    ),
    Column("awarded_by", _("Given by"), lambda row: row["award_awarded_by"]),
    Column(
        "document_number", _("Document number"), lambda row: row["award_document_number"], html=_number, unbroken=True
    ),
    Column("awarded_on", _("Given on"), lambda row: row["award_on"], sort=("award_on",)),
)


def _person(name: str) -> Any:
    def cell(row: Any) -> SafeString:
        url = reverse(name, kwargs={"pk": row.pk})
        return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.trainee.person.name)

    return cell


SANCTIONS: tuple[Column[Sanction], ...] = (
    Column(
        "name", _("Full name"), lambda row: row.trainee.person.name, sort=("trainee__stroke_key",),
        html=_person("conduct:sanction_detail"),
    ),
    Column("unit", _("Unit"), lambda row: row.trainee.home_unit.name),
    Column("kind", pgettext_lazy("column of disciplinary decisions", "Decision"), lambda row: row.words),
    Column("category", _("Category"), lambda row: str(row.get_category_display()), shown=False),
    Column("organ", _("Deciding organ"), lambda row: row.organ),
    Column("document_number", _("Document number"), lambda row: row.document_number, unbroken=True),
    Column("decided_on", _("Decided on"), lambda row: row.decided_on, sort=("decided_on",)),
    Column("ends_on", _("Period of effect until"), lambda row: row.ends_on, sort=("ends_on",)),
    Column("lifted_on", _("Lifted on"), lambda row: row.lifted_on, shown=False),
    Column(
        "state", _("State"), lambda row: sanction_mark(row)[1], html=lambda row: SafeString(status(*sanction_mark(row)))
    ),
)  # fmt: skip
ADMONITIONS: tuple[Column[Admonition], ...] = (
    Column(
        "name", _("Full name"), lambda row: row.trainee.person.name, sort=("trainee__stroke_key",),
        html=_person("conduct:admonition_detail"),
    ),
    Column("unit", _("Unit"), lambda row: row.trainee.home_unit.name),
    Column("way", _("Way"), lambda row: row.words),
    Column("matter", _("Kind of matter"), lambda row: str(row.get_matter_display())),
    Column("organ", _("Carried out by"), lambda row: row.organ),
    Column("approver_post", _("Post of whoever approved it"), lambda row: row.approver_post, shown=False),
    Column("document_number", _("Document number"), lambda row: row.document_number, shown=False),
    Column("given_on", pgettext_lazy("admonition", "Day"), lambda row: row.given_on, sort=("given_on",)),
    Column("ends_on", _("Period of effect until"), lambda row: row.ends_on, sort=("ends_on",)),
    Column("answer_due_on", _("Report on the correction by"), lambda row: row.answer_due_on, shown=False),
    Column("answered_on", _("Correction reported on"), lambda row: row.answered_on, shown=False),
    Column("review_due_on", _("To be followed up by"), lambda row: row.review_due_on),
    Column("reviewed_on", _("Followed up on"), lambda row: row.reviewed_on, shown=False),
    Column(
        "state",
        _("State"),
        lambda row: admonition_mark(row)[1],
        html=lambda row: SafeString(status(*admonition_mark(row))),
    ),
)  # fmt: skip
