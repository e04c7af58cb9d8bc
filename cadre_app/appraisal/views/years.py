"""年度考核 by unit: campaigns, quotas, and what is decided on a whole unit at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.appraisal.forms.annual import CourseForm, FileListedForm, ListedForm
from cadre_app.appraisal.forms.years import OpenYearForm, QuotaForm, YearForm
from cadre_app.appraisal.hints import hints_of
from cadre_app.appraisal.lists import years as lists
from cadre_app.appraisal.lists.annual import state_label
from cadre_app.appraisal.models import AnnualAssessment, AnnualState, AssessmentYear, UnitQuota, is_assessed
from cadre_app.appraisal.models.choices import STATE_MARKS, TOLD_AT_A_DESK
from cadre_app.appraisal.panels.annual import facts_of
from cadre_app.appraisal.permissions import rooms
from cadre_app.appraisal.permissions import years as permissions
from cadre_app.appraisal.policies import NOTICE_DAYS
from cadre_app.appraisal.services import course, decisions
from cadre_app.appraisal.services import years as services
from cadre_app.appraisal.services.entries import enterable
from cadre_app.appraisal.tabs import appraisal_tabs
from cadre_app.appraisal.views.pages import form_page, visible_quota
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.phones import says_phone
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.core.signing import before_check_text
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.people.models.trainees import TraineeQuerySet

BOTH = require_http_methods(["GET", "POST"])
MOST = 300
NAMED = 60


@require_GET
def year_board(request: UserRequest) -> HttpResponse:
    """Units × progress and quota of one year."""
    user = request.user
    if not rooms.can_see_appraisal(user):
        raise Http404
    years = lists.years_seen(user)
    year = lists.chosen_year(request.GET, years)
    rows = AssessmentYear.objects.visible_to(user).filter(year=year).select_related("unit")
    campaigns = [
        {
            "object": one,
            "may_change": permissions.can_change_year(user, one),
            "may_restore": permissions.can_restore_year(user, one),
        }
        for one in rows
        if not one.is_voided or permissions.can_restore_year(user, one)
    ]
    context = {
        "table": lists.unit_table(request, user, year),
        "year": year,
        "years": years,
        "campaigns": campaigns,
        "may_open": permissions.can_open_year(user),
        "tabs": appraisal_tabs("appraisal:year_board"),
    }
    return render(request, page_or_fragment(request, "appraisal/year_board.html"), context)


@BOTH
def year_open(request: UserRequest) -> HttpResponse:
    """A new campaign: units and rows follow from the people of the day."""
    require(permissions.can_open_year(request.user))
    today = timezone.localdate()
    year, first, last = services.usual_year(today)
    units = permissions.units_to_open(request.user)
    top = units.order_by("depth", "path").first()
    initial = {"unit": top, "year": year, "starts_on": first, "ends_on": last}
    form = OpenYearForm(request.POST or None, units=units, latest=today.year, initial=initial)
    if done := submit(request, form, services.open_year):
        messages.success(request, _("The assessment of the year is open; everybody has a row."))
        opened = done.result.year if done.result is not None else year
        return redirect(f"{reverse('appraisal:year_board')}?year={opened}")
    page = Page(_("Open the assessment of a year"), "", pgettext("annual assessment", "Start"))
    context = {"form": form, "page": page, "back": reverse("appraisal:year_board"), "subject": ""}
    return render(request, "appraisal/form.html", context)


@BOTH
def year_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    campaign = _campaign(request, pk)
    require(permissions.can_change_year(request.user, campaign))
    form = YearForm(request.POST or None, instance=campaign)
    entries = Entry.objects.about(campaign).told()
    page = Page(_("Days of entry"), _("The days are changed."), extra={"entries": entries})
    return form_page(request, campaign, form, services.change_year, page, back=_board(campaign), subject=str(campaign))


@BOTH
def year_complete(request: UserRequest, pk: UUID) -> HttpResponse:
    """Those whose file came since the year was opened, to be entered or imported after all."""
    campaign = _campaign(request, pk)
    require(permissions.can_change_year(request.user, campaign))
    people = services.latecomers(campaign).select_related("person", "home_unit").order_by("home_unit__path", "pk")
    form = ChangeForm(request.POST or None, instance=campaign)
    if done := submit(request, form, services.add_latecomers, campaign):
        added = done.result or 0
        text = ngettext("%(count)d person was added.", "%(count)d people were added.", added)
        messages.success(request, text % {"count": added})
        return redirect(_board(campaign))
    page = _latecomers_page(people)
    context = {"form": form, "page": page, "back": _board(campaign), "subject": str(campaign)}
    return render(request, "appraisal/confirm.html", context)


def _latecomers_page(people: "TraineeQuerySet") -> Page:
    """Who is missing, by name; nothing to confirm where nobody is."""
    title, count = _("Add those who came since"), people.count()
    if not count:
        return Page(title, "", "", question=_("Nobody is missing in this year."))
    text = _("%(name)s (%(unit)s)")
    names = [text % {"name": one.person.name, "unit": one.home_unit.name} for one in people[:NAMED]]
    question = ngettext(
        "Add %(count)d person whose growth file came since this year was opened?",
        "Add %(count)d people whose growth files came since this year was opened?",
        count,
    )
    return Page(
        title,
        "",
        pgettext("annual assessment", "Add"),
        question=question % {"count": count},
        consequence=_(
            "Each gets an empty row, to be entered or imported. Whoever is not to be assessed is voided there."
        ),
        notices=(_(", ").join(names) + ("…" if count > NAMED else ""),),
    )


@BOTH
def year_void(request: UserRequest, pk: UUID) -> HttpResponse:
    campaign = _campaign(request, pk)
    require(permissions.can_change_year(request.user, campaign))
    page = Page(
        _("Void the assessment of the year"), _("The assessment of the year is voided."), _("Void"), danger=True,
        question=_("Void this campaign with all of its empty rows?"),
        consequence=_("It can be restored. Once something is entered it can no longer be voided."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=campaign)
    return form_page(request, campaign, form, services.void_year, page, back=_board(campaign), subject=str(campaign))


@BOTH
def year_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    campaign = _campaign(request, pk)
    require(permissions.can_restore_year(request.user, campaign))
    page = Page(
        _("Restore the assessment of the year"), _("The assessment of the year is restored."), _("Restore"),
        question=_("Restore this campaign?"),
    )  # fmt: skip
    form = RestoreForm(request.POST or None, instance=campaign)
    return form_page(request, campaign, form, services.restore_year, page, back=_board(campaign), subject=str(campaign))


@require_GET
def unit_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One unit in one year: its quota, its people, and what waits."""
    user, quota = request.user, visible_quota(request, pk)
    rows = (
        AnnualAssessment.objects.visible_to(user)
        .standing()
        .filter(
            of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), is_assessed(), quota=quota, trainee__voided_at=None
        )
    )
    rows = rows.select_related("trainee__person").order_by("trainee__rank_order", "trainee__stroke_key", "pk")[:MOST]
    at_desk = not says_phone(request)
    people = [
        (one, one.outcome_told(at_desk=at_desk), STATE_MARKS[AnnualState(one.state)], state_label(one)) for one in rows
    ]
    context = {
        "quota": quota,
        "people": people,
        "is_kept_off": not at_desk and any(one.is_told_at_a_desk for one, *_rest in people),
        "acts": _unit_acts(request, quota),
        "is_above_share": lists.above_share(quota),
        "may_set": permissions.can_set_quota(user, quota),
        "entries": Entry.objects.about(quota).told() if rooms.is_department(user) else None,
    }
    return render(request, "appraisal/unit_detail.html", context)


