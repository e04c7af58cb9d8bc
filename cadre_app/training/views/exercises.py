"""沙盘推演记录 Sand-table records of a session."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.history.models import Entry
from cadre_app.training.forms.exercises import ExerciseForm
from cadre_app.training.models import CourseSession, Enrolment, ExerciseRecord
from cadre_app.training.permissions import results as permissions
from cadre_app.training.services import exercises as services

RELATED = ("scenario", "session__course", "session__teacher")


@require_GET
def exercise_list(request: UserRequest, pk: UUID) -> HttpResponse:
    """The records of a session that one reads; the voided ones for whoever writes."""
    session = _session(request, pk)
    may_write = permissions.can_write_exercises(request.user, session)
    rows = ExerciseRecord.objects.visible_to(request.user).filter(session=session).select_related("scenario")
    found = list(with_members(rows, request).order_by("scenario__title", "group", "pk"))
    mine = set(rows.worked_on(request.user).values_list("pk", flat=True)) if may_write else set()
    context = {
        "session": session,
        "records": [(record, record.pk in mine) for record in found if not record.is_voided],
        "voided": [record for record in found if record.is_voided and record.pk in mine],
        "may_write": may_write and not services.problem_of(session),
    }
    return render(request, "training/exercise_list.html", context)


@require_http_methods(["GET", "POST"])
def exercise_new(request: UserRequest, pk: UUID) -> HttpResponse:
    session = _session(request, pk)
    require(permissions.can_write_exercises(request.user, session))
    problem = services.problem_of(session)
    if problem and request.method == "GET":
        messages.warning(request, problem)
        return redirect("training:exercise_list", pk=pk)
    form = ExerciseForm(request.POST or None, user=request.user, session=session)
    if submit(request, form, services.create_exercise, session):
        messages.success(request, _("The sand-table record was kept."))
        return redirect("training:exercise_list", pk=pk)
    return render(request, "training/exercise_new.html", {"form": form, "session": session})


@require_http_methods(["GET", "POST"])
def exercise_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    record = _record(request, pk)
    require(permissions.can_change_exercise(request.user, record))
    form = ExerciseForm(request.POST or None, instance=record, user=request.user, session=record.session)
    if submit(request, form, services.change_exercise, record):
        messages.success(request, _("The sand-table record was changed."))
        return redirect("training:exercise_list", pk=record.session_id)
    unseen = record.members.exclude(pk__in=Enrolment.objects.visible_to(request.user).values("pk")).exists()
    entries = None if unseen else Entry.objects.about(record).told()
    context = {"form": form, "record": record, "session": record.session, "entries": entries}
    return render(request, "training/exercise_edit.html", context)


@require_http_methods(["GET", "POST"])
def exercise_void(request: UserRequest, pk: UUID) -> HttpResponse:
    record = _record(request, pk)
    require(permissions.can_change_exercise(request.user, record))
    form = ReasonForm(request.POST or None, instance=record)
    if submit(request, form, services.void_exercise, record):
        messages.success(request, _("The sand-table record was voided. It can be restored."))
        return redirect("training:exercise_list", pk=record.session_id)
    return render(request, "training/exercise_void.html", {"form": form, "record": record, "session": record.session})


@require_http_methods(["GET", "POST"])
def exercise_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    record = _record(request, pk)
    require(permissions.can_restore_exercise(request.user, record))
    form = RestoreForm(request.POST or None, instance=record)
    if submit(request, form, services.restore_exercise, record):
        messages.success(request, _("The sand-table record was restored."))
        return redirect("training:exercise_list", pk=record.session_id)
    context = {"form": form, "record": record, "session": record.session}
    return render(request, "training/exercise_restore.html", context)


def with_members(rows: "QuerySet[ExerciseRecord]", request: UserRequest) -> "QuerySet[ExerciseRecord]":
    """Each with `known`, the members whom the viewer sees, and `size`, how many there are."""
    seen = Enrolment.objects.visible_to(request.user).select_related("trainee__person")
    known = Prefetch("members", queryset=seen.order_by("trainee__stroke_key", "pk"), to_attr="known")
    return rows.annotate(size=Count("members")).prefetch_related(known)


def _session(request: UserRequest, pk: UUID) -> CourseSession:
    rows = CourseSession.objects.visible_to(request.user).standing().select_related("course", "teacher")
    return get_object_or_404(rows, pk=pk)


def _record(request: UserRequest, pk: UUID) -> ExerciseRecord:
    return get_object_or_404(ExerciseRecord.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
