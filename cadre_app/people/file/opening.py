"""The head of a growth file from two queries: what hangs on the person and the file comes in the row of the file."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from cadre_app.core.growth import Gap
from cadre_app.files.models import StoredFile
from cadre_app.people.file.heads import head_of
from cadre_app.people.file.missing import missing_of
from cadre_app.people.file.sections import TermRow, checklist_of, term_row
from cadre_app.people.models import ArrivalCheck, Education, Interruption, Trainee, VillageTerm
from cadre_app.people.services.photos import PHOTO
from cadre_app.people.services.transfers import service_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Opened:
    """What stands above and beside the timeline, for whoever reads the identity."""

    head: dict[str, Any]
    missing: list[Gap]


def with_head(files: Any) -> Any:
    """Files with what `opened` needs of schooling, arrival and photo."""
    ticked = ArrivalCheck.objects.standing().filter(trainee=OuterRef("pk")).order_by("item")
    schooling = Education.objects.standing().filter(person=OuterRef("person")).order_by("level", "mode")
    photos = StoredFile.objects.standing().filter(kind=PHOTO, owner_id=OuterRef("person")).order_by("created_at")
    schooling_values = JSONObject(level="level", mode="mode", major="major")
    return files.annotate(
        items_done=ArraySubquery(ticked.values("item")),
        schooling=ArraySubquery(schooling.values(found=schooling_values)),
        photo_key=Subquery(photos.values("pk")[:1]),
    )


def opened(user: "User", trainee: Any) -> Opened:
    """The head and the gaps of a file that came from `with_head` with person and unit; one query."""
    educations = [Education(**found) for found in trainee.schooling]
    checks = {item: ArrivalCheck(item=item) for item in trainee.items_done}
    head = head_of(
        user,
        trainee,
        terms=term_rows(trainee),
        educations=educations,
        arrival=checklist_of(trainee, checks),
        service=service_of(trainee),
        photo=StoredFile(pk=trainee.photo_key) if trainee.photo_key is not None else None,
    )
    return Opened(head, missing_of(user, trainee, head["stage"], educations))


def term_rows(trainee: Trainee) -> list[TermRow]:
    """Village terms with their interruptions, newest first, for whoever reads the identity; one query."""
    gaps = Interruption.objects.standing().filter(term=OuterRef("pk")).order_by("started_on")
    days = JSONObject(started_on="started_on", ended_on="ended_on")
    terms = VillageTerm.objects.standing().filter(trainee=trainee).select_related("village")
    found: Any = terms.order_by("-started_on").annotate(gap_days=ArraySubquery(gaps.values(found=days)))
    return [term_row(term, trainee, [_interruption(days) for days in term.gap_days]) for term in found]


def _interruption(days: dict[str, str | None]) -> Interruption:
    return Interruption(**{name: date.fromisoformat(text) if text else None for name, text in days.items()})