@BOTH
def quota_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """应参加人数、核定名额."""
    quota = visible_quota(request, pk)
    require(permissions.can_set_quota(request.user, quota))
    form = QuotaForm(request.POST or None, instance=quota)
    page = Page(_("Quota of the unit"), _("The quota is saved."))
    return form_page(request, quota, form, services.set_quota, page, back=unit_url(quota), subject=str(quota))


@BOTH
def unit_course(request: UserRequest, pk: UUID) -> HttpResponse:
    """The same days for the whole unit."""
    quota = visible_quota(request, pk)
    require(permissions.can_enter_grid(request.user, quota))
    form = CourseForm(request.POST or None, shows_notice=True)
    page = Page(
        _("Days of the whole unit"), _("The days are recorded."),
        notices=(
            _("They are entered for everybody of the unit who is not checked; what is left empty stays as it is."),
            _("Whoever is checked already keeps these days and gets the public notice alone, where none stands."),
            notice_text(),
        ),
    )  # fmt: skip
    return form_page(request, quota, form, course.record_unit_course, page, back=unit_url(quota), subject=str(quota))


@BOTH
def unit_check(request: UserRequest, pk: UUID) -> HttpResponse:
    """审核 all that others entered."""
    quota = visible_quota(request, pk)
    require(permissions.can_check_unit(request.user, quota))
    page = Page(
        _("Check the unit"), _("Checked. The assessments wait for the sign-off by a leader."), _("Approve"),
        question=_("Approve all of these?"),
        consequence=before_check_text(
            _("What you entered yourself is not among them: somebody else checks it."),
            leads=request.user.holds(quota.unit, Role.LEADER),
        ),
    )  # fmt: skip
    return _decide(request, quota, decisions.to_check(request.user, quota), decisions.check_unit, page)


