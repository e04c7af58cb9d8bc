"""What unit and department decide on, one entry or many; voided, restored; comments."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.achievements import permissions
from cadre_app.achievements.forms import CommentForm, ReturnForm, VerifyManyForm, read_pick
from cadre_app.achievements.models import Achievement, AchievementComment, AchievementState
from cadre_app.achievements.services import comments, corrections, deciding
from cadre_app.achievements.views.acts import act_page
from cadre_app.achievements.views.pages import RELATED, visible_achievement
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit

BOTH = require_http_methods(["GET", "POST"])
MOST = 50


@BOTH
def achievement_verify_for_unit(request: UserRequest, pk: UUID) -> HttpResponse:
    """单位核实."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_verify_for_unit(request.user, achievement))
    page = Page(
        _("Verify for the unit"), _("Verified for the unit. The organization department has it now."), _("Verify"),
        question=_("Is this true, as far as the unit knows?"),
        consequence=_("It then waits for the organization department to verify it."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=achievement)
    return act_page(request, achievement, form, deciding.verify_for_unit, page)


@BOTH
def achievement_verify(request: UserRequest, pk: UUID) -> HttpResponse:
    """组织部审定."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_verify(request.user, achievement))
    past_unit = achievement.unit_verified_on is None
    page = Page(
        _("Verify for the department"), _("Verified. It stands in the growth file."),
        pgettext("achievement for the department", "Verify"),
        question=_("Verify this achievement?"),
        consequence=_("The unit has no liaison: nobody there has verified it.") if past_unit
        else _("It is locked from then on, and corrected by a later entry alone."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=achievement)
    return act_page(request, achievement, form, deciding.verify_achievement, page)


@BOTH
def achievement_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回补充."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_return_achievement(request.user, achievement))
    page = Page(
        _("Return for completion"), _("The achievement was returned."), _("Return for completion"),
        question=_("Return this achievement for completion?"),
    )  # fmt: skip
    form = ReturnForm(request.POST or None, instance=achievement)
    return act_page(request, achievement, form, deciding.return_achievement, page)


@BOTH
def achievement_void(request: UserRequest, pk: UUID) -> HttpResponse:
    achievement = visible_achievement(request, pk)
    require(permissions.can_void_achievement(request.user, achievement))
    page = Page(
        _("Void the achievement"), _("The achievement was voided."), _("Void"), question=_("Void this achievement?"),
        consequence=_("It no longer counts anywhere; what it corrected counts again. It can be restored."), danger=True,
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=achievement)
    return act_page(request, achievement, form, corrections.void_achievement, page)


@BOTH
def achievement_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    achievement = visible_achievement(request, pk)
    require(permissions.can_restore_achievement(request.user, achievement))
    page = Page(
        _("Restore the achievement"), _("The achievement stands again."), _("Restore"),
        question=_("Restore this achievement?"),
    )  # fmt: skip
    form = RestoreForm(request.POST or None, instance=achievement)
    return act_page(request, achievement, form, corrections.restore_achievement, page)


@BOTH
def comment_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """What the mentor says of it."""
    achievement = visible_achievement(request, pk)
    require(permissions.can_comment(request.user, achievement))
    notice = _("Whoever reads the achievement reads the comment. It cannot be changed, only voided and written anew.")
    page = Page(_("Comment on the achievement"), _("Your comment stands beside it."), _("Submit"), notices=(notice,))
    return act_page(request, achievement, CommentForm(request.POST or None), comments.add_comment, page)


@BOTH
def comment_void(request: UserRequest, pk: UUID) -> HttpResponse:
    comment = _visible_comment(request, pk)
    require(permissions.can_void_comment(request.user, comment))
    page = Page(
        _("Void the comment"), _("The comment was voided."), _("Void"), question=_("Void this comment?"),
        consequence=comment.text, danger=True,
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=comment)
    return act_page(request, comment.achievement, form, comments.void_comment, page, about=comment)


@BOTH
def comment_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    comment = _visible_comment(request, pk)
    require(permissions.can_restore_comment(request.user, comment))
    page = Page(
        _("Restore the comment"), _("The comment stands again."), _("Restore"), question=_("Restore this comment?"),
        consequence=comment.text,
    )  # fmt: skip
    form = RestoreForm(request.POST or None, instance=comment)
    return act_page(request, comment.achievement, form, comments.restore_comment, page, about=comment)


@require_POST
def achievement_verify_many(request: UserRequest) -> HttpResponse:
    """Say how many are verified and what follows; verify them once that is confirmed."""
    if not permissions.verifies(request.user):
        raise Http404
    is_confirmed = "confirmed" in request.POST
    picks = _picked(request)
    form = VerifyManyForm(request.POST if is_confirmed else None, picks=picks)
    if is_confirmed and (done := submit(request, form, deciding.verify_many)):
        count = len(done.result or ())
        text = ngettext("%(count)s achievement is verified.", "%(count)s achievements are verified.", count)
        messages.success(request, text % {"count": count} if count else _("The achievements are verified."))
        return redirect("achievements:achievement_list")
    context = {
        "form": form,
        "picks": [(row, f"{row.pk}@{version}") for row, version in picks],
        "to_department": sum(permissions.can_verify_for_unit(request.user, row) for row, _version in picks),
        "past_unit": sum(
            row.state == AchievementState.UNIT and not permissions.can_verify_for_unit(request.user, row)
            for row, _version in picks
        ),
        "left_out": len(request.POST.getlist("pick")) - len(picks),
    }
    return render(request, "achievements/achievement_verify_many.html", context)


def _picked(request: UserRequest) -> list[tuple[Achievement, int]]:
    """Those that were picked and wait for this reader, each with the version that was looked at."""
    named = [pick for text in request.POST.getlist("pick")[:MOST] if (pick := read_pick(text)) is not None]
    wanted = dict(named)
    user = request.user
    rows = Achievement.objects.visible_to(user).filter(pk__in=wanted).select_related(*RELATED)
    found = [
        row
        for row in rows.order_by("state_since", "pk")
        if permissions.can_verify_for_unit(user, row) or permissions.can_verify(user, row)
    ]
    return [(row, wanted[row.pk] or row.version) for row in found]


def _visible_comment(request: UserRequest, pk: UUID) -> AchievementComment:
    rows = AchievementComment.objects.visible_to(request.user)
    related = [f"achievement__{name}" for name in RELATED]
    found: AchievementComment = get_object_or_404(rows.select_related("author", *related), pk=pk)
    return found
