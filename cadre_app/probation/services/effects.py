"""What a sign-off writes elsewhere: post and rank, the end of probation, papers to hand over, a talk; and its taking back."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import formats, translation
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.care.services.triggers import add_trigger, set_aside_of_post, set_aside_trigger
from cadre_app.handover.models import MaterialKind
from cadre_app.handover.services.notes import note_material, retract_material
from cadre_app.history import services as history
from cadre_app.people.models import PostRecord
from cadre_app.people.services import posts
from cadre_app.people.services.checks import clean
from cadre_app.people.services.trainees import change_trainee
from cadre_app.probation.models import Conclusion, Probation, State
from cadre_app.probation.terms import terms_of

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User


def write_grading(one: Probation, end: "date", *, actor: "User") -> None:
    """任职定级 The record of post and rank from `end` on; one that staff entered before is kept where it says the same.

    Sets `post_record` and `wrote_record`. Raises ValidationError where the file says something else from that day on.
    """
    there = one.trainee.post_records.standing().filter(started_on=end).first()
    if there is None:
        one.wrote_record = True
        one.post_record = posts.add_post_record(
            one.trainee, started_on=end, post=one.post, rank=one.rank, post_grade=one.post_grade,
            document_number=one.document_number, is_grading=True, actor=actor,
        )  # fmt: skip
        _grade_later_posts(one, one.post_record, actor)
        return
    if (there.post, there.rank, there.post_grade) != (one.post, one.rank, one.post_grade):
        message = _("From %(day)s on the growth file says another post and rank. Correct the one or the other first.")
        raise ValidationError(message % {"day": formats.date_format(end)}, code="other_record")
    one.wrote_record, one.post_record = False, there


def _grade_later_posts(one: Probation, record: PostRecord, actor: "User") -> None:
    """Who took another post while the assessment went on holds the rank there as well."""
    for later in one.trainee.post_records.standing().filter(started_on__gt=record.started_on).order_by("started_on"):
        if later.rank or later.post_grade:
            return
        _set_rank(later, one.rank, one.post_grade, actor)


def _set_rank(record: PostRecord, rank: str, post_grade: str, actor: "User") -> None:
    posts.change_post_record(
        record, started_on=record.started_on, post=record.post, post_level=record.post_level, rank=rank,
        post_grade=post_grade, document_number=record.document_number, is_grading=True, actor=actor,
    )  # fmt: skip


def extend(one: Probation, *, actor: "User") -> None:
    """延长试用期 The new end in the growth file, with the reason, and the record of the next round."""
    if one.extended_to is not None:
        _set_end(one, one.extended_to, one.reason, actor)
    following = Probation(trainee=one.trainee, round=one.round + 1)
    with history.change(following, actor=actor, verb="probation.probation.opened"):
        clean(following)
        following.save(force_insert=True)


def note_papers(one: Probation, *, actor: "User") -> None:
    """The forms are handed over within a month (PRODUCT.md, "Materials to hand over")."""
    if one.signed_on is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        titles = {MaterialKind.PROBATION: _("Registration form of the end-of-probation assessment")}
        if one.conclusion == Conclusion.PASSED:
            titles[MaterialKind.GRADING] = str(terms_of(one).form)
    for kind, title in titles.items():
        note_material(one, trainee=one.trainee, kind=kind, title=title, formed_on=one.signed_on, actor=actor)


def ask_for_talk(one: Probation, *, actor: "User") -> None:
    """试用期满谈话 One talk, about the end of probation and the post that follows it."""
    if one.signed_on is None:
        return
    record = one.post_record
    if record is not None and TalkTrigger.objects.filter(post_record=record).exists():
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("The talk at the end of probation is about the new post as well.")
        set_aside_of_post(record, reason=reason, actor=actor)
        record = None
    add_trigger(
        one.trainee, occasion=Occasion.PROBATION, happened_on=one.signed_on, post_record=record, actor=actor
    )  # fmt: skip


def take_back(one: Probation, *, reason: str, actor: "User") -> None:
    """What the sign-off wrote goes back to what it was. Raises ValidationError where something was built on it since."""
    if one.conclusion == Conclusion.PASSED:
        _take_grading_back(one, reason, actor)
        _set_talk_aside(one, reason, actor)
    elif one.conclusion == Conclusion.DEFERRED:
        _take_extension_back(one, reason, actor)
    retract_material(one, reason=reason, actor=actor)


def _take_grading_back(one: Probation, reason: str, actor: "User") -> None:
    if not one.wrote_record or one.post_record_id is None:
        return
    record = PostRecord.objects.get(pk=one.post_record_id)
    if record.is_voided:
        return
    written = (one.ended_on, one.post, one.rank, one.post_grade)
    if (record.started_on, record.post, record.rank, record.post_grade) != written:
        message = _("Post and rank were changed in the growth file since. Void that record first.")
        raise ValidationError(message, code="changed")
    rows = one.trainee.post_records.standing()
    later = (
        rows.filter(started_on__gt=record.started_on, created_at__gte=record.created_at).order_by("started_on").first()
    )
    if later is not None:
        message = _("A later record of post and rank, from %(day)s on, was built on this grading. Void that one first.")
        raise ValidationError(message % {"day": formats.date_format(later.started_on)}, code="built_on")
    for follows in rows.filter(started_on__gt=record.started_on).order_by("started_on"):
        took_over = follows.updated_at >= record.created_at
        if not took_over or (follows.rank, follows.post_grade) != (record.rank, record.post_grade):
            break
        _set_rank(follows, "", "", actor)
    posts.void_post_record(record, reason=reason, actor=actor)


def _set_talk_aside(one: Probation, reason: str, actor: "User") -> None:
    rows = TalkTrigger.objects.open().filter(trainee=one.trainee_id, occasion=Occasion.PROBATION)
    for trigger in rows.filter(happened_on=one.signed_on) if one.signed_on is not None else ():
        set_aside_trigger(trigger, reason=reason[:200], actor=actor)


def _take_extension_back(one: Probation, reason: str, actor: "User") -> None:
    following = Probation.objects.standing().filter(trainee=one.trainee_id, round=one.round + 1).first()
    if following is not None:
        following = Probation.objects.lock(following.pk)
        if following.state != State.OPEN or following.waiver_reason:
            raise ValidationError(_("The assessment after the extension has begun."), code="begun")
        history.void(following, actor=actor, reason=reason)


def give_end_back(one: Probation, end: "date | None", *, reason: str, actor: "User") -> None:
    """The end before the extension `one`, which is open again; one that the file tells otherwise stays."""
    if one.conclusion == Conclusion.DEFERRED and end is not None and one.trainee.probation_ends_on == one.extended_to:
        _set_end(one, end, reason, actor)


def _set_end(one: Probation, day: "date", reason: str, actor: "User") -> None:
    file = one.trainee
    one.trainee = change_trainee(
        file, kind=file.kind, sub_kind=file.sub_kind, status=file.status, scheme=file.scheme,
        arrived_on=file.arrived_on, linked_village=file.linked_village, probation_ends_on=day, remark=file.remark,
        reason=reason, actor=actor,
    )  # fmt: skip
