"""The sheet of a class: for each person on it what they did, what they missed, and a remark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.limits import idle_period
from cadre_app.core.forms import ChangeForm, say_limits
from cadre_app.core.roles import Role
from cadre_app.people.forms.picker import PersonField
from cadre_app.people.models import Trainee
from cadre_app.training.lists.attendance import Line
from cadre_app.training.models import Attendance, ClassMeeting, Enrolment, Presence
from cadre_app.training.models.choices import PARTLY
from cadre_app.training.services.attendance import ALL_MISSED, Mark
from cadre_app.training.services.codes import MOST_MINUTES

HALF = Decimal("0.5")
TENTH = Decimal("0.1")
ZERO = Decimal(0)
MINUTES = (5, 10, 15, 30, MOST_MINUTES)


@dataclass(frozen=True)
class SheetRow:
    """One person of the sheet as the page draws it; `theirs` was recorded by others meanwhile."""

    place: Enrolment
    attendance: Attendance | None
    presence: Any
    missed: Any
    note: Any
    theirs: Attendance | None

    @property
    def errors(self) -> list[str]:
        return [str(error) for field in (self.presence, self.missed, self.note) for error in field.errors]

    @property
    def chosen(self) -> str:
        return str(self.presence.value() or "")

    @property
    def is_open(self) -> bool:
        """Hours and remark are shown whatever is chosen, so that nothing that stands there is out of sight."""
        return bool(self.note.value() or self.missed.errors or self.note.errors)


class SheetForm(ChangeForm):
    """Everybody at once. `seen` names the version of each record that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meeting: ClassMeeting, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.lines = meeting, list(lines)
        self.theirs: Mapping[UUID, Attendance] = {}
        self.presences = Presence.choices
        self.with_hours = PARTLY
        for line in self.lines:
            self._add(line)
        self.initial["seen"] = versions_text(line.attendance for line in self.lines if line.attendance)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        left = sum(1 for line in self.lines if self.has_error(f"p_{line.place.pk.hex}", "required"))
        if left:
            text = ngettext("%(count)d person is left.", "%(count)d people are left.", left)
            advice = gettext("Choose for each of them, or fill in the rest at once.")
            self.add_error(None, forms.ValidationError(f"{text % {'count': left}} {advice}", code="left"))
        marks = {line.place.pk: self._mark(line.place.pk.hex) for line in self.lines}
        for key, mark in marks.items():
            if mark.presence in PARTLY and mark.missed_hours == self.meeting.hours:
                self.add_error(f"m_{key.hex}", forms.ValidationError(str(ALL_MISSED), code="all_missed"))
        return {"submission": cleaned.get("submission"), "marks": marks, "seen": versions(cleaned.get("seen", ""))}

    def tell(self, theirs: Mapping[UUID, Attendance]) -> None:
        """Show beside what was chosen what others recorded meanwhile; sent again, it counts."""
        self.theirs = theirs

    @property
    def rows(self) -> list[SheetRow]:
        return [self._row(line) for line in self.lines]

    @property
    def seen_text(self) -> str:
        """What the page shows counts as seen from now on, with what others recorded."""
        newer = versions_text(self.theirs.values())
        return ",".join(part for part in (str(self["seen"].value() or ""), newer) if part)

    @property
    def left(self) -> int:
        return sum(1 for row in self.rows if not row.chosen)

    def _add(self, line: Line) -> None:
        key, known, name = line.place.pk.hex, line.attendance, line.place.trainee.person.name
        missed = known.missed_hours if known is not None and known.presence in PARTLY else None
        self.fields[f"p_{key}"] = forms.ChoiceField(
            label=name,
            choices=Presence.choices,
            error_messages={"required": _("Choose one.")},
            widget=forms.RadioSelect,
            initial=known.presence if known else None,
        )
        self.fields[f"m_{key}"] = forms.DecimalField(
            label=name,
            required=False,
            min_value=0,
            max_value=self.meeting.hours,
            max_digits=5,
            decimal_places=1,
            step_size=HALF,
            error_messages={"step_size": _("Hours are given in halves.")},
            initial=missed or None,
        )
        self.fields[f"r_{key}"] = forms.CharField(
            label=name, required=False, max_length=100, initial=known.note if known else ""
        )
        for part in ("m", "r"):
            say_limits(self.fields[f"{part}_{key}"])

    def _row(self, line: Line) -> SheetRow:
        key = line.place.pk.hex
        presence, missed, note = self[f"p_{key}"], self[f"m_{key}"], self[f"r_{key}"]
        return SheetRow(line.place, line.attendance, presence, missed, note, self.theirs.get(line.place.pk))

    def _mark(self, key: str) -> Mark:
        found = self.cleaned_data
        return Mark(
            found.get(f"p_{key}", ""),
            (found.get(f"m_{key}") or ZERO).quantize(TENTH),
            found.get(f"r_{key}", ""),
        )


class AttendeeForm(ChangeForm):
    """Who came without being on the roster."""

    person = PersonField(label=_("Who came"), help_text=_("Type the name, its pinyin or its initials, then choose."))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["person"]
        if isinstance(field, PersonField):
            field.open_to(user)

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        person = cleaned.pop("person", None)
        if person is not None:
            own = Trainee.objects.in_scope(self.user, Role.STAFF).in_development()
            cleaned["trainee"] = own.filter(person=person).select_related("person").first()
            if cleaned["trainee"] is None:
                text = _("This person is not in development, or is put on the roster by others.")
                self.add_error("person", forms.ValidationError(text, code="nobody"))
        return cleaned


class CodeForm(ChangeForm):
    """How long the code is accepted: no longer than whoever shows it stays signed in without doing anything else."""

    minutes = forms.TypedChoiceField(label=_("Show the code for"), coerce=int)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = int(idle_period(user).total_seconds() // 60)
        offered = [number for number in MINUTES if number <= most]
        self.initial["minutes"] = min(10, offered[-1])
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (number, ngettext("%(count)d minute", "%(count)d minutes", number) % {"count": number})
            for number in offered
        ]


def filled(data: QueryDict, lines: Iterable[Line], presence: str) -> QueryDict:
    """What was sent, with `presence` for everybody for whom nothing was chosen yet."""
    found = data.copy()
    for line in lines:
        name = f"p_{line.place.pk.hex}"
        if not found.get(name):
            found[name] = presence
    return found


def versions_text(rows: Iterable[Attendance]) -> str:
    return ",".join(f"{row.enrolment_id.hex}:{row.version}" for row in rows)


def versions(text: str) -> dict[UUID, int]:
    """Read back; later ones count, and what cannot be read counts as not seen."""
    found = {}
    for part in text.split(","):
        key, _colon, number = part.partition(":")
        try:
            found[UUID(hex=key)] = int(number)
        except ValueError:
            continue
    return found
