"""到期事项 one thing that is due: a rule's record on its day (ARCHITECTURE.md, "Reminder rules")."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.reminding import ReminderRule, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class OccurrenceQuerySet(BaseQuerySet["Occurrence"]):
    def open(self) -> Self:
        """Due and not settled."""
        return self.filter(closed_at=None)

    def visible_to(self, user: "User") -> Self:
        """One's own to do, as long as one may open the file; and what the rule shows to a role that covers the file."""
        return self.filter(_to_do(user) | _shown(user, everyone=True))

    def to_act(self, user: "User") -> Self:
        """What `user` has to do: as the one who acts, or as the office where nobody else does."""
        return self.filter(_to_do(user) | _shown(user, everyone=False))

    def postponable(self, user: "User") -> Self:
        """Open items that are the office's to plan: of staff in their scope, no personal ones."""
        here = of_scope(user, Role.STAFF, prefix="trainee__") & Q(trainee__isnull=False)
        if user.has_role(Role.STAFF):
            here |= Q(trainee=None)
        return self.open().filter(here, is_personal=False)


def _to_do(user: "User") -> Q:
    return Q(doer=user) & (Q(trainee=None) | Q(trainee__in=Trainee.objects.visible_to(user).values("pk")))


def _shown(user: "User", *, everyone: bool) -> Q:
    """Rules grouped by the roles they ask, so that a dozen rules make one or two conditions."""
    groups: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for key, rule in reminder_rules.items():
        roles = (*rule.roles, *rule.supervisors) if everyone else rule.roles
        if not rule.personal:
            groups.setdefault((tuple(sorted(set(roles))), everyone or rule.joint), []).append(key)
    found = Q(pk__in=[])
    for (roles, joint), keys in groups.items():
        where = of_scope(user, *roles, prefix="trainee__") & Q(trainee__isnull=False)
        if user.has_role(*roles):
            where |= Q(trainee=None)
        found |= where & Q(rule__in=keys, is_personal=False) & (Q() if joint else Q(doer=None))
    return found


class Occurrence(BaseModel):
    """One thing due: `source` is the key of the record it is about. Closed by the sweep when it is no longer due.

    `day` is when it is due: `due_on` as the rule says, or the day staff postponed it to. `doer` is the account that has
    to act, NULL where the office does. `said` is the last step told (days from `day`, negative before it), `next_on`
    the local day on which the next one is told, NULL when none is left.

    Files and accounts are never deleted, and the sweep writes ten thousand rows at a time: these keys are not checked
    one by one, and the partial indexes below are the only ones (docs/adr/0017-reminders.md).
    """

    rule = models.CharField(_("rule"), max_length=60)
    source = models.UUIDField()
    due_on = models.DateField(_("due on"))
    trainee = models.ForeignKey(
        Trainee,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("growth file"),
        db_index=False,
        db_constraint=False,
    )
    doer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who acts"),
        db_index=False,
        db_constraint=False,
    )
    is_personal = models.BooleanField(default=False)
    postponed_to = models.DateField(_("postponed to"), null=True, blank=True)
    postponed_why = models.CharField(_("reason"), max_length=200, blank=True)
    day = models.GeneratedField(
        verbose_name=_("due on"),
        expression=Coalesce("postponed_to", "due_on"),
        output_field=models.DateField(),
        db_persist=True,
    )
    said = models.SmallIntegerField(null=True, editable=False)
    next_on = models.DateField(null=True, editable=False)
    closed_at = models.DateTimeField(_("settled at"), null=True, editable=False)
    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("due item")
        ordering = ("day", "id")
        indexes = [
            models.Index(fields=["next_on", "id"], condition=Q(closed_at=None), name="occurrence_to_tell"),
            models.Index(fields=["day", "id"], condition=Q(closed_at=None), name="occurrence_by_day"),
            models.Index(fields=["doer", "day", "id"], condition=Q(closed_at=None), name="occurrence_of_doer"),
            models.Index(fields=["trainee", "day", "id"], condition=Q(closed_at=None), name="occurrence_of_trainee"),
            models.Index(fields=["rule", "day", "id"], condition=Q(closed_at=None), name="occurrence_of_rule"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "source", "due_on"], name="one_occurrence_per_day"),
            models.CheckConstraint(
                condition=Q(postponed_to=None) | ~Q(postponed_why=""),
                name="postponed_items_say_why",
                violation_error_code="reason",
                violation_error_message=_("Say why it is postponed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"

    @property
    def definition(self) -> ReminderRule | None:
        """The rule; None if the app that announced it is gone."""
        return reminder_rules.get(self.rule)
