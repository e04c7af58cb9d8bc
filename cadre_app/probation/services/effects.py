"""What a sign-off writes elsewhere: post and rank, the end of probation, papers to hand over, a talk; and its taking back."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import formats, translation
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.care.services.triggers import add_trigger, set_aside_of_post, set_aside_trigger
from cadre_app.core.probation import posts_built_on
from cadre_app.handover.models import MaterialKind
from cadre_app.handover.services.notes import note_material, papers_of, retract_papers
from cadre_app.history import services as history
from cadre_app.history.models import Entry
from cadre_app.people.models import PostRecord
from cadre_app.people.services import posts
from cadre_app.people.services.checks import clean, refusal
from cadre_app.people.services.trainees import change_trainee
from cadre_app.probation.models import Conclusion, Probation, State
from cadre_app.probation.terms import terms_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from cadre_app.accounts.models import User


def write_grading(one: Probation, end: "date", *, actor: "User") -> None:
    """任职定级 The record of post and rank from `end` on; one that stands there is kept where it says the same, and one
    without a rank is given it.

    Sets `post_record` and `wrote_record`; that the file says nothing else is asked before (`refuse_other_record`).
    """
    there = _record_of(one, end)
    one.wrote_record = there is None
    if there is None:
        there = posts.add_post_record(
            one.trainee, started_on=end, post=one.post, rank=one.rank, post_grade=one.post_grade,
            document_number=one.document_number, is_signed=True, actor=actor,
        )  # fmt: skip
    elif not (there.rank or there.post_grade):
        there = _set_rank(there, one.rank, one.post_grade, actor)
    one.post_record = there
    _grade_later_posts(one, there, actor)


def refuse_other_record(one: Probation, end: "date") -> None:
    """Raises ValidationError by field where the file names another post or rank from `end` on than the grading."""
    there = _record_of(one, end)
    if there is None:
        return
    known = {"day": formats.date_format(end), "post": there.post}
    if there.post != one.post:
        message = _("From %(day)s on the growth file says “%(post)s”. Correct the one or the other first.")
        raise refusal("post", message % known, code="other_record")
    if (there.rank or there.post_grade) and (there.rank, there.post_grade) != (one.rank, one.post_grade):
        message = _(
            "From %(day)s on the growth file says another rank or post grade. Correct the one or the other first."
        )
        raise refusal("rank" if one.rank else "post_grade", message % known, code="other_record")


def _record_of(one: Probation, end: "date") -> PostRecord | None:
    return one.trainee.post_records.standing().filter(started_on=end).first()


def _grade_later_posts(one: Probation, record: PostRecord, actor: "User") -> None:
    """Who took another post while the assessment went on holds the rank there as well."""
    for later in one.trainee.post_records.standing().filter(started_on__gt=record.started_on).order_by("started_on"):
        if later.rank or later.post_grade:
            return
        _set_rank(later, one.rank, one.post_grade, actor)


def _set_rank(record: PostRecord, rank: str, post_grade: str, actor: "User") -> PostRecord:
    return posts.change_post_record(
        record, started_on=record.started_on, post=record.post, post_level=record.post_level, rank=rank,
        post_grade=post_grade, document_number=record.document_number, is_signed=True, actor=actor,
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
        _note_form(one, kind, title, one.signed_on, actor)


def _note_form(one: Probation, kind: MaterialKind, title: str, formed_on: "date", actor: "User") -> None:
    """Where the archive has the form of a sign-off that was taken back, the one of the new sign-off follows it."""
    sent = papers_of(one, one.trainee).filter(kind=kind, handed_over_on__isnull=False).count()
    if sent:
        with translation.override(settings.LANGUAGE_CODE):
            title = _("%(form)s (corrected)") % {"form": title}
    part = f"{kind}-{sent}" if sent else ""
    note_material(one, trainee=one.trainee, kind=kind, title=title, formed_on=formed_on, part=part, actor=actor)


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
    retract_papers(one, reason=reason, actor=actor)


def _take_grading_back(one: Probation, reason: str, actor: "User") -> None:
    """What the sign-off wrote; of a record that stood before it the rank, which nobody has until it is signed off anew."""
    if one.post_record_id is None:
        return
    record = PostRecord.objects.get(pk=one.post_record_id)
    if not record.is_voided:
        _refuse_built_on(one, record)
    _take_rank_back(one, record, actor)
    if record.is_voided:
        return
    if one.wrote_record:
        posts.void_post_record(record, reason=reason, is_signed=True, actor=actor)
    elif record.post:
        _set_rank(record, "", "", actor)


def _refuse_built_on(one: Probation, record: PostRecord) -> None:
    """What an outcome goes on with, in the record itself or after it, is no longer this grading's alone."""
    if (record.started_on, record.post, record.rank, record.post_grade) != (
        one.ended_on, one.post, one.rank, one.post_grade,
    ):  # fmt: skip
        message = _("Post and rank were changed in the growth file since. Void that record first.")
        raise ValidationError(message, code="changed")
    if one.wrote_record and any(stands_on(record) for stands_on in posts_built_on.values()):
        message = _("An outcome goes on with the record of post and rank from %(day)s on. Void that outcome first.")
        raise ValidationError(message % {"day": formats.date_format(record.started_on)}, code="built_on")
    rows = one.trainee.post_records.standing().filter(started_on__gt=record.started_on).order_by("started_on")
    ranked = rows.filter(~Q(rank="") | ~Q(post_grade="")).exclude(rank=one.rank, post_grade=one.post_grade)
    later = rows.filter(created_at__gte=_signed_at(one, record)).first() or ranked.first()
    if later is not None:
        message = _("A later record of post and rank, from %(day)s on, was built on this grading. Void that one first.")
        raise ValidationError(message % {"day": formats.date_format(later.started_on)}, code="built_on")


def _signed_at(one: Probation, record: PostRecord) -> "datetime":
    entry = Entry.objects.about(one).filter(verb="probation.probation.signed_off").first()
    return entry.at if entry is not None else record.created_at


def _take_rank_back(one: Probation, record: PostRecord, actor: "User") -> None:
    """From the posts that go on with it."""
    for follows in one.trainee.post_records.standing().filter(started_on__gt=record.started_on).order_by("started_on"):
        if not follows.post or (follows.rank, follows.post_grade) != (one.rank, one.post_grade):
            return
        _set_rank(follows, "", "", actor)


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
