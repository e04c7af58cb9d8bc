"""What waits in the appraisal, unit by unit, for whoever takes the next step."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.appraisal.models import (
    AnnualAssessment,
    AnnualCorrection,
    AnnualState,
    Grade,
    QuarterlyAssessment,
)
from cadre_app.appraisal.permissions import hands, rooms
from cadre_app.appraisal.services.quarterly import assessed_in, due_day, latest_quarter
from cadre_app.core.registries import DeskItem
from cadre_app.core.roles import Role
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

SHOWN = 20
STEPS = ("enter", "check", "sign", "file")


def desk_items(request: "UserRequest") -> list[DeskItem]:
    """Corrections; quarters to confirm; units with something to enter, check, sign off or file. Four queries at most.

    What finds no place is counted in a last line, which leads to the units of the year.
    """
    user = request.user
    found = [*_corrections(user), *_quarters_to_confirm(user), *_annual(user), *_quarters_to_enter(user)]
    if len(found) <= SHOWN:
        return found
    rest = len(found) - SHOWN + 1
    more = ngettext("%(count)d more item of the assessment", "%(count)d more items of the assessment", rest)
    last = DeskItem(
        title=more % {"count": rest},
        why=_("The board shows every unit with what waits in it."),
        url=reverse("appraisal:year_board"),
        action=_("Open the board"),
    )
    return [*found[: SHOWN - 1], last]


def _annual(user: "User") -> list[DeskItem]:
    today = timezone.localdate()
    liaison = of_scope(user, Role.LIAISON, prefix="trainee__")
    department = of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__")
    waits = Q(confirmed_on=None)
    signs = hands.to_sign(user) & Q(checked_on__isnull=False) & waits
    # Whoever entered what was sent back has the reason of each one on the desk, by the bell.
    again = Q(state=AnnualState.RETURNED) & ~Q(entered_by=user)
    empty = Q(state=AnnualState.NOT_STARTED, quota__campaign__starts_on__lte=today)
    shown = ~Q(grade=Grade.EXCELLENT) | Q(notice_until__lt=today)
    conditions = {
        "enter": liaison & (empty | again),
        "check": department
        & hands.to_check(user)
        & waits
        & Q(checked_on=None, returned_on=None)
        & ~Q(state=AnnualState.NOT_STARTED),
        "sign": of_scope(user, Role.LEADER, prefix="trainee__") & signs & shown,
        "file": of_scope(user, Role.STAFF, prefix="trainee__") & Q(confirmed_on__isnull=False, filed_on=None),
    }
    rows = AnnualAssessment.objects.standing().filter(
        filed_on=None, trainee__departed_on=None, trainee__voided_at=None, quota__campaign__voided_at=None
    )
    counted: Any = (
        rows.filter(liaison | department)
        .order_by("year", "quota__unit__path")
        .values("quota_id", "year", "quota__unit__name", "quota__campaign__ends_on")
        .annotate(**{step: Count("pk", filter=condition) for step, condition in conditions.items()})
        .filter(_waits_for_something())
    )
    return [_annual_item(row, step) for row in counted for step in STEPS if row[step]]


def _waits_for_something() -> Q:
    """Units that wait for something: those with nothing to do take no place on the desk."""
    found = Q()
    for step in STEPS:
        found |= Q(**{f"{step}__gt": 0})
    return found


def _annual_item(row: dict[str, Any], step: str) -> DeskItem:
    name, title, action = {
        "enter": ("annual_grid", _("Annual assessment %(year)s to be entered: %(unit)s"), _("Enter the table")),
        "check": ("unit_check", _("Annual assessment %(year)s to be checked: %(unit)s"), _("Check the unit")),
        "sign": ("unit_sign", _("Annual assessment %(year)s to be signed off: %(unit)s"), _("Sign off")),
        "file": ("unit_file", _("Annual assessment %(year)s to be filed: %(unit)s"), _("File the unit")),
    }[step]
    people = ngettext("%(count)d person", "%(count)d people", row[step]) % {"count": row[step]}
    ends_on = row["quota__campaign__ends_on"]
    why = people
    if step == "enter":
        why = _("%(people)s, by %(day)s") % {"people": people, "day": formats.date_format(ends_on)}
    return DeskItem(
        title=title % {"year": row["year"], "unit": row["quota__unit__name"]},
        why=why,
        url=reverse(f"appraisal:{name}", kwargs={"pk": row["quota_id"]}),
        action=action,
        state="over" if step == "enter" and ends_on < timezone.localdate() else "none",
    )


def _corrections(user: "User") -> list[DeskItem]:
    """Corrections that a leader decides."""
    if not rooms.signs_off(user):
        return []
    rows = AnnualCorrection.objects.waiting().filter(of_scope(user, Role.LEADER, prefix="assessment__trainee__"))
    rows = (
        rows.exclude(proposed_by=user)
        .filter(assessment__trainee__departed_on=None)
        .select_related("assessment__trainee__person", "proposed_by")
    )
    return [
        DeskItem(
            title=_("Correction of the annual assessment %(year)s to be signed off") % {"year": row.assessment.year},
            why=_("Proposed by %(name)s") % {"name": row.proposed_by.display_name},
            url=reverse("appraisal:correction_sign", kwargs={"pk": row.pk}),
            action=_("Sign off"),
            subject=row.assessment.trainee.person.name,
        )
        for row in rows.order_by("created_at", "pk")
    ]


def _quarters_to_confirm(user: "User") -> list[DeskItem]:
    """What others entered, for staff and leaders."""
    if not rooms.is_department(user):
        return []
    rows = QuarterlyAssessment.objects.standing().filter(of_scope(user, *rooms.CHECKING, prefix="trainee__"))
    rows = rows.filter(confirmed_on=None, trainee__departed_on=None, trainee__voided_at=None).filter(
        hands.to_check(user)
    )
    home = ("trainee__home_unit", "trainee__home_unit__name")
    counted: Any = rows.order_by("year", "quarter", "trainee__home_unit__path").values(*home, "year", "quarter")
    found = []
    for row in counted.annotate(count=Count("pk")):
        known = {"year": row["year"], "quarter": row["quarter"]}
        text = _("Quarterly assessment %(year)s.%(quarter)s to be confirmed: %(unit)s")
        found.append(
            DeskItem(
                title=text % {**known, "unit": row["trainee__home_unit__name"]},
                why=ngettext("%(count)d person", "%(count)d people", row["count"]) % {"count": row["count"]},
                url=reverse("appraisal:quarter_confirm", kwargs={"pk": row["trainee__home_unit"], **known}),
                action=_("Confirm"),
            )
        )
    return found


def _quarters_to_enter(user: "User") -> list[DeskItem]:
    """The latest quarter of the units of a liaison, once the office keeps quarters here at all."""
    if not rooms.enters_for_unit(user):
        return []
    year, quarter = latest_quarter(timezone.localdate())
    known = QuarterlyAssessment.objects.standing().filter(year=year, quarter=quarter)
    people = assessed_in(year, quarter).filter(of_scope(user, Role.LIAISON)).exclude(pk__in=known.values("trainee"))
    if not QuarterlyAssessment.objects.kept_here().exists():
        return []
    counted: Any = people.order_by("home_unit__path").values("home_unit_id", "home_unit__name")
    day, text = due_day(year, quarter), _("Quarterly assessment %(year)s.%(quarter)s to be entered: %(unit)s")
    return [
        DeskItem(
            title=text % {"year": year, "quarter": quarter, "unit": row["home_unit__name"]},
            why=_("%(people)s, by %(day)s")
            % {
                "people": ngettext("%(count)d person", "%(count)d people", row["count"]) % {"count": row["count"]},
                "day": formats.date_format(day),
            },
            url=reverse("appraisal:quarter_grid", kwargs={"pk": row["home_unit_id"], "year": year, "quarter": quarter}),
            action=_("Enter the quarter"),
            state="over" if day < timezone.localdate() else "none",
        )
        for row in counted.annotate(count=Count("pk"))
    ]
