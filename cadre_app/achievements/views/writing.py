"""What the person does: writes, changes, submits, withdraws, corrects; evidence taken off."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.achievements import permissions
from cadre_app.achievements.forms import SEND, AchievementForm, CorrectionForm
from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.achievements.services import corrections, writing
from cadre_app.achievements.services.writing import EVIDENCE
from cadre_app.achievements.views.acts import act_page
from cadre_app.achievements.views.pages import visible_achievement
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.files.listing import files_of
from cadre_app.files.models import StoredFile
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from collections.abc import Callable

BOTH = require_http_methods(["GET", "POST"])


@BOTH
def achievement_new(request: UserRequest) -> HttpResponse:
    """One's own: kept as a draft, or submitted."""
    if not permissions.can_see_own_achievements(request.user):
        raise Http404
    trainee = get_object_or_404(Trainee.objects.select_related("person", "home_unit"), pk=own_keys(request.user)[1])
    require(permissions.can_write_achievement(request.user, trainee))
    form = AchievementForm(request.POST or None, request.FILES or None)
    context = {"title": _("Write an achievement"), "back": reverse("achievements:achievement_mine"), "trainee": trainee}
    return _written(request, form, writing.write_achievement, trainee, context)


@BOTH
def achievement_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    achievement = visible_achievement(request, pk)
    require(permissions.can_change_achievement(request.user, achievement))
    form = AchievementForm(request.POST or None, request.FILES or None, instance=achievement)
    context = {
        "title": _("Change the achievement"),
        "achievement": achievement,
        "evidence": files_of(EVIDENCE, [achievement.pk])[achievement.pk],
    }
    return _written(request, form, writing.change_achievement, achievement, context)


@BOTH
def achievement_correct(request: UserRequest, pk: UUID) -> HttpResponse:
    """更正 The whole entry as it should have been; the verified one counts until this one is verified."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_correct_achievement(request.user, achievement))
    former = files_of(EVIDENCE, [achievement.pk])[achievement.pk]
    form = CorrectionForm(request.POST or None, request.FILES or None, former=former, instance=achievement)
    context = {"title": _("Correct the achievement"), "achievement": achievement, "is_correction": True}
    return _written(request, form, corrections.correct_achievement, achievement, context)


@BOTH
def achievement_submit(request: UserRequest, pk: UUID) -> HttpResponse:
    """提交."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_submit_achievement(request.user, achievement))
    page = Page(
        _("Submit the achievement"), "", _("Submit"), question=_("Submit this achievement?"),
        consequence=_("The unit verifies it first, then the organization department. You can withdraw it until then."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=achievement)
    return act_page(request, achievement, form, writing.submit_achievement, page, said=said_of)


@BOTH
def achievement_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_withdraw_achievement(request.user, achievement))
    page = Page(
        _("Withdraw the achievement"), _("The achievement is a draft again."), _("Withdraw"),
        question=_("Withdraw this achievement?"),
        consequence=_("It becomes a draft that only you read. What the unit verified has to be verified again."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=achievement)
    return act_page(request, achievement, form, writing.withdraw_achievement, page)


@BOTH
def evidence_remove(request: UserRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Take one file off an entry that is with the person."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_change_achievement(request.user, achievement))
    stored = get_object_or_404(StoredFile.objects.of(EVIDENCE, [achievement.pk]), pk=file)
    form = ChangeForm(request.POST or None, instance=stored)
    page = Page(
        _("Remove the evidence"), _("The file was removed."), _("Remove"), question=_("Remove this file?"),
        consequence=stored.name,
    )  # fmt: skip
    return act_page(request, achievement, form, writing.remove_evidence, page, file=stored)


def said_of(achievement: Achievement) -> str:
    """Where it went."""
    if achievement.state == AchievementState.DRAFT:
        return _("The draft is saved. Only you read it until you submit it.")
    if achievement.state == AchievementState.UNIT:
        return _("Submitted. The liaison of your unit verifies it first.")
    if achievement.state == AchievementState.DEPARTMENT:
        return _("Submitted. The unit has no liaison: the organization department verifies it directly.")
    return _("The changes are saved. Submit the entry again when it is complete.")


def _written(
    request: UserRequest, form: AchievementForm, service: "Callable[..., Any]", about: Any, context: dict[str, Any]
) -> HttpResponse:
    """The page of the form; its two buttons save a draft or submit."""
    if done := submit(request, form, service, about, is_sent=SEND in request.POST):
        if done.result is None:
            return redirect("achievements:achievement_mine")
        messages.success(request, said_of(done.result))
        return redirect("achievements:achievement_detail", pk=done.result.pk)
    return render(request, "achievements/achievement_form.html", {"form": form, **context})
