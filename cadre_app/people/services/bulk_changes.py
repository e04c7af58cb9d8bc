"""Changes of many persons and growth files at once, for imports: set-based, with the history that single ones have.

Callers have checked what people type; the constraints of the models still hold for every row.
"""

import copy
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from cadre_app.core import crypto
from cadre_app.people.models import Education, Interruption, Person, PostRecord, Trainee, VillageTerm
from cadre_app.people.services.bulk import NewEducation, NewPost, NewTerm, build_term, write_many
from cadre_app.people.services.current import take_current_post
from cadre_app.people.services.naming import give_name
from cadre_app.people.services.rewriting import Rewritten, Values, lock_many, rewrite_many
from cadre_app.people.services.terms import counted_end
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NAME_COLUMNS = ("name", "name_pinyin", "name_initials", "name_stroke_key")
POST_COLUMNS = ("post", "post_level", "post_since", "rank", "rank_order", "rank_since", "post_grade")


@dataclass(frozen=True, kw_only=True)
class TraineeChange:
    """What becomes different in one file: its own columns, and records that are added or corrected (by key)."""

    facts: Values = field(default_factory=dict)
    posts: tuple[NewPost, ...] = ()
    changed_posts: Mapping[UUID, Values] = field(default_factory=dict)
    educations: tuple[NewEducation, ...] = ()
    changed_educations: Mapping[UUID, Values] = field(default_factory=dict)
    term: NewTerm | None = None
    ended_term: tuple[UUID, date] | None = None

    @property
    def touches_posts(self) -> bool:
        return bool(self.posts or self.changed_posts)

    @property
    def touches_terms(self) -> bool:
        return self.term is not None or self.ended_term is not None


@dataclass
class Done:
    """What was written for each file, by its key: corrected records with their former values, added ones without."""

    rewritten: defaultdict[UUID, list[Rewritten[Any]]] = field(default_factory=lambda: defaultdict(list))
    added: defaultdict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))


@transaction.atomic
def update_persons_many(
    changes: Mapping[UUID, Values], *, actor: "User | None", reason: str = ""
) -> list[Rewritten[Person]]:
    """Change columns of persons, by key; sort keys follow the name, the digest the ID number, a file the stroke key.

    Raises ValidationError for a value no column can hold, IntegrityError for an ID number of somebody else.
    """
    wanted = {key: _with_derived(values) for key, values in changes.items()}
    done = rewrite_many(Person, wanted, actor=actor, verb="people.person.changed", reason=reason)
    keep_stroke_keys([each.obj.pk for each in done if "name_stroke_key" in each.before])
    return done


@transaction.atomic
def update_trainees_many(changes: Mapping[UUID, TraineeChange], *, actor: "User | None", reason: str = "") -> Done:
    """Change files and the records that belong to them; post, rank and the end of the village term follow.

    Raises ValidationError for a closed file or a value no column can hold, IntegrityError where a constraint speaks
    against a row.
    """
    done = Done()
    files = _lock_open(changes)
    with snapshot.held():
        _write_educations(files, changes, done, actor=actor, reason=reason)
        _write_posts(files, changes, done, actor=actor, reason=reason)
        _write_terms(files, changes, done, actor=actor, reason=reason)
        columns: dict[UUID, dict[str, Any]] = {key: dict(change.facts) for key, change in changes.items()}
        follow_records(
            {key: file for key, file in files.items() if changes[key].touches_posts},
            {key: file for key, file in files.items() if changes[key].touches_terms},
            columns,
        )
    for each in rewrite_many(Trainee, columns, actor=actor, verb="people.trainee.changed", reason=reason):
        done.rewritten[each.obj.pk].append(each)
    return done


def follow_records(
    with_posts: Mapping[UUID, Trainee], with_terms: Mapping[UUID, Trainee], columns: dict[UUID, dict[str, Any]]
) -> None:
    """Put into `columns` what these files repeat of their standing records; two queries for posts and terms each."""
    records: defaultdict[UUID, list[PostRecord]] = defaultdict(list)
    for record in PostRecord.objects.standing().filter(trainee__in=with_posts) if with_posts else ():
        records[record.trainee_id].append(record)
    for key, file in with_posts.items():
        scratch = copy.copy(file)
        take_current_post(scratch, records[key])
        columns.setdefault(key, {}).update({name: getattr(scratch, name) for name in POST_COLUMNS})
    terms: defaultdict[UUID, list[VillageTerm]] = defaultdict(list)
    for term in VillageTerm.objects.standing().filter(trainee__in=with_terms) if with_terms else ():
        terms[term.trainee_id].append(term)
    for key in with_terms:
        columns.setdefault(key, {})["term_ends_on"] = counted_end(terms[key])


