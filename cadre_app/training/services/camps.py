"""进港扬帆训练营 Camps: planned for a year, grades given out as they were previewed, taken back while nothing was held."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.people.models import of_scope
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.checks import clean, refusal
from cadre_app.stages.rules import Rules
from cadre_app.training.models import Camp, CampExit, CampMember, CourseSession, SessionState
from cadre_app.training.services.camp_previews import Line, Step, preview

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

FIRST_YEAR = 2000
BATCH = 500
EXITS = {Step.TERM_ENDED: CampExit.TERM_ENDED, Step.DEPARTED: CampExit.DEPARTED}
MOVED = gettext_lazy("The files changed meanwhile, so nothing was applied. Below is how it stands now.")
LATER = gettext_lazy("A later camp has its grades already: the list of this one stays as it is.")
NOTHING = gettext_lazy("There is nothing to apply: the list is as the dates say.")


@transaction.atomic
def plan_camp(*, year: int, note: str = "", actor: "User | None") -> Camp:
    """The camp of `year`, on the reference date of the settings in force on that day.

    Raises ValidationError by field: a year too far away, or with a camp already.
    """
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise refusal("year", _("A camp is planned for this year or the next one."), code="year")
    planned = Rules.on(timezone.localdate()).reference_in(year)
    reference = Rules.on(planned).reference_in(year) if planned is not None else None
    if reference is None:
        raise refusal("year", _("This year has no reference date."), code="year")
    camp = Camp(year=year, reference_on=reference, note=note)
    with history.change(camp, actor=actor, verb="training.camp.planned"):
        clean(camp)
        camp.save()
    return camp


@transaction.atomic
def change_camp(camp: Camp, *, note: str, version: int | None = None, actor: "User") -> Camp:
    """Correct the remark; year and reference date stay. Raises Stale."""
    camp = lock_camp(camp.pk, version)
    with history.change(camp, actor=actor, verb="training.camp.changed"):
        camp.note = note
        clean(camp)
        camp.save()
    return camp


@transaction.atomic
def void_camp(camp: Camp, *, reason: str, version: int | None = None, actor: "User") -> Camp:
    """Void a camp planned by mistake. Raises Stale; ValidationError while members or sessions stand."""
    camp = lock_camp(camp.pk, version)
    if camp.members.standing().exists():
        raise ValidationError(_("Take the grades back first: people are on the list of this camp."), code="members")
    if camp.sessions.standing().exclude(state=SessionState.CANCELLED).exists():
        raise ValidationError(_("This camp has sessions. Cancel them first."), code="sessions")
    history.void(camp, actor=actor, reason=reason)
    return Camp.objects.get(pk=camp.pk)


@transaction.atomic
def apply_grades(camp: Camp, *, shown: str, version: int | None = None, actor: "User | None") -> Camp:
    """Put into effect exactly the preview whose digest is `shown`, for the people `actor` works for.

    Raises Stale; ValidationError: `moved` when the files say something else by now, `early` before the reference date,
    `later` once a later camp has its grades.
    """
    camp = lock_camp(camp.pk, version)
    today = timezone.localdate()
    if today < camp.reference_on:
        message = _("Grades are given out from the reference date on, %(day)s.")
        raise ValidationError(message % {"day": formats.date_format(camp.reference_on)}, code="early")
    if is_past(camp):
        raise ValidationError(LATER, code="later")
    found = preview(camp, actor)
    if found.digest != shown:
        raise ValidationError(MOVED, code="moved")
    if not found.lines and camp.applied_on is not None:
        raise ValidationError(NOTHING, code="nothing")
    _join([line for line in found.lines if line.member is None], camp, actor=actor)
    _bring_back(found.of(Step.BACK), actor=actor)
    _regrade(found.of(Step.CORRECTED), actor=actor)
    _leave(found.of(*EXITS), actor=actor)
    _drop(found.of(Step.NOT_DUE), actor=actor)
    if camp.applied_on is None:
        with history.change(camp, actor=actor, verb="training.camp.graded"):
            camp.applied_on = today
            camp.save(update_fields=["applied_on", "updated_at"])
    return camp


@transaction.atomic
def take_back_grades(camp: Camp, *, reason: str, version: int | None = None, actor: "User") -> Camp:
    """Empty the list again, as long as no session of the camp has begun; who left the earlier camp by dates stays out.

    Raises Stale; ValidationError also where somebody on the list is not among those `actor` works for.
    """
    camp = lock_camp(camp.pk, version)
    if camp.applied_on is None:
        raise ValidationError(_("No grades have been given out."), code="not_applied")
    if is_past(camp):
        raise ValidationError(LATER, code="later")
    if sessions_begun(camp):
        raise ValidationError(_("A session of this camp has begun: its grades stay."), code="begun")
    members = CampMember.objects.standing().filter(camp=camp)
    if members.exclude(of_scope(actor, Role.STAFF, prefix="trainee__")).exists():
        message = _(
            "Some of the members are not among those you work for. Somebody who works for all of them can do this."
        )
        raise ValidationError(message, code="scope")
    _void(list(members.select_for_update(of=("self",))), reason=reason, actor=actor)
    with history.change(camp, actor=actor, verb="training.camp.grades_taken_back", reason=reason):
        camp.applied_on = None
        camp.save(update_fields=["applied_on", "updated_at"])
    return camp


def is_past(camp: Camp) -> bool:
    """True once a later camp has its grades."""
    return Camp.objects.standing().filter(year__gt=camp.year, applied_on__isnull=False).exists()


def sessions_begun(camp: Camp) -> bool:
    """True once a session of the camp has begun that was not cancelled."""
    rows = CourseSession.objects.standing().filter(camp=camp, starts_on__lte=timezone.localdate())
    return rows.exclude(state=SessionState.CANCELLED).exists()


def lock_camp(pk: "UUID", version: int | None = None) -> Camp:
    """The standing camp, locked: everything about its list waits in this line. Raises Stale, ValidationError."""
    camp = Camp.objects.lock(pk, version)
    if camp.is_voided:
        raise ValidationError(_("This camp is voided."), code="voided")
    return camp


def _join(lines: list[Line], camp: Camp, *, actor: "User | None") -> None:
    rows = [
        CampMember(
            camp=camp,
            trainee=line.trainee,
            grade=line.grade or 0,
            months=line.months,
            rule=line.stage.rule.value,
            joined_on=line.since,
            is_late=line.since > camp.reference_on,
            paused_reason=line.paused_reason,
        )
        for line in lines
    ]
    write_many(rows, actor=actor, verb="training.campmember.joined", reason="")


def _bring_back(lines: list[Line], *, actor: "User | None") -> None:
    returning = {line.member.pk: line for line in lines if line.member is not None}
    rows = CampMember.objects.select_for_update(of=("self",)).filter(pk__in=returning)
    reason = _("The dates of the file were corrected")
    with history.changes_many(rows, actor=actor, verb="training.campmember.returned", reason=reason) as members:
        for member in members:
            line = returning[member.pk]
            member.left_on, member.left_kind, member.left_note = None, "", ""
            member.grade, member.months, member.rule = line.grade or member.grade, line.months, line.stage.rule.value
        names = ["left_on", "left_kind", "left_note", "grade", "months", "rule"]
        CampMember.objects.bulk_update(members, names, batch_size=BATCH)


def _regrade(lines: list[Line], *, actor: "User | None") -> None:
    changing = {line.member.pk: line for line in lines if line.member is not None}
    rows = CampMember.objects.select_for_update(of=("self",)).filter(pk__in=changing)
    with history.changes_many(rows, actor=actor, verb="training.campmember.regraded") as members:
        for member in members:
            line = changing[member.pk]
            member.grade, member.months, member.rule = line.grade or member.grade, line.months, line.stage.rule.value
        CampMember.objects.bulk_update(members, ["grade", "months", "rule"], batch_size=BATCH)


def _leave(lines: list[Line], *, actor: "User | None") -> None:
    leaving = {line.member.pk: line for line in lines if line.member is not None}
    rows = CampMember.objects.select_for_update(of=("self",)).filter(pk__in=leaving)
    with history.changes_many(rows, actor=actor, verb="training.campmember.left") as members:
        for member in members:
            line = leaving[member.pk]
            member.left_on, member.left_kind = line.since, EXITS[line.step]
            member.paused_reason = ""
        CampMember.objects.bulk_update(members, ["left_on", "left_kind", "paused_reason"], batch_size=BATCH)


def _drop(lines: list[Line], *, actor: "User | None") -> None:
    keys = [line.member.pk for line in lines if line.member is not None]
    rows = CampMember.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    _void(list(rows), reason=_("Not due by the dates of the file"), actor=actor)


def _void(rows: list[CampMember], *, reason: str, actor: "User | None") -> None:
    now = timezone.now()
    with history.changes_many(rows, actor=actor, verb="training.campmember.voided", reason=reason) as members:
        for member in members:
            member.voided_at = now
        CampMember.objects.bulk_update(members, ["voided_at"], batch_size=BATCH)
