"""Lists of achievements, and one of them with its way, its comments and its versions."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cadre_app.achievements import lists, panels, permissions
from cadre_app.achievements.models import Achievement, AchievementComment, AchievementState, StepKind
from cadre_app.achievements.services.writing import EVIDENCE
from cadre_app.achievements.words import mark_of, span_of
from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.files.listing import files_of
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people

RELATED = ("trainee__person", "trainee__home_unit", "unit_verified_by", "verified_by")


@require_GET
def achievement_list(request: UserRequest) -> HttpResponse:
    """工作实绩 over units, for business roles."""
    if not permissions.can_list_achievements(request.user):
        raise Http404
    table, found = lists.achievement_table(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "chips": lists.state_chips(request.user, request.GET),
        "may_verify": permissions.verifies(request.user),
    }
    return render(request, page_or_fragment(request, "achievements/achievement_list.html"), context)


@require_GET
def achievement_mine(request: UserRequest) -> HttpResponse:
    """我的工作实绩 One's own, the latest first."""
    if not permissions.can_see_own_achievements(request.user):
        raise Http404
    return render(request, "achievements/achievement_mine.html", panels.own_achievements(request.user))


@require_GET
def achievement_mentees(request: UserRequest) -> HttpResponse:
    """What the mentees of a mentor submitted."""
    if not permissions.can_see_mentees(request.user):
        raise Http404
    cards = panels.mentee_cards(request.user)
    return render(request, "achievements/achievement_mentees.html", {"cards": cards})


@require_GET
def achievement_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One entry with what its reader may do next."""
    user, achievement = request.user, visible_achievement(request, pk)
    acts = acts_of(user, achievement)
    steps = list(achievement.steps.select_related("by"))
    context: dict[str, Any] = {
        **facts_of(user, achievement),
        "evidence": files_of(EVIDENCE, [achievement.pk])[achievement.pk] if not achievement.is_voided else [],
        "steps": steps,
        "void_reason": next((one.comment for one in reversed(steps) if one.kind == StepKind.VOIDED), ""),
        "comments": _comments(user, achievement),
        "may": acts,
        "spoke_for_unit": achievement.state == AchievementState.DEPARTMENT
        and permissions.has_spoken_for_unit(user, achievement)
        and permissions.works_here(user),
        **_versions(user, achievement),
        "entries": _changes(user, achievement),
    }
    return render(request, "achievements/achievement_detail.html", context)


def visible_achievement(request: UserRequest, pk: UUID) -> Achievement:
    """An achievement that one sees, or 404."""
    rows = Achievement.objects.visible_to(request.user).select_related(*RELATED)
    found: Achievement = get_object_or_404(rows, pk=pk)
    return found


def facts_of(user: Any, achievement: Achievement) -> dict[str, Any]:
    """What every page about one entry shows of it, and the way back."""
    return {
        "achievement": achievement,
        "trainee": achievement.trainee,
        "mark": mark_of(achievement),
        "span": span_of(achievement.started_on, achievement.ended_on),
        "is_own": people.is_own(user, achievement.trainee),
        "is_listed": permissions.can_list_achievements(user),
    }


def acts_of(user: Any, achievement: Achievement) -> dict[str, bool]:
    """By act whether its reader may do it now."""
    has_correction = not achievement.is_voided and achievement.correction() is not None
    return {
        "change": permissions.can_change_achievement(user, achievement),
        "submit": permissions.can_submit_achievement(user, achievement),
        "withdraw": permissions.can_withdraw_achievement(user, achievement),
        "verify_for_unit": permissions.can_verify_for_unit(user, achievement),
        "verify": permissions.can_verify(user, achievement),
        "return": permissions.can_return_achievement(user, achievement),
        "correct": not has_correction and permissions.can_correct_achievement(user, achievement),
        "comment": permissions.can_comment(user, achievement),
        "void": permissions.can_void_achievement(user, achievement),
        "restore": permissions.can_restore_achievement(user, achievement),
    }


def _comments(user: Any, achievement: Achievement) -> list[dict[str, Any]]:
    rows = AchievementComment.objects.visible_to(user).filter(achievement=achievement).select_related("author")
    found = []
    for comment in rows:
        comment.achievement = achievement
        found.append(
            {
                "comment": comment,
                "may_void": permissions.can_void_comment(user, comment),
                "may_restore": permissions.can_restore_comment(user, comment),
            }
        )
    return found


def _versions(user: Any, achievement: Achievement) -> dict[str, Any]:
    """The entry that this one corrects, and the one that corrects it; those that `user` reads."""
    readable = Achievement.objects.visible_to(user)
    later = None if achievement.is_voided else achievement.correction()
    return {
        "earlier": readable.filter(pk=achievement.supersedes_id).first() if achievement.supersedes_id else None,
        "later": readable.filter(pk=later.pk).first() if later is not None else None,
    }


def _changes(user: Any, achievement: Achievement) -> Any:
    if not permissions.can_read_achievement_changes(user, achievement):
        return None
    return Entry.objects.about(achievement).told()
