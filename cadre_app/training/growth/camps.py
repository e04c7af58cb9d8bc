"""What camps give to the growth file: coming into a grade, and leaving the camp."""

from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.stages.labels import GRADE_LABELS
from cadre_app.stages.texts import duration_text
from cadre_app.training.growth.kind import KIND
from cadre_app.training.models import CampExit, CampMember

NAMES = {"camp": "camp_id", "year": "camp__year", "grade": "grade", "months": "months", "late": "is_late"}
WITH_NOTE, WITHOUT_NOTE = "with the remark", "without the remark"


def announce() -> None:
    """Called once, when the app is ready; growth.kind comes first."""
    growth_sources.register("training.camp", GrowthSource((KIND,), joined_words, joined_seen, joined, order=45))
    growth_sources.register("training.camp.left", GrowthSource((KIND,), left_words, left_seen, left, order=46))


def joined_seen(access: Access) -> bool | None:
    """Business roles and oneself; mentors do not see training."""
    return True if access.reads(*BUSINESS_ROLES) else None


def joined(trainee: UUID, seen: bool) -> Entries:
    rows = CampMember.objects.standing().filter(trainee=trainee)
    return Entries(rows, day="joined_on", kind=KIND, data=NAMES)


def joined_words(row: Row, access: Access) -> Words:
    known = row.data
    text = _("On the reference date %(service)s of service.") % {"service": duration_text(int(known["months"]))}
    return Words(
        _("%(grade)s of the Setting Sail youth camp %(year)s") % _names(row),
        text=_("Joined during the year.") if known["late"] else text,
        url=_page(row),
    )


def left_seen(access: Access) -> str | None:
    """The remark is for those who work on the file."""
    if not access.reads(*BUSINESS_ROLES):
        return None
    return WITH_NOTE if access.works(*BUSINESS_ROLES) else WITHOUT_NOTE


def left(trainee: UUID, seen: str) -> Entries:
    rows = CampMember.objects.standing().filter(trainee=trainee, left_on__isnull=False)
    data = NAMES | ({"note": "left_note"} if seen == WITH_NOTE else {})
    return Entries(rows, day="left_on", kind=KIND, data=data, status=F("left_kind"), at="updated_at")


def left_words(row: Row, access: Access) -> Words:
    names = _names(row)
    if row.status == CampExit.TERM_ENDED:
        title = _("From the Setting Sail youth camp to the Qingzhu advanced plan")
    else:
        title = _("Left the Setting Sail youth camp %(year)s") % names
    return Words(title, text=row.data.get("note", ""), by=str(CampExit(row.status).label), url=_page(row))


def _names(row: Row) -> dict[str, object]:
    return {"year": row.data["year"], "grade": GRADE_LABELS[int(row.data["grade"])]}


def _page(row: Row) -> str:
    return reverse("training:camp_detail", kwargs={"pk": row.data["camp"]})
