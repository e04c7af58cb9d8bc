"""What the search finds of achievements: by every text of those that were submitted, among what the viewer reads."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.achievements import permissions
from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.achievements.models.achievements import MENTOR_LEVEL, SEARCHED
from cadre_app.achievements.words import mark_of
from cadre_app.core.registries import relations
from cadre_app.core.texts import Place, TextSource, text_sources
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    text_sources.register(
        "achievements.achievements",
        TextSource(
            label=_("Work achievements"),
            order=20,
            visible=permissions.reads_texts,
            rows=achievements_of,
            fields=SEARCHED,
            day="ended_on",
            place=place_of,
            few=few_of,
        ),
    )


def achievements_of(user: "User") -> QuerySet[Achievement]:
    """Standing ones beyond the draft; what is submitted has its days."""
    rows = Achievement.objects.visible_to(user).standing().exclude(state=AchievementState.DRAFT)
    return rows.filter(trainee__voided_at=None).select_related("trainee__person")


def place_of(achievement: Achievement) -> Place:
    day = achievement.ended_on or achievement.state_since
    url = reverse("achievements:achievement_detail", kwargs={"pk": achievement.pk})
    return Place(achievement.trainee.person.name, f"{achievement.title} · {mark_of(achievement)[1]}", day, url)


def few_of(user: "User") -> Q | None:
    """Whoever works for no unit is led to the own file and to those of mentees."""
    if permissions.can_list_achievements(user):
        return None
    led = Q(person__account=user)
    for relation in relations.values():
        if relation.level == MENTOR_LEVEL:
            led |= Q(pk__in=relation.trainee_ids(user))
    return Q(trainee__in=list(Trainee.objects.filter(led).values_list("pk", flat=True)))
