"""What every change of an achievement asks first, and the step that each one leaves."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.achievements.models import Achievement, AchievementState, AchievementStep
from cadre_app.core.fields import bare
from cadre_app.people.models import Person, Relative
from cadre_app.people.models.persons import avoided_persons, relatives_of
from cadre_app.people.services.checks import clean, lock_open_file, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

FIGURE = re.compile(r"[0-9０-９]")
# A number that is written out counts with what it counts, as in 三十多户 or 三分之二; 一 alone stands in too many other words.
WRITTEN = re.compile(
    r"([〇零一二三四五六七八九十百千万亿两半]+)[多余]?"
    r"(?:分之|公[里斤顷分]|平方|立方|小时|[户人个亩件起次天日月年元块角成倍场条项家里米吨斤份名位台座间处村镇组批期篇张本册页头只棵株盏所套辆岁折周%％])"
)
# Words with a numeral in them that say no number.
SAYINGS = re.compile(r"千家万户|千村万户|万家|百年大计|十年如一日|三番五次")
NOBODY = re.compile(r"我|我们|我?本?人?自己|我?本人|无|没有|暂无|无人|不详|未定|待定|略|none|no|n/a")
# What has to be there before somebody is asked to verify it.
NEEDED = ("title", "started_on", "ended_on", "role", "done", "result", "witness")


def lock_achievement(achievement: Achievement, version: int | None = None, *, voided: bool = False) -> Achievement:
    """The open file and the achievement, locked in this order. Raises Stale; ValidationError for a closed file, or where
    the entry is (not) voided.
    """
    trainee = lock_open_file(achievement.trainee_id)
    achievement = Achievement.objects.lock(achievement.pk, version)
    achievement.trainee = trainee
    if achievement.is_voided and not voided:
        raise ValidationError(_("This entry is voided: it can be read, no longer changed."), code="voided")
    if not achievement.is_voided and voided:
        raise ValidationError(_("This entry is not voided."), code="not_voided")
    return achievement


def require_state(achievement: Achievement, states: Iterable[str]) -> None:
    """Raise ValidationError unless the achievement is in one of `states`."""
    if achievement.state not in states:
        message = _("This cannot be done now: the achievement is in the state “%(state)s”.")
        raise ValidationError(message % {"state": achievement.get_state_display()}, code="wrong_state")


def refuse_avoided(achievement: Achievement, actor: "User") -> None:
    """回避 Raise ValidationError where `actor` is the person or a declared relative."""
    if achievement.trainee.person_id in avoided_persons(actor):
        message = _("Nobody verifies or returns the own entry or that of a declared relative.")
        raise ValidationError(message, code="avoided")


def check_days(achievement: Achievement) -> None:
    """The period lies between the arrival and today. Raises ValidationError by field."""
    first, last, arrived_on = achievement.started_on, achievement.ended_on, achievement.trainee.arrived_on
    message = _("Reported for duty on %(day)s: the period begins on that day at the earliest.")
    message %= {"day": formats.date_format(arrived_on)}
    for field, day in (("started_on", first), ("ended_on", last)):
        if day is not None:
            refuse_before(field, day, arrived_on, message)
            refuse_future(field, day)
    if first is not None and last is not None and last < first:
        raise refusal("ended_on", _("The last day lies before the first one."), code="before_start")


def check_witness(achievement: Achievement) -> None:
    """可证明人 somebody else than the person, and no declared relative. Raises ValidationError by field."""
    person = achievement.trainee.person
    text = bare(achievement.witness)
    if not text:
        return
    if NOBODY.fullmatch(text.casefold()) or not re.search(r"\w", text):
        message = _("Name somebody else, with the post, or the office that keeps the papers.")
        raise refusal("witness", message, code="nobody")
    tied = Person.objects.filter(pk__in=relatives_of([person.pk])).values_list("name", flat=True)
    names = [person.name, *tied, *Relative.objects.standing().filter(person=person).values_list("name", flat=True)]
    if any(bare(name) in text for name in names):
        message = _("Somebody else confirms it: neither yourself nor a relative of yours.")
        raise refusal("witness", message, code="own")


def check_result(achievement: Achievement) -> None:
    """成效 has a number in it. Raises ValidationError by field."""
    if not says_number(achievement.result):
        message = _("Say the result in numbers: area, households, days, money, before and after.")
        raise refusal("result", message, code="no_number")


def says_number(text: str) -> bool:
    """A figure, or a number that is written out together with what it counts."""
    written = (match[1] for match in WRITTEN.finditer(SAYINGS.sub("", text)))
    return FIGURE.search(text) is not None or any(number != "一" for number in written)


def check_complete(achievement: Achievement) -> None:
    """Everything that whoever verifies it has to read is there. Raises ValidationError by field."""
    missing = [name for name in NEEDED if not getattr(achievement, name)]
    if missing:
        raise ValidationError({name: ValidationError(_("Please fill this in."), code="required") for name in missing})


def check_entry(achievement: Achievement) -> None:
    """Days, completeness (of all but drafts) and columns of an entry about to be saved. Raises ValidationError by field."""
    check_days(achievement)
    check_witness(achievement)
    if not achievement.is_draft:
        check_complete(achievement)
    clean(achievement)


def enter_state(achievement: Achievement, state: AchievementState) -> None:
    """The state, from today; what belongs to the one before is taken away."""
    achievement.state, achievement.state_since = state, timezone.localdate()
    achievement.return_comment = ""


def note_step(achievement: Achievement, kind: str, *, actor: "User | None", comment: str = "", **fields: Any) -> None:
    """Leave a step of the way behind, in the transaction of the change."""
    values = {"at": timezone.now(), **fields}
    AchievementStep.objects.create(achievement=achievement, kind=kind, by=actor, comment=comment, **values)
