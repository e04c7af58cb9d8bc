"""Occasions for a talk, and the plan of one person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.care import permissions
from cadre_app.care.forms.problems import PlanForm, TriggerForm
from cadre_app.care.models import TalkPlan, TalkTrigger
from cadre_app.care.policies import TALK_MONTHS
from cadre_app.care.services import plans, triggers
from cadre_app.care.views.pages import file_form, plannable_trainee, plannable_trigger
from cadre_app.care.wording import cadence_text
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require

AT_MOST = 50


@require_http_methods(["GET", "POST"])
def trigger_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Something happened after which a talk is held."""
    trainee = plannable_trainee(request, pk)
    form = TriggerForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    page = Page(_("Enter an occasion for a talk"), _("The occasion is entered; a talk is due."))
    return file_form(request, trainee, form, triggers.add_trigger, page)


@require_http_methods(["GET", "POST"])
def trigger_set_aside(request: UserRequest, pk: UUID) -> HttpResponse:
    """An open occasion: plan or record the talk that answers it, or set it aside with a reason."""
    trigger = plannable_trigger(request, pk)
    form = ReasonForm(request.POST or None, instance=trigger)
    about = f"{trigger.get_occasion_display()}{pgettext('label and value', ': ') if trigger.subject else ''}{trigger.subject}"
    page = Page(
        _("Occasion for a talk"), _("The occasion is set aside."), _("Set aside"),
        question=_("Set this occasion aside without a talk?"), consequence=about,
        extra={"ways": _ways(trigger.pk, trigger.trainee_id) if trigger.is_open else ()},
    )  # fmt: skip
    return file_form(request, trigger.trainee, form, triggers.set_aside_trigger, page, trigger)


@require_http_methods(["GET", "POST"])
def trigger_take_up(request: UserRequest, pk: UUID) -> HttpResponse:
    """An occasion that was set aside waits again."""
    trigger = plannable_trigger(request, pk)
    form = ReasonForm(request.POST or None, instance=trigger)
    page = Page(
        _("Take the occasion up again"), _("The occasion is open again."), _("Take up again"),
        question=_("Take this occasion up again?"), consequence=str(trigger),
    )  # fmt: skip
    return file_form(request, trigger.trainee, form, triggers.take_up_trigger, page, trigger)


@require_http_methods(["GET", "POST"])
def plan_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another cadence for one person, or a pause until a day."""
    found = TalkPlan.objects.visible_to(request.user).standing()
    plan = get_object_or_404(found.select_related("trainee__person", "trainee__home_unit"), pk=pk)
    require(permissions.can_plan(request.user, plan.trainee))
    form = PlanForm(request.POST or None, instance=plan)
    rule = {"cadence": cadence_text(TALK_MONTHS.now()), "source": TALK_MONTHS.source}
    form.fields["cadence_months"].help_text = _("Left empty: %(cadence)s (%(source)s).") % rule
    occasions = TalkTrigger.objects.visible_to(request.user).standing().filter(trainee=plan.trainee)
    page = Page(
        _("Pause or change the talk plan"), _("The talk plan was changed."),
        extra={"occasions": list(occasions.order_by("-happened_on", "pk")[:AT_MOST])},
    )  # fmt: skip
    return file_form(request, plan.trainee, form, plans.change_plan, page, plan)


def _ways(trigger: UUID, trainee: UUID) -> tuple[tuple[str, str], ...]:
    pages = (("care:talk_new", _("Plan a talk")), ("care:talk_add_held", _("Record the talk")))
    return tuple((f"{reverse(name, kwargs={'pk': trainee})}?trigger={trigger}", label) for name, label in pages)
