"""The lists of open hints, one for rewards and one for admonitions: whom, what, on which grades, by which rule."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.conduct import kinds
from cadre_app.conduct.hinting import OpenHint, admonition_hints, reward_hints
from cadre_app.conduct.models.readers import of_readers
from cadre_app.conduct.permissions import restricted
from cadre_app.conduct.permissions import rewards as permissions
from cadre_app.conduct.policies import ADMONITION_HINT_RULE, MERIT_HINT_RULE, REWARD_HINT_RULE
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, joined
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MERIT = "civil_servant-2"


def reward_hint_table(request: HttpRequest, user: "User") -> Table[Any]:
    """What business roles see over their units."""
    known = reward_hints(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"))
    empty = Empty(
        _("No hint of a reward is open."),
        _(
            "A hint stands here once an excellent grade is confirmed, until the reward is entered or the year after is over."
        ),
    )
    columns = _columns(known, user, restricted_ones=False)
    return _table(request, known, columns, "reward_hints", empty)


def admonition_hint_table(request: HttpRequest, user: "User") -> Table[Any]:
    """What readers of admonitions see; that they opened it is on record already."""
    known = admonition_hints(of_readers(user))
    empty = Empty(
        _("No hint of an admonition is open."),
        _(
            "A hint stands here once a basically competent or qualified grade is confirmed, until one is entered or the year after is over."
        ),
    )
    return _table(request, known, _columns(known, user, restricted_ones=True), "admonition_hints", empty)


def _table(
    request: HttpRequest, known: dict[UUID, OpenHint], columns: tuple[Column[Any], ...], name: str, empty: Empty
) -> Table[Any]:
    rows = AnnualAssessment.objects.filter(pk__in=list(known)).select_related("trainee__person", "trainee__home_unit")
    return Table(request, rows, columns, name=name, empty=empty, default_sort="name", tools=False)


def _columns(known: dict[UUID, OpenHint], user: "User", *, restricted_ones: bool) -> tuple[Column[Any], ...]:
    def what(row: AnnualAssessment) -> str:
        one = known[row.pk]
        return kinds.label(one.reward) if one.reward else _("Admonition; without a leadership post a talk or criticism")

    def basis(row: AnnualAssessment) -> str:
        text = _("%(years)s: %(grade)s")
        return text % {"years": joined(known[row.pk].hint.years), "grade": row.outcome_label}

    def rule(row: AnnualAssessment) -> str:
        if restricted_ones:
            return str(ADMONITION_HINT_RULE)
        return str(MERIT_HINT_RULE if known[row.pk].reward == MERIT else REWARD_HINT_RULE)

    def act(row: AnnualAssessment) -> SafeString:
        return _link(known[row.pk], row, user)

    found: tuple[Column[Any], ...] = (
        Column(
            "name", gettext_lazy("Full name"), lambda row: row.trainee.person.name,
            sort=("trainee__stroke_key", "year"), html=_person,
        ),
        Column(
            "unit", gettext_lazy("Unit"), lambda row: row.trainee.home_unit.name,
            sort=("trainee__home_unit__path", "trainee__stroke_key"),
        ),
        Column("hint", pgettext_lazy("conduct", "Hint"), what),
        Column("basis", pgettext_lazy("conduct", "Rests on"), basis, html=lambda row: _basis(row, basis(row))),
        Column("rule", pgettext_lazy("conduct", "Rule"), rule, html=lambda row: format_html('<span class="wrap">{}</span>', rule(row))),
    )  # fmt: skip
    enters = restricted.can_enter_restricted(user) if restricted_ones else permissions.can_enter_rewards(user)
    return (*found, Column("act", gettext_lazy("Actions"), lambda row: "", html=act)) if enters else found


def _person(row: AnnualAssessment) -> SafeString:
    url = reverse("growth:file", kwargs={"pk": row.trainee_id})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.trainee.person.name)


def _basis(row: AnnualAssessment, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("appraisal:annual_detail", kwargs={"pk": row.pk}), text)


def _link(one: OpenHint, row: AnnualAssessment, user: "User") -> SafeString:
    """To the entry with what is known already, for whoever may enter it."""
    if one.reward:
        may, name, label = permissions.can_enter_reward(user, row.trainee), "conduct:reward_new", _("Enter the reward")
    else:
        may, name, label = restricted.can_enter_about(user, row.trainee), "conduct:admonition_new", _("Enter one")
    if not may:
        return SafeString("—")
    query = "?" + urlencode({"kind": one.reward}) if one.reward else ""
    url = reverse(name, kwargs={"pk": row.trainee_id})
    return format_html('<a href="{}">{}<span class="sr"> {}</span></a>', url + query, label, row.trainee.person.name)
