"""A row of the sheet of trainees with whom and what it means, and everything that is asked once for all rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from cadre_app.accounts.models import AccountRequest
from cadre_app.core.importing import ImportRow
from cadre_app.core.probation import EndKept, ends_kept, posts_held, ranks_not_yet
from cadre_app.org.models import Unit
from cadre_app.people.importing import trainee_columns
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.models import Education, Person, PostRecord, Trainee, Transfer, VillageTerm
from cadre_app.people.services.bulk import NewEducation, NewPost, NewTerm, NewTrainee
from cadre_app.people.services.bulk_changes import TraineeChange

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(eq=False)
class Case:
    """One row: the file it is about (none yet: `trainee` is None) and what would become different.

    `person_values` and `facts` are columns by attribute name: all of them for somebody new, else those that differ.
    `merged` is the person as it would stand.
    """

    row: ImportRow
    unit: Unit | None = None
    person: Person | None = None
    trainee: Trainee | None = None
    merged: Person = field(default_factory=Person)
    status: str = ""
    arrived_on: date | None = None
    person_values: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    educations: list[NewEducation] = field(default_factory=list)
    changed_educations: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    posts: list[NewPost] = field(default_factory=list)
    changed_posts: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    term: NewTerm | None = None
    ended_term: tuple[UUID, date] | None = None
    asks_account: bool = False
    is_stopped: bool = False

    @property
    def is_new(self) -> bool:
        return self.trainee is None

    def stop(self, key: str, message: str) -> None:
        """An error after which nothing else about the row is worth saying."""
        self.row.refuse(key, message)
        self.is_stopped = True

    def change(self) -> TraineeChange:
        """What the row changes in the file that exists."""
        return TraineeChange(
            facts=self.facts,
            posts=tuple(self.posts),
            changed_posts=self.changed_posts,
            educations=tuple(self.educations),
            changed_educations=self.changed_educations,
            term=self.term,
            ended_term=self.ended_term,
        )

    def file(self, person: Any) -> NewTrainee:
        """The file that the row opens for `person`, somebody new or entered already."""
        return NewTrainee(
            person=person,
            educations=tuple(self.educations),
            posts=tuple(self.posts),
            term=self.term,
            **self.facts,
        )


class Setting:
    """Asked once for all rows: the day, the units, the codes, and the records of the files that rows are about."""

    def __init__(self, actor: "User") -> None:
        self.actor = actor
        self.today = timezone.localdate()
        self.units = UnitFinder(actor)
        self.columns = trainee_columns.columns()
        self.codes = trainee_columns.code_tables(self.columns)
        self.posts: defaultdict[UUID, list[PostRecord]] = defaultdict(list)
        self.terms: defaultdict[UUID, list[VillageTerm]] = defaultdict(list)
        self.educations: defaultdict[UUID, list[Education]] = defaultdict(list)
        self.transferred: dict[UUID, date] = {}
        self.files: list[Trainee] = []
        self.waiting: frozenset[UUID] = frozenset()

    @cached_property
    def labels(self) -> dict[str, str]:
        """The headings of the columns by key."""
        return {column.key: str(column.label) for column in self.columns}

    @cached_property
    def kept_ends(self) -> Mapping[UUID, list[EndKept]]:
        """What rooms say of the end of probation of the files that rows are about."""
        return ends_kept(self.files)

    @cached_property
    def ranks_not_yet(self) -> Mapping[UUID, str]:
        """Why no row gives these files a rank before the sign-off of their probation."""
        return ranks_not_yet(self.files, self.actor)

    @cached_property
    def posts_held(self) -> Mapping[UUID, str]:
        """Why records of post and rank of these files stay as a sign-off has them."""
        return posts_held([record for records in self.posts.values() for record in records])

    def know_homes(self, files: Iterable[Trainee]) -> None:
        """Give these files their units, without an object of its own for each; one query for those out of scope."""
        listed = list(files)
        others = Unit.objects.in_bulk({file.home_unit_id for file in listed} - self.units.units.keys())
        for file in listed:
            file.home_unit = self.units.units.get(file.home_unit_id) or others[file.home_unit_id]

    def load_records(self, cases: list[Case]) -> None:
        """The standing records of the files that `cases` are about, and who waits for an account; seven queries."""
        self.files = [case.trainee for case in cases if case.trainee is not None]
        files = [file.pk for file in self.files]
        persons = [case.person.pk for case in cases if case.person is not None]
        for post in PostRecord.objects.standing().filter(trainee__in=files).order_by("started_on"):
            self.posts[post.trainee_id].append(post)
        terms = VillageTerm.objects.standing().filter(trainee__in=files).order_by("started_on")
        listed = list(terms.prefetch_related("interruptions"))
        others = Unit.objects.in_bulk({term.village_id for term in listed} - self.units.units.keys())
        for term in listed:
            term.village = self.units.units.get(term.village_id) or others[term.village_id]
            self.terms[term.trainee_id].append(term)
        for education in Education.objects.standing().filter(person__in=persons).order_by("created_at"):
            self.educations[education.person_id].append(education)
        asked = AccountRequest.objects.standing().filter(status=AccountRequest.Status.WAITING, person__in=persons)
        self.waiting = frozenset(asked.values_list("person", flat=True))
        transfers = Transfer.objects.standing().filter(trainee__in=files).order_by("-effective_on")
        self.transferred = dict(transfers.values_list("trainee", "effective_on"))
