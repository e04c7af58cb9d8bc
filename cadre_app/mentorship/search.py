"""What the search finds of mentoring: the own mentees by name, and guidance notes whose text the viewer reads; private ones
never.
"""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.core.roles import Role
from cadre_app.core.texts import Place, TextSource, text_sources
from cadre_app.mentorship.models import GuidanceNote, Pairing, Visibility
from cadre_app.mentorship.models.notes import FINDABLE, SEARCHED
from cadre_app.mentorship.permissions import notes as permissions
from cadre_app.mentorship.relations import mentees
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import own_keys
from cadre_app.people.search import collect, name_ways

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

FEW = 200


def announce() -> None:
    """Called once, when the app is ready."""
    search_sources.register(
        "mentorship.mentees",
        SearchSource(
            _("Own mentees"),
            15,
            permissions.mentors_only,
            find_mentees,
            _("Mentee's name, initials or words in records"),
        ),
    )
    text_sources.register(
        "mentorship.notes",
        TextSource(
            label=_("Guidance notes"),
            order=10,
            visible=permissions.reads_texts,
            rows=notes_of,
            fields=SEARCHED,
            day="happened_on",
            place=place_of,
            few=few_of,
            quarters=FINDABLE,
        ),
    )


def find_mentees(user: "User", text: str, limit: int) -> list[Hit]:
    """Whom `user` mentors now, by name, pinyin or initials, with what a mentor knows of them: the unit."""
    files = Trainee.objects.visible_to(user).standing().filter(pk__in=mentees(user))
    files = files.select_related("person", "home_unit")
    return [
        Hit(file.person.name, file.home_unit.name, reverse("growth:file", kwargs={"pk": file.pk}))
        for file in collect(files, name_ways(text), limit)
    ]


def notes_of(user: "User") -> QuerySet[GuidanceNote]:
    """Those that stand, were not corrected and are no author's own affair."""
    rows = GuidanceNote.objects.visible_to(user).uncorrected().exclude(visibility=Visibility.PRIVATE)
    return rows.filter(pairing__trainee__voided_at=None).select_related("pairing__trainee__person", "author")


def place_of(note: GuidanceNote) -> Place:
    parts = [note.author.name, str(note.get_way_display())]
    if not note.is_shared:
        parts.append(str(note.get_visibility_display()))
    url = reverse("mentorship:note_detail", kwargs={"pk": note.pk})
    return Place(note.pairing.trainee.person.name, " · ".join(parts), note.happened_on, url)


def few_of(user: "User") -> Q | None:
    """The pairings of somebody who sees few: the own ones, those of a mentor or those of a small unit."""
    person, file = own_keys(user)
    tied = Q(mentor=person, ended_on=None) if person is not None else Q(pk__in=[])
    if file is not None:
        tied |= Q(trainee=file)
    if permissions.knows_of_all_notes(user):
        tied |= of_scope(user, Role.STAFF, Role.LEADER, prefix="trainee__")
    keys = list(Pairing.objects.filter(tied).order_by().values_list("pk", flat=True)[: FEW + 1])
    return Q(pairing__in=keys) if len(keys) <= FEW else None
