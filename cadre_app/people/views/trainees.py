"""履历信息 The record of a growth file: its head, and section by section what is recorded."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, require
from cadre_app.people import permissions
from cadre_app.people.access import roles_on
from cadre_app.people.file import particulars, sections, voided
from cadre_app.people.file.changes import changes_of_file
from cadre_app.people.file.heads import head_of
from cadre_app.people.models import Education, Proposal, Trainee
from cadre_app.people.services.openings import record_opening
from cadre_app.people.services.photos import photo_of


@require_GET
def trainee_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The record of one growth file, for those who read the identity."""
    user = request.user
    files = Trainee.objects.visible_to(user).select_related(
        "person__account", "person__account_request", "home_unit", "linked_village"
    )
    trainee = get_object_or_404(files, pk=pk)
    require(permissions.can_read_identity(user, trainee))
    record_opening(trainee, actor=user, ties=roles_on(user, trainee))
    context: dict[str, Any] = {
        "trainee": trainee,
        "may": _may(request, trainee),
        "terms": sections.term_section(user, trainee),
        "transfers": sections.transfer_section(user, trainee),
        "arrival": sections.arrival_section(user, trainee),
        "offices": sections.office_section(user, trainee),
    }
    return render(request, "people/trainee_detail.html", context | _particulars(request, trainee, context))


def _may(request: UserRequest, trainee: Trainee) -> dict[str, bool]:
    user = request.user
    return {
        "read_relatives": permissions.can_read_relatives(user, trainee),
        "read_history": permissions.can_read_history(user, trainee),
        "edit": permissions.can_edit(user, trainee),
        "propose": permissions.can_propose(user, trainee),
        "reveal": permissions.can_reveal(user, trainee),
        "restore": permissions.can_restore(user, trainee),
        "undo_departure": permissions.can_undo_departure(user, trainee),
        "read_account": permissions.can_read_account(user, trainee),
        "see_roster": permissions.can_see_roster(user),
        "is_own": permissions.is_own(user, trainee),
    }


def _particulars(request: UserRequest, trainee: Trainee, context: dict[str, Any]) -> dict[str, Any]:
    user, may = request.user, context["may"]
    found = Education.objects.visible_to(user).standing().filter(person=trainee.person_id).order_by("level", "mode")
    educations = particulars.education_rows(list(found))
    posts = particulars.post_rows(user, trainee)
    relatives = particulars.relative_rows(trainee) if may["read_relatives"] else []
    waiting = Proposal.objects.visible_to(user).waiting().filter(trainee=trainee).select_related("proposed_by")
    return {
        "head": head_of(
            user,
            trainee,
            terms=context["terms"]["rows"],
            educations=educations,
            arrival=context["arrival"],
            service=context["transfers"]["service"],
            photo=photo_of(trainee),
        ),
        "plain": particulars.sections_of(user, trainee),
        "facts": particulars.facts_of_programme(user, trainee),
        "educations": educations,
        "posts": posts,
        "relatives": relatives,
        "resume_lines": particulars.resume_lines(trainee.person),
        "proposals": list(waiting),
        "entries": changes_of_file(trainee) if may["read_history"] else None,
        "voided": voided.voided_parts(trainee) if may["edit"] else [],
    }
