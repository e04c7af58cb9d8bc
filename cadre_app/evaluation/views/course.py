"""An evaluation opened, extended, closed, counted, left too small, voided, restored."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.evaluation import permissions
from cadre_app.evaluation.forms.campaigns import ExtendForm
from cadre_app.evaluation.models import Campaign, Way
from cadre_app.evaluation.services import campaigns as services
from cadre_app.evaluation.services.results import received_of, settle_campaign
from cadre_app.evaluation.views.pages import BOTH, one_form, visible_campaign
from cadre_app.evaluation.wording import would_be_left_out_text


@BOTH
def campaign_open(request: UserRequest, pk: UUID) -> HttpResponse:
    """进行中."""
    campaign = visible_campaign(request, pk)
    require(permissions.can_change(request.user, campaign))
    page = Page(
        pgettext("evaluation", "Open the evaluation"), _("The evaluation is open."), pgettext("evaluation", "Open"),
        question=_("Open this evaluation?"),
        consequence=_("From now on sheets are filled in and entered. People and questions are no longer changed."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=campaign)
    return one_form(request, campaign, form, services.open_campaign, page)


@BOTH
def campaign_extend(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another last day."""
    campaign = visible_campaign(request, pk)
    require(permissions.can_extend(request.user, campaign))
    form = ExtendForm(request.POST or None, instance=campaign)
    page = Page(
        _("Extend the evaluation"), _("The evaluation is extended."), _("Extend"),
        notices=(_("Results that are valid already stay as they are."),),
    )  # fmt: skip
    return one_form(request, campaign, form, services.extend_campaign, page)


@BOTH
def campaign_close(request: UserRequest, pk: UUID) -> HttpResponse:
    """已截止."""
    campaign = visible_campaign(request, pk)
    require(permissions.can_close(request.user, campaign))
    by_code = campaign.way == Way.CODE
    page = Page(
        pgettext("evaluation", "Close the evaluation"), _("The evaluation is closed. Enter the paper sheets, then count."),
        pgettext("evaluation", "Close"), question=_("Close this evaluation?"),
        consequence=_("Codes are no longer taken. Paper sheets that were collected are still entered.") if by_code
        else _("Paper sheets that were collected are still entered."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=campaign)
    return one_form(request, campaign, form, services.close_campaign, page)


@BOTH
def campaign_settle(request: UserRequest, pk: UUID) -> HttpResponse:
    """有效 or 样本不足."""
    campaign = visible_campaign(request, pk)
    require(permissions.can_settle(request.user, campaign))
    page = Page(
        _("Count the sheets"), _("The sheets are counted."), _("Count"), question=_("Count the sheets now?"),
        consequence=_("Whoever has enough sheets has a valid result, to which nothing is added any more."),
        notices=_left_out(campaign),
    )  # fmt: skip
    return one_form(request, campaign, ChangeForm(request.POST or None, instance=campaign), settle_campaign, page)


@BOTH
def campaign_keep_small(request: UserRequest, pk: UUID) -> HttpResponse:
    """维持样本不足."""
    campaign = visible_campaign(request, pk)
    require(permissions.can_keep_small(request.user, campaign))
    page = Page(
        _("Leave the evaluation too small"), _("The evaluation stays too small and is no longer counted."),
        _("Leave it too small"), question=_("Leave this evaluation too small?"),
        consequence=_("No result is shown and nobody is reminded any more. By extending it more sheets are waited for again."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=campaign)
    return one_form(request, campaign, form, services.keep_small, page)


@BOTH
def campaign_void(request: UserRequest, pk: UUID) -> HttpResponse:
    campaign = visible_campaign(request, pk)
    require(permissions.can_void(request.user, campaign))
    page = Page(
        _("Void the evaluation"), _("The evaluation was voided."), _("Void"), question=_("Void this evaluation?"),
        consequence=_("Its results no longer stand in any growth file. It can be restored."), danger=True,
    )  # fmt: skip
    return one_form(
        request, campaign, ReasonForm(request.POST or None, instance=campaign), services.void_campaign, page
    )


@BOTH
def campaign_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    campaign = visible_campaign(request, pk)
    require(permissions.can_restore(request.user, campaign))
    page = Page(
        _("Restore the evaluation"), _("The evaluation stands again."), _("Restore"),
        question=_("Restore this evaluation?"),
    )  # fmt: skip
    return one_form(
        request, campaign, RestoreForm(request.POST or None, instance=campaign), services.restore_campaign, page
    )


def _left_out(campaign: Campaign) -> tuple[str, ...]:
    """By person what came by code and is too little to be counted now."""
    people = [subject for subject in campaign.standing_subjects if not subject.is_valid]
    received = received_of(people)
    text = pgettext("person and sentence", "%(name)s: %(sentence)s")
    return tuple(
        text % {"name": subject.trainee.person.name, "sentence": would_be_left_out_text(received[subject.pk].left_out)}
        for subject in people
        if received[subject.pk].left_out
    )
