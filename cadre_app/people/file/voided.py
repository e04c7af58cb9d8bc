"""已作废的记录: what was voided in a growth file and can be restored, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import TextField, Value
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.models import BaseModel
from cadre_app.files.models import StoredFile
from cadre_app.people.models import ArrivalCheck, Education, Interruption, PostRecord, Relative, Trainee, VillageTerm
from cadre_app.people.services import arrival
from cadre_app.people.services.photos import PHOTO
from cadre_app.policy import codes

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Kind:
    """How one kind of part is found and told.

    `path` leads to the file, standing under what still stands; or `found_by` says how. `label` is by default the model's.
    """

    url_name: str
    path: str
    words: Callable[[Any], str]
    related: tuple[str, ...] = ()
    found_by: Callable[[Trainee], dict[str, Any]] | None = None
    under: str = ""
    label: "_StrPromise | str" = ""


@dataclass(frozen=True)
class VoidedPart:
    """One line: what kind of entry, which one, voided on which day; `url_name` asks whether to restore it."""

    pk: UUID
    kind: str
    text: str
    day: "date"
    url_name: str


def _since(day: "date", text: str) -> str:
    return _("%(text)s from %(day)s") % {"text": text, "day": formats.date_format(day)}


def _education(item: Education) -> str:
    return " ".join(part for part in (codes.label("education", item.level), item.school, item.major) if part)


def _post(item: PostRecord) -> str:
    rank = codes.label("rank", item.rank) if item.rank else item.post_grade
    return _since(item.started_on, " ".join(part for part in (item.post, rank) if part))


KINDS: dict[type[BaseModel], Kind] = {
    Education: Kind("education_restore", "person__trainee", _education),
    PostRecord: Kind("post_record_restore", "trainee", _post),
    VillageTerm: Kind(
        "term_restore", "trainee", lambda item: _since(item.started_on, item.village.name), related=("village",)
    ),
    Interruption: Kind(
        "interruption_restore",
        "term__trainee",
        lambda item: _since(item.started_on, f"{item.term.village.name} {item.reason}"),
        related=("term__village",),
        under="term",
    ),
    ArrivalCheck: Kind("arrival_restore", "trainee", lambda item: codes.label(arrival.TABLE, item.item)),
    StoredFile: Kind(
        "photo_restore",
        "",
        lambda item: (
            _("uploaded on %(day)s") % {"day": formats.date_format(timezone.localtime(item.created_at).date())}
        ),
        found_by=lambda trainee: {"kind": PHOTO, "owner_id": trainee.person_id, "emptied_at": None},
        label=gettext_lazy("Photo"),
    ),
    Relative: Kind("relative_restore", "person__trainee", lambda item: f"{item.relation} {item.name}"),
}
BY_LABEL = {model._meta.label_lower: model for model in KINDS}


def voided_parts(trainee: Trainee) -> list[VoidedPart]:
    """What was voided, the latest first; one query, and one for each kind that was found."""
    first, *others = [_keys(model, trainee) for model in KINDS]
    keys: dict[str, list[UUID]] = {}
    for label, key in first.union(*others, all=True):
        keys.setdefault(label, []).append(key)
    rows = [row for label, pks in keys.items() for row in _rows(BY_LABEL[label], pks)]
    return [voided_part(row) for row in sorted(rows, key=lambda row: row.voided_at, reverse=True)]


def voided_part(part: Any) -> VoidedPart:
    """One voided entry in words."""
    kind = KINDS[type(part)]
    day = timezone.localtime(part.voided_at).date() if part.voided_at is not None else timezone.localdate()
    return VoidedPart(
        part.pk, str(kind.label or part._meta.verbose_name), kind.words(part), day, f"people:{kind.url_name}"
    )


def _keys(model: type[BaseModel], trainee: Trainee) -> Any:
    kind, manager = KINDS[model], model._default_manager
    of_file = kind.found_by(trainee) if kind.found_by is not None else {kind.path: trainee.pk}
    standing = {f"{kind.under}__voided_at": None} if kind.under else {}
    found = manager.filter(voided_at__isnull=False, **of_file, **standing)
    return found.order_by().values_list(Value(model._meta.label_lower, output_field=TextField()), "pk")


def _rows(model: type[BaseModel], keys: list[UUID]) -> Any:
    return model._default_manager.filter(pk__in=keys).select_related(*KINDS[model].related)
