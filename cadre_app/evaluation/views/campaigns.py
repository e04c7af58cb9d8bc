"""群众评价: the list, one evaluation, and a new or changed one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.evaluation import permissions
from cadre_app.evaluation.choosing import people_at, places
from cadre_app.evaluation.forms.campaigns import CampaignForm
from cadre_app.evaluation.lists import campaign_table
from cadre_app.evaluation.models import Campaign, OneTimeCode, PaperBatch, Subject
from cadre_app.evaluation.services import campaigns as services
from cadre_app.evaluation.services.batches import problem_of
from cadre_app.evaluation.services.results import received_of
from cadre_app.evaluation.views.pages import BOTH, visible_campaign
from cadre_app.evaluation.wording import campaign_mark, left_out_text, outcome_mark, small_text, would_be_left_out_text
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee


@require_GET
def campaign_list(request: UserRequest) -> HttpResponse:
    """Over units, for business roles."""
    if not permissions.can_list(request.user):
        raise Http404
    table, found = campaign_table(request, request.user)
    context = {"table": table, "filter": found, "may_start": permissions.can_start(request.user)}
    return render(request, page_or_fragment(request, "evaluation/campaign_list.html"), context)


@require_GET
def campaign_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One evaluation: how many sheets there are of each person, the batches, and what its reader may do next."""
    user, campaign = request.user, visible_campaign(request, pk)
    seen = Subject.objects.standing().filter(campaign=campaign).overseen_by(user)
    people = list(seen.select_related("trainee__person", "trainee__home_unit").order_by("trainee__stroke_key", "pk"))
    context: dict[str, Any] = {
        "campaign": campaign,
        "mark": campaign_mark(campaign),
        "people": _people(user, campaign, people),
        "batches": _batches(user, campaign, people),
        "small": small_text(campaign.least),
        "may": acts_of(user, campaign),
        "is_elsewhere": permissions.goes_on_elsewhere(user, campaign),
        "entries": Entry.objects.about(campaign).told() if permissions.can_read_changes(user, campaign) else None,
    }
    return render(request, "evaluation/campaign_detail.html", context)


@BOTH
def campaign_new(request: UserRequest) -> HttpResponse:
    """Where first (`?unit=`), then when, how and about whom (`?trainee=` ticks somebody)."""
    user = request.user
    if not permissions.can_list(user):
        raise Http404
    require(permissions.can_start(user))
    unit = _asked_unit(request)
    if unit is None:
        return render(request, "evaluation/campaign_place.html", {"units": places(user).order_by("path")})
    people = people_at(user, unit)
    initial = {"title": _title(unit), "trainees": request.GET.getlist("trainee")}
    form = CampaignForm(request.POST or None, people=people, initial=initial)
    if done := submit(request, form, services.create_campaign, unit):
        messages.success(request, _("The evaluation is set up. Print the sheets, then open it."))
        return redirect("evaluation:campaign_detail", pk=done.result.pk)
    return render(request, "evaluation/campaign_form.html", {"form": form, "unit": unit, "nobody": not people.exists()})


@BOTH
def campaign_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    campaign = visible_campaign(request, pk)
    require(permissions.can_change(request.user, campaign))
    chosen = [subject.trainee_id for subject in campaign.standing_subjects]
    here = people_at(request.user, campaign.unit).order_by().values("pk")
    people = Trainee.objects.filter(Q(pk__in=here) | Q(pk__in=chosen)).select_related("person", "home_unit")
    form = CampaignForm(
        request.POST or None,
        people=people.order_by("stroke_key", "pk"),
        instance=campaign,
        initial={"trainees": chosen},
    )
    if submit(request, form, services.change_campaign, campaign):
        messages.success(request, _("The evaluation was changed."))
        return redirect("evaluation:campaign_detail", pk=campaign.pk)
    context = {"form": form, "unit": campaign.unit, "campaign": campaign}
    return render(request, "evaluation/campaign_form.html", context)


def acts_of(user: Any, campaign: Campaign) -> dict[str, bool]:
    """By act whether its reader may do it now."""
    return {
        "change": permissions.can_change(user, campaign),
        "extend": permissions.can_extend(user, campaign),
        "close": permissions.can_close(user, campaign),
        "settle": permissions.can_settle(user, campaign),
        "keep_small": permissions.can_keep_small(user, campaign),
        "void": permissions.can_void(user, campaign),
        "restore": permissions.can_restore(user, campaign),
    }


def _people(user: Any, campaign: Campaign, people: list[Subject]) -> list[dict[str, Any]]:
    received = received_of(people)
    codes = OneTimeCode.objects.filter(subject__in=people).values_list("subject", flat=True)
    with_codes = set(codes.distinct())
    found = []
    for subject in people:
        subject.campaign = campaign
        found.append(
            {
                "subject": subject,
                "sheets": subject.sheets if subject.is_valid else received[subject.pk].sheets,
                "left_out": _left_out(subject, received[subject.pk].left_out),
                "mark": outcome_mark(subject),
                "has_codes": subject.pk in with_codes,
                "may_enter": permissions.can_enter(user, subject),
                "may_print": permissions.can_print(user, subject),
                "may_make_codes": permissions.can_make_codes(user, subject),
                "may_read": permissions.can_read_result(user, subject),
            }
        )
    return found


def _left_out(subject: Subject, waiting: int) -> str:
    """What came by code and counts for nothing: in a result that stands, or if it were counted now."""
    if subject.is_valid:
        return left_out_text(subject.codes_left_out) if subject.codes_left_out else ""
    return would_be_left_out_text(waiting) if waiting else ""


def _batches(user: Any, campaign: Campaign, people: list[Subject]) -> list[dict[str, Any]]:
    """Batches of these people, voided ones last; their problems are for whoever enters them."""
    known = {subject.pk: subject for subject in people}
    found = []
    for batch in PaperBatch.objects.filter(subject__in=people).order_by("voided_at", "held_on", "pk"):
        batch.subject = known[batch.subject_id]
        may_write = permissions.can_write_batch(user, batch)
        found.append(
            {
                "batch": batch,
                "problem": problem_of(batch) if may_write else "",
                "may_write": may_write,
                "may_void": permissions.can_void_batch(user, batch),
                "may_restore": permissions.can_restore_batch(user, batch),
            }
        )
    return sorted(found, key=lambda one: one["batch"].is_voided)


def _asked_unit(request: UserRequest) -> Unit | None:
    """The unit in the address; 404 for one that is not theirs."""
    asked = request.GET.get("unit", "")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    found: Unit = get_object_or_404(places(request.user), pk=key)
    return found


def _title(unit: Unit) -> str:
    return _("Community evaluation in %(unit)s") % {"unit": unit.name}
