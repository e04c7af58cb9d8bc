"""Who has part in the results of a comparison: members of its teams; with a publication whoever was posted to its fronts."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models.choices import PENDING, EntryKind, PostingState
from cadre_app.assignments.models.competitions import OVERSEERS, CompetitionEntry
from cadre_app.assignments.models.postings import Posting
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import relations
from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

MENTOR_LEVEL = "mentor"


class CompetitionMemberQuerySet(BaseQuerySet["CompetitionMember"]):
    def visible_to(self, user: "User") -> Self:
        """Who follows the comparison, the liaison of the team's unit, the reviewer; in person, and as the mentor."""
        from cadre_app.assignments.models.competition_scores import reviewed_by

        found = any_of(user.unit_ranges(*OVERSEERS), "team__competition__unit__path")
        found |= any_of(user.unit_ranges(Role.LIAISON), "team__unit__path")
        found |= Q(team__competition__in=reviewed_by(user).values("competition"))
        return self.filter(found | Q(pk__in=tied_members(user)))

    def in_teams(self) -> Self:
        """Standing members of standing teams: whom nobody runs or scores a comparison of (回避)."""
        return self.standing().filter(team__voided_at=None, team__kind=EntryKind.TEAM)


class CompetitionMember(BaseModel):
    """Somebody of a team, or whoever was posted to a front whose result as a whole is published; nothing is scored of
    people. `shown_on`: in the growth file since, kept with the publication.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    team = models.ForeignKey(
        CompetitionEntry, models.PROTECT, related_name="members", verbose_name=_("result in a comparison")
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="competition_results", verbose_name=_("growth file")
    )
    shown_on = models.DateField(_("in the growth file since"), null=True, blank=True, editable=False)
    objects = CompetitionMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        ordering = ("team", "created_at", "id")
        indexes = [
            models.Index(fields=["trainee", "-shown_on", "id"], name="team_result_of_trainee"),
            models.Index(
                fields=["shown_on", "id"], condition=Q(voided_at=None, shown_on__isnull=False), name="team_result_shown"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "trainee"], condition=Q(voided_at=None), name="once_in_a_team_of_a_comparison"
            ),
        ]

    def __str__(self) -> str:
        return str(self.trainee)


def tied_members(user: "User") -> "QuerySet[CompetitionMember]":
    """Standing members of published results: `user` in person, those whom `user` mentors, and people of the units of a
    liaison; no declared relative.
    """
    return CompetitionMember.objects.standing().filter(_tied(user), shown_on__isnull=False, team__voided_at=None)


def posted_readers(user: "User") -> Q:
    """Comparisons to whose fronts `user`, or somebody they mentor or are the liaison of, was posted in the season."""
    rows = Posting.objects.standing().exclude(state__in=(*PENDING, PostingState.DECLINED))
    rows = rows.filter(_tied(user), trainee__voided_at=None, started_on__lte=OuterRef("ended_on"))
    rows = rows.filter(Q(covered_until__gte=OuterRef("started_on")) | Q(covered_until=None))
    place = Func(OuterRef("front_keys"), F("front__key"), function="array_position", output_field=models.IntegerField())
    return Q(Exists(rows.annotate(place=place).filter(place__isnull=False)))


def mentors_of(trainees: "Iterable[UUID] | QuerySet[Trainee]") -> "set[UUID]":
    """Keys of the persons who mentor one of these now."""
    keys = list(trainees)
    found: set[UUID] = set()
    for relation in relations.values():
        if relation.person_ids is not None:
            found.update(key for row in relation.person_ids(keys) for key in row.values())
    return found


def _tied(user: "User") -> Q:
    """Of a row that leads to a growth file by `trainee`: one's own, of those one mentors, in the scope of a liaison."""
    found = of_scope(user, Role.LIAISON, prefix="trainee__")
    if own_keys(user)[0] is None:
        return found
    mentored = Q(pk__in=())
    for relation in relations.values():
        if relation.level == MENTOR_LEVEL:
            mentored |= Q(trainee__in=relation.trainee_ids(user))
    return found | Q(trainee__person__account=user) | (mentored & ~Q(trainee__person__in=avoided_persons(user)))