def keep_stroke_keys(persons: list[UUID]) -> None:
    """Repeat the stroke keys of these persons on their files, in the transaction that changed the names."""
    if persons:
        key = Person.objects.filter(pk=OuterRef("person")).values("name_stroke_key")
        files = Trainee.objects.filter(person__in=persons).exclude(stroke_key=F("person__name_stroke_key"))
        Trainee.objects.filter(pk__in=list(files.values_list("pk", flat=True))).update(stroke_key=Subquery(key))


def _with_derived(values: Values) -> dict[str, Any]:
    found = dict(values)
    if "name" in found:
        scratch = Person()
        give_name(scratch, found["name"])
        found |= {name: getattr(scratch, name) for name in NAME_COLUMNS}
    if "id_number" in found:
        found["id_digest"] = crypto.digest(found["id_number"]) if found["id_number"] else ""
    return found


def _lock_open(changes: Mapping[UUID, TraineeChange]) -> dict[UUID, Trainee]:
    """The files with their persons; the callers hold the locks of the persons."""
    files = lock_many(Trainee, changes)
    persons = Person.objects.in_bulk({file.person_id for file in files.values()})
    for file in files.values():
        file.person = persons[file.person_id]
        if file.is_read_only:
            raise ValidationError(
                _("%(name)s: this growth file is closed: it can be read, no longer changed."),
                code="read_only",
                params={"name": file.person.name},
            )
    return files


def _write_educations(
    files: Mapping[UUID, Trainee],
    changes: Mapping[UUID, TraineeChange],
    done: Done,
    *,
    actor: "User | None",
    reason: str,
) -> None:
    added = []
    for key, change in changes.items():
        for new in change.educations:
            education = Education(person=files[key].person, **vars(new))
            added.append(education)
            done.added[key].append(education)
    write_many(added, actor=actor, verb="people.education.added", reason=reason)
    wanted = {pk: values for change in changes.values() for pk, values in change.changed_educations.items()}
    owners = {files[key].person_id: key for key in changes}
    for each in rewrite_many(Education, wanted, actor=actor, verb="people.education.changed", reason=reason):
        done.rewritten[owners[each.obj.person_id]].append(each)


def _write_posts(
    files: Mapping[UUID, Trainee],
    changes: Mapping[UUID, TraineeChange],
    done: Done,
    *,
    actor: "User | None",
    reason: str,
) -> None:
    wanted = {pk: values for change in changes.values() for pk, values in change.changed_posts.items()}
    for each in rewrite_many(PostRecord, wanted, actor=actor, verb="people.postrecord.changed", reason=reason):
        done.rewritten[each.obj.trainee_id].append(each)
    added = []
    for key, change in changes.items():
        for new in change.posts:
            record = PostRecord(trainee=files[key], **vars(new))
            added.append(record)
            done.added[key].append(record)
    write_many(added, actor=actor, verb="people.postrecord.added", reason=reason)


def _write_terms(
    files: Mapping[UUID, Trainee],
    changes: Mapping[UUID, TraineeChange],
    done: Done,
    *,
    actor: "User | None",
    reason: str,
) -> None:
    ended = {
        change.ended_term[0]: {"ended_on": change.ended_term[1]} for change in changes.values() if change.ended_term
    }
    for each in rewrite_many(VillageTerm, ended, actor=actor, verb="people.villageterm.ended", reason=reason):
        done.rewritten[each.obj.trainee_id].append(each)
    added: list[VillageTerm] = []
    halts: list[Interruption] = []
    for key, change in changes.items():
        if change.term is not None:
            term, interruptions = build_term(change.term, files[key], person=files[key].person)
            added.append(term)
            halts += interruptions
            done.added[key] += [term, *interruptions]
    write_many(added, actor=actor, verb="people.villageterm.started", reason=reason)
    write_many(halts, actor=actor, verb="people.interruption.added", reason=reason)
