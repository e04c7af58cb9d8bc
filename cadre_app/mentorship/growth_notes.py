"""What mentoring gives to the growth file: guidance notes, and check-ins that no shared note tells of.

Staff and leaders read shared and department-only notes, the trainee the shared ones, the author all of them while the
pairing runs; a liaison sees that a shared note was written and how (ACCESS.md).
"""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, F, Q, TextField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.growth import Access, Entries, GrowthKind, GrowthSource, Row, Words, growth_kinds, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.mentorship.models import CheckIn, GuidanceNote, Visibility, Way
from cadre_app.mentorship.note_columns import ACKNOWLEDGED, SUBMITTED, in_one_line, shortened
from cadre_app.people.models.persons import own_keys

KIND = "mentoring"
LONGEST = 120
TEXTS = {"topic": "topic", "text": "text", "step": "next_step"}


class Seen(NamedTuple):
    """How much of the notes a viewer sees; `mine` is the viewer as the mentor of a running pairing."""

    department: bool
    shared: bool
    texts: bool
    mine: UUID | None


def announce() -> None:
    """Called once, when the app is ready."""
    if KIND not in growth_kinds:
        growth_kinds.register(KIND, GrowthKind(pgettext_lazy("growth file", "Mentoring"), "people", 10, tone="q"))
    growth_sources.register("mentorship.note", GrowthSource((KIND,), note_words, notes_seen, notes, order=60))
    growth_sources.register(
        "mentorship.check_in", GrowthSource((KIND,), check_in_words, check_ins_seen, check_ins, order=62)
    )


def notes_seen(access: Access) -> Seen | None:
    """Everything but private notes, or the shared ones with or without their texts; and one's own."""
    mine = _mine(access)
    if mine is None and not access.reads(*BUSINESS_ROLES):
        return None
    return Seen(
        department=access.works(Role.STAFF, Role.LEADER),
        shared=access.reads(*BUSINESS_ROLES),
        texts=access.reads(Role.STAFF, Role.LEADER),
        mine=mine,
    )


def notes(trainee: UUID, seen: Seen) -> Entries:
    """Notes of every pairing of the file; one that was corrected is read beside the entry that corrects it."""
    rows = GuidanceNote.objects.uncorrected().filter(_shown(seen), pairing__trainee=trainee)
    data: dict[str, Any] = {"way": "way", "mentor": "author__name", "visibility": "visibility"}
    data |= {key: _text(name, seen) for key, name in TEXTS.items()}
    status = Case(When(acknowledged_at=None, then=Value("submitted")), default=Value("acknowledged"))
    return Entries(rows, day="happened_on", kind=KIND, data=data, status=status)


def note_words(row: Row, access: Access) -> Words:
    known = row.data
    title = _("Guidance note: %(what)s") % {"what": known["topic"] or Way(known["way"]).label}
    is_read = row.status == "acknowledged"
    label = str(ACKNOWLEDGED if is_read else SUBMITTED)
    if not known["text"]:
        return Words(title, by=known["mentor"], state="ok" if is_read else "none", label=label)
    if known["visibility"] != Visibility.SHARED:
        label = str(Visibility(known["visibility"]).label)
    step = _("Next step: %(step)s") % {"step": known["step"]} if known["step"] else ""
    text = in_one_line("\n".join(part for part in (shortened(known["text"], LONGEST), step) if part))
    url = reverse("mentorship:note_detail", kwargs={"pk": row.id})
    way = f"{known['mentor']} · {Way(known['way']).label}"
    return Words(
        title,
        text=text,
        by=way,
        state="ok" if is_read else "none",
        label=label,
        url=url,
        is_restricted=known["visibility"] != Visibility.SHARED,
    )


def check_ins_seen(access: Access) -> Seen | None:
    """All of them, or those with oneself as the mentor; on a paper, where no note of the department alone stands, as without it."""
    mine = None if access.reads(*BUSINESS_ROLES) else _mine(access)
    if mine is None and not access.reads(*BUSINESS_ROLES):
        return None
    department = access.works(Role.STAFF, Role.LEADER) and not access.on_paper
    return Seen(department=department, shared=mine is None, texts=False, mine=mine)


def check_ins(trainee: UUID, seen: Seen) -> Entries:
    """Check-ins that were held; one of which the viewer reads a note stands there already."""
    rows = CheckIn.objects.standing().filter(pairing__trainee=trainee, pairing__voided_at=None)
    rows = rows.exclude(held_on=None).exclude(note__visibility__in=_told(seen))
    if not seen.shared:
        rows = rows.filter(pairing__mentor=seen.mine, pairing__ended_on=None)
    data = {"place": "place", "mentor": "pairing__mentor__name", "pairing": F("pairing_id")}
    return Entries(rows, day="held_on", kind=KIND, data=data)


def check_in_words(row: Row, access: Access) -> Words:
    known = row.data
    title = _("Check-in in %(place)s") % known if known["place"] else _("Check-in held")
    url = reverse("mentorship:check_in_list", kwargs={"pk": known["pairing"]})
    return Words(title, by=known["mentor"], url=url)


def _told(seen: Seen) -> tuple[str, ...]:
    """The notes that this viewer reads beside the check-ins."""
    if seen.department or not seen.shared:
        return (Visibility.SHARED, Visibility.DEPARTMENT)
    return (Visibility.SHARED,)


def _shown(seen: Seen) -> Q:
    found = Q(pk__in=[])
    if seen.department:
        found |= ~Q(visibility=Visibility.PRIVATE)
    elif seen.shared:
        found |= Q(visibility=Visibility.SHARED)
    if seen.mine is not None:
        found |= Q(author=seen.mine, pairing__ended_on=None, pairing__voided_at=None)
    return found


def _text(name: str, seen: Seen) -> Any:
    """The field for its readers, empty for a liaison; one who is also the mentor reads the own notes."""
    if seen.texts:
        return name
    return Case(When(author=seen.mine, then=F(name)), default=Value(""), output_field=TextField())


def _mine(access: Access) -> UUID | None:
    """The person of the viewer, where a relation ties them to the file."""
    return own_keys(access.user)[0] if access.relations else None