@BOTH
def unit_sign(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批 all that are checked."""
    quota = visible_quota(request, pk)
    require(permissions.can_sign_unit(request.user, quota))
    page = Page(
        _("Sign the unit off"), _("Signed off. A talk with each of them is due."), _("Sign off"),
        question=_("Sign all of these off?"),
        consequence=_("From then on the people read their result, and it is changed by corrections alone. Those still on display are not among them, nor those you checked: another leader signs these off."),
    )  # fmt: skip
    return _decide(request, quota, decisions.to_sign(request.user, quota), decisions.sign_off_unit, page)


@BOTH
def unit_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """备案 all that are confirmed."""
    quota = visible_quota(request, pk)
    require(permissions.can_file_unit(request.user, quota))
    page = Page(
        _("File the unit"), _("Filed. The people are asked to sign."), pgettext("annual assessment", "File"),
        question=_("Record that all of these are filed?"),
    )  # fmt: skip
    rows = decisions.to_file(request.user, quota)
    return _decide(request, quota, rows, decisions.file_unit, page, FileListedForm)


def unit_url(quota: UnitQuota) -> str:
    return reverse("appraisal:unit_detail", kwargs={"pk": quota.pk})


def notice_text() -> str:
    """How long those who are excellent are shown, by the setting."""
    least = NOTICE_DAYS.text(NOTICE_DAYS.now())
    return _("Public notice of those who are excellent, in working days, first and last day included: %(least)s.") % {
        "least": least
    }


def _decide(
    request: UserRequest,
    quota: UnitQuota,
    rows: "QuerySet[AnnualAssessment]",
    service: "Callable[..., Any]",
    page: Page,
    asks: "type[ListedForm]" = ListedForm,
) -> HttpResponse:
    """A question about everybody it concerns, named with their result; what is answered is what the page showed."""
    at_desk = not says_phone(request)
    shown = rows if at_desk else rows.exclude(no_grade__in=TOLD_AT_A_DESK)
    listed = list(shown.select_related("trainee__person").order_by("trainee__stroke_key", "pk")[:MOST])
    form = asks(request.POST if request.method == "POST" else None, rows=listed, initial=_initial(asks))
    if done := submit(request, form, service, quota):
        count = done.result.count if done.result is not None else 0
        told = ngettext("%(count)d assessment.", "%(count)d assessments.", count) % {"count": count}
        messages.success(request, f"{page.said} {told}")
        return redirect(unit_url(quota))
    form.renew()
    hints = hints_of(listed, at_desk=at_desk)
    for one in listed:
        one.told = [*facts_of(one), *hints.get(one.pk, [])]  # type: ignore[attr-defined]
    context = {"form": form, "page": page, "back": unit_url(quota), "subject": str(quota), "listed": listed}
    is_kept_off = not at_desk and rows.filter(no_grade__in=TOLD_AT_A_DESK).exists()
    return render(request, "appraisal/decide.html", context | {"is_kept_off": is_kept_off})


def _initial(asks: "type[ListedForm]") -> dict[str, Any]:
    return {"filed_on": timezone.localdate()} if asks is FileListedForm else {}


def _unit_acts(request: UserRequest, quota: UnitQuota) -> list[tuple[str, str, int]]:
    """Label, address and how many it concerns; what concerns nobody is left out."""
    user, at_desk = request.user, not says_phone(request)
    enters = at_desk and permissions.can_enter_grid(user, quota)
    offered: list[tuple[bool, str, str, Any]] = [
        (enters, _("Enter the table"), "annual_grid", enterable(user, quota)),
        (
            permissions.can_enter_grid(user, quota),
            _("Days of the whole unit"),
            "unit_course",
            course.recordable(user, quota),
        ),
        (permissions.can_check_unit(user, quota), _("Check the unit"), "unit_check", decisions.to_check(user, quota)),
        (permissions.can_sign_unit(user, quota), _("Sign the unit off"), "unit_sign", decisions.to_sign(user, quota)),
        (permissions.can_file_unit(user, quota), _("File the unit"), "unit_file", decisions.to_file(user, quota)),
    ]
    found = []
    for is_theirs, label, name, rows in offered:
        count = rows.count() if is_theirs else 0
        if count:
            found.append((label, reverse(f"appraisal:{name}", kwargs={"pk": quota.pk}), count))
    return found


def _campaign(request: UserRequest, pk: UUID) -> AssessmentYear:
    rows = AssessmentYear.objects.filter(pk__in=AssessmentYear.objects.visible_to(request.user).values("pk"))
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def _board(campaign: AssessmentYear) -> str:
    return f"{reverse('appraisal:year_board')}?year={campaign.year}"
