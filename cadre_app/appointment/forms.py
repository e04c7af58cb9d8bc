"""Every field of an appointment form, as it is typed."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.appointment.archives import KINDS, Sent
from cadre_app.appointment.differing import Difference, is_somebody_else, seen_as
from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import MONTHS, MOST_RELATIVES, FamilyRow, FormFields, tidy
from cadre_app.appointment.lrmx.reading import LARGEST_SENT
from cadre_app.appointment.models import AppointmentForm, IntakeFile
from cadre_app.appointment.services.drafts import PHOTO
from cadre_app.appointment.wording import FAMILY_LABELS, LABELS
from cadre_app.core.forms import SUBMISSION, VERSION, ChangeForm
from cadre_app.core.markings import CLASSIFIED, refuse_marked
from cadre_app.core.packages import MEGABYTE
from cadre_app.core.roles import Role
from cadre_app.files.checks import EMPTY
from cadre_app.files.checks.names import plain_name
from cadre_app.files.forms import UploadField
from cadre_app.files.wording import too_many
from cadre_app.people.forms.picker import PersonField
from cadre_app.people.models import Trainee
from cadre_app.people.picking import PersonHit
from cadre_app.people.writing import resume as resumes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NO_MONTH = _("This is no month. Write it as 1996.07.")
NO_PARTY = _("Write the month as 2018.06, the name of another party, or both with ； between them.")
NO_DAY = _("This is no day. Write it as 2026.11.23.")
LONGEST, LONGEST_LINE = 2_000, 200
LINES = {"resume": 14, "rewards": 4, "assessments": 2, "reason": 2}
DAYS = ("age_day",)
MOST_FILES = 60
ROW = "family_{}_{}"
# What stands beside each other, in the order of the printed form.
PAIRS = (
    ("name", "sex", "birth"),
    ("ethnic_group", "native_place", "birth_place"),
    ("party", "work", "health"),
    ("technical_post", "specialty"),
    ("full_time_level", "full_time_degree"),
    ("full_time_school", "full_time_degree_school"),
    ("on_job_level", "on_job_degree"),
    ("on_job_school", "on_job_degree_school"),
    ("post",),
    ("new_post", "old_post"),
    ("resume",),
    ("rewards",),
    ("assessments",),
    ("reason",),
)
CLOSING = (("reporting_unit", "age_day"), ("filled_in", "filled_by"))
EDITED = tuple(name for row in (*PAIRS, *CLOSING) for name in row)
HELP = {
    "party": _("The month, the name of another party, or both with ； between them."),
    "resume": _("One period a line: 2016.09--2020.07  studied at …; the last one without an end."),
    "rewards": _("Write 无 where there is neither a reward nor a decision of discipline."),
    "assessments": _("The last three years, for example 2023年：称职；2024年：优秀；2025年：称职."),
    "reason": _("For example 工作需要."),
    "full_time_level": _("大学 or 研究生, never 本科 or 硕士."),
}


class FieldsForm(ChangeForm):
    """The clean values are `fields` (a FormFields), `photo` and `without_photo`; the ID number is no field of it."""

    photo = UploadField(kind=PHOTO, label=_("Another photo"), required=False)
    without_photo = forms.BooleanField(label=_("Without a photo"), required=False)

    def __init__(self, *args: Any, instance: AppointmentForm, **kwargs: Any) -> None:
        standing = instance.fields()
        self.rows = max(MOST_RELATIVES, len(standing.family))
        super().__init__(*args, instance=instance, initial=self._shown(standing), **kwargs)
        for name in EDITED:
            self.fields[name] = _text_field(name)
        for number in range(self.rows):
            for name, label in FAMILY_LABELS.items():
                told = _("Relative %(number)d: %(field)s") % {"number": number + 1, "field": label}
                self.fields[ROW.format(number, name)] = forms.CharField(label=told, max_length=100, required=False)
        self.order_fields((*EDITED, *(name for name in self.fields if name not in EDITED)))
        self._prepare_fields()
        family = HTML('{% include "appointment/_family_fields.html" %}')
        self.helper.layout = Layout(
            SUBMISSION,
            VERSION,
            *map(_beside, PAIRS),
            family,
            *map(_beside, CLOSING),
            _beside(("photo", "without_photo")),
        )

    @property
    def family_rows(self) -> Iterator[list[tuple[Any, BoundField]]]:
        """The fields of each relative with the heads of their columns, in the order of these."""
        for number in range(self.rows):
            yield [(label, self[ROW.format(number, name)]) for name, label in FAMILY_LABELS.items()]

    @property
    def family_heads(self) -> list[Any]:
        return list(FAMILY_LABELS.values())

    def standing_value(self, current: AppointmentForm, name: str) -> Any:
        """What the form holds by now, for the page that shows two texts beside each other."""
        return self._shown(current.fields()).get(name, "")

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = {name: tidy(str(self.cleaned_data.get(name) or "")) for name in EDITED}
        for name in (*MONTHS, *DAYS):
            values[name] = self._dated(name, values[name])
        if dates.unreadable_party(values["party"]) and "party" not in self.errors:
            self.add_error("party", ValidationError(NO_PARTY, code="invalid"))
        values["party"] = dates.as_party(values["party"])
        values["resume"] = _canonical(values["resume"])
        family = tuple(row for number in range(self.rows) if not (row := self._row(number)).is_empty)
        kept = {
            name: self.cleaned_data[name]
            for name in (SUBMISSION, VERSION, "photo", "without_photo")
            if name in self.cleaned_data
        }
        return {**kept, "fields": FormFields(**values, family=family)}  # type: ignore[arg-type]

    def _row(self, number: int) -> FamilyRow:
        values = {
            name: " ".join(str(self.cleaned_data.get(ROW.format(number, name)) or "").split()) for name in FAMILY_LABELS
        }
        values["birth"] = self._dated(ROW.format(number, "birth"), values["birth"])
        return FamilyRow(**values)

    def _dated(self, name: str, text: str) -> str:
        is_day = name in DAYS
        found = dates.as_day(text) if is_day else dates.as_month(text)
        if found is None and name not in self.errors:
            self.add_error(name, ValidationError(NO_DAY if is_day else NO_MONTH, code="invalid"))
        return found or ""

    @staticmethod
    def _shown(standing: FormFields) -> dict[str, str]:
        """Months with a point, as people write them."""
        values = {name: getattr(standing, name) for name in EDITED}
        for name in MONTHS:
            values[name] = dates.shown(values[name])
        values["age_day"] = dates.shown_day(values["age_day"])
        values["party"] = dates.shown_party(values["party"])
        for number, row in enumerate(standing.family):
            for name in FAMILY_LABELS:
                text = getattr(row, name)
                values[ROW.format(number, name)] = dates.shown(text) if name == "birth" else text
        return values


def _text_field(name: str) -> forms.CharField:
    longest = resumes.LONGEST if name == "resume" else LONGEST if name in LINES else LONGEST_LINE
    css = {"class": "resume-text"} if name == "resume" else {}
    widget = forms.Textarea(attrs={"rows": LINES[name], **css}) if name in LINES else forms.TextInput()
    return forms.CharField(
        label=LABELS[name], max_length=longest, required=False, widget=widget, help_text=HELP.get(name, ""), strip=False
    )


def _beside(names: tuple[str, ...]) -> Any:
    if len(names) == 1:
        return names[0]
    columns = [Div(name, css_class=f"col-md-{12 // len(names)}") for name in names]
    return Div(*columns, css_class="row")


def _canonical(text: str) -> str:
    """A résumé in its one form; as it was typed where it cannot be read, which the check tells."""
    try:
        return resumes.write(resumes.parse(text))
    except ValidationError:
        return text


def _help_of_files() -> str:
    known = {"count": MOST_FILES, "most": LARGEST_SENT // MEGABYTE}
    text = gettext(
        "Several .lrmx or .lrm at once (a .pic beside an .lrm is its photo), or one .zip that holds them; "
        "at most %(count)d files, each at most %(most)d MB."
    )
    return text % known


class FilesInput(forms.FileInput):
    """Several at once; static/js/uploads.js says at once what is too many or too large."""

    allow_multiple_selected = True

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        given = {
            "accept": ",".join(KINDS),
            "multiple": True,
            "data-upload-count": MOST_FILES,
            "data-upload-bytes": LARGEST_SENT,
            "data-upload-total": settings.LARGEST_REQUEST - MEGABYTE,
        }
        return super().build_attrs({**base_attrs, **given}, extra_attrs)


class FilesField(forms.FileField):
    """Files of forms as they were sent; looked at before anything is kept. The clean value is a list of Sent.

    One that is empty or too large is told with what became of the others; their upload is not refused for it.
    """

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = [each for each in data or () if isinstance(each, UploadedFile)]
        if not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(sent) > MOST_FILES:
            raise too_many(MOST_FILES, len(sent))
        if not any(upload.size for upload in sent):
            raise ValidationError(EMPTY, code="empty")
        found, problems = [], []
        for upload in sent:
            try:
                found.append(self._looked_at(upload))
            except ValidationError as error:
                known = {"name": (upload.name or "")[-40:], "text": error.messages[0], **(error.params or {})}
                problems.append(ValidationError(_("%(name)s: %(text)s"), code=error.code, params=known))
        if problems:
            raise ValidationError(problems)
        return found

    def in_words(self, value: Any) -> str:
        """The names of files, for pages that show what was sent."""
        return str(_(", ")).join(each.name for each in value or ())

    @staticmethod
    def _looked_at(upload: "UploadedFile[bytes]") -> Sent:
        name = upload.name or ""
        content = upload.read() if (upload.size or 0) <= LARGEST_SENT else None
        try:
            refuse_marked(name, PurePath(name).stem)
        except ValidationError as error:
            digest = hashlib.sha256(content or b"").hexdigest()
            raise ValidationError(error.message, code=CLASSIFIED, params={"sha256": digest}) from error
        return Sent(plain_name(name), content)


class IntakeForm(ChangeForm):
    """Forms of another program, one by one or in an archive."""

    file = FilesField(label=_("Files"), help_text=lazy(_help_of_files, str)())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        files = cleaned.pop("file", None)
        return cleaned if files is None else {**cleaned, "files": files}


class PersonForm(ChangeForm):
    """Whose form it is: one of those offered, or somebody found by typing; `trainee` is what the service takes."""

    person = PersonField(
        label=_("Whose form it is"), help_text=_("Choose, or type the name, its pinyin or its initials.")
    )

    def __init__(self, *args: Any, user: "User", offered: list[PersonHit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field: Any = self.fields["person"]
        field.open_to(user)
        field.picker.offered = offered

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        person = cleaned.pop("person", None)
        if person is None:
            return cleaned
        found = Trainee.objects.in_scope(self.user, Role.STAFF).standing().filter(person=person)
        trainee = found.first()
        if trainee is None:
            message = _("This person has no growth file among your people.")
            self.add_error("person", ValidationError(message, code="no_file"))
            return cleaned
        return {**cleaned, "trainee": trainee}


class TakeForm(ChangeForm):
    """Which differences are taken over, of those that were shown (`seen`).

    What the file lacks is chosen beforehand, unless the form may be somebody else's (`is_doubtful`).
    """

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    keys = forms.MultipleChoiceField(
        label=pgettext_lazy("appointment form", "Take over"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, instance: IntakeFile, found: list[Difference], **kwargs: Any) -> None:
        self.is_doubtful = is_somebody_else(found)
        chosen = [one.key for one in found if one.is_ticked and not self.is_doubtful]
        initial = {"seen": seen_as(found), "keys": chosen}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        keys = self.fields["keys"]
        if isinstance(keys, forms.MultipleChoiceField):
            keys.choices = [(one.key, one.label) for one in found if one.may_take]
