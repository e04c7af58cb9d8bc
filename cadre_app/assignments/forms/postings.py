"""Forms of postings: the proposal, what is completed later, and what happens while somebody is away."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models import HostLevel, Posting, PostingKind, PostingMode
from cadre_app.assignments.models.postings import LONGEST_TASKS, LONGEST_TEXT
from cadre_app.assignments.services.fronts import lines_of
from cadre_app.assignments.services.posting_files import DOCUMENT_FILES, SUPERIOR_FILES
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.widgets import DayInput
from cadre_app.files.forms import MultiUploadField
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.forms.picker import PersonField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel
    from cadre_app.org.models import Unit

LONGEST_REASON = 200


def tasks_field() -> forms.CharField:
    return forms.CharField(
        label=_("Tasks"),
        required=False,
        help_text=_("One in a line."),
        widget=forms.Textarea({"rows": 4}),
    )


def plan_field() -> forms.CharField:
    return forms.CharField(
        label=_("Study plan"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("For shadow training: what is to be learnt, from whom."),
        widget=forms.Textarea({"rows": 3}),
    )


def supervisor_field() -> PersonField:
    return PersonField(
        label=_("Supervisor on site"),
        required=False,
        help_text=_("Reads this posting and writes the appraisal at its end. Type the name."),
    )


class DocumentForm(ChangeForm):
    """The posting's document and that of the superior department, as numbers and as files."""

    document_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        required=False,
        help_text=_("May follow at the sign-off, or within the days that the rule gives."),
    )
    document_on = forms.DateField(label=_("Date of the document"), widget=DayInput, required=False)
    document_files = MultiUploadField(kind=DOCUMENT_FILES, label=_("File of the document"), required=False)


class PostingForm(DocumentForm):
    """Who goes where: kind, host, tasks, days, and on which document. The front is chosen before."""

    kind = forms.ChoiceField(label=_("Kind of posting"), choices=PostingKind.choices, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("Working time"), choices=PostingMode.choices, widget=forms.RadioSelect)
    unit = UnitChoiceField(label=_("Host unit"), required=False)
    host_name = forms.CharField(
        label=_("Or a host outside the district"),
        max_length=80,
        required=False,
        help_text=_("For example a municipal department, or a headquarters that is no unit of the tree."),
    )
    host_level = forms.ChoiceField(label=_("Level of the host"), choices=HostLevel.choices)
    post = forms.CharField(
        label=_("Post held there"),
        max_length=60,
        required=False,
        help_text=_("A temporary post has a name; shadow training has none."),
    )
    started_on = forms.DateField(label=pgettext_lazy("posting", "First day"), widget=DayInput)
    due_on = forms.DateField(
        label=_("Planned last day"),
        widget=DayInput,
        required=False,
        help_text=_("Only a task force may be left without: it then ends with its task."),
    )
    offered = forms.MultipleChoiceField(
        label=_("Tasks of the front"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tasks = tasks_field()
    plan = plan_field()
    reason = forms.CharField(
        label=_("Reason for the posting"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("Read by the department and the unit, not by the person or the host."),
        widget=forms.Textarea({"rows": 3}),
    )
    supervisor = supervisor_field()
    superior_document = forms.CharField(
        label=_("Number of the superior department's document"),
        max_length=60,
        required=False,
        help_text=_("Needed for borrowing, and during the village term for whatever takes somebody away."),
    )
    superior_files = MultiUploadField(
        kind=SUPERIOR_FILES, label=_("File of the superior department's document"), required=False
    )
    field_order = (
        "kind", "mode", "unit", "host_name", "host_level", "post", "started_on", "due_on", "offered", "tasks", "plan",
        "reason", "supervisor", "document_number", "document_on", "document_files", "superior_document",
        "superior_files",
    )  # fmt: skip

    def __init__(
        self, *args: Any, units: "QuerySet[Unit]", offered: list[str], user: "User", names_hosts: bool, **kwargs: Any
    ) -> None:
        instance: Posting | None = kwargs.get("instance")
        lines = lines_of(instance.tasks) if instance is not None else []
        initial = kwargs.pop("initial", None) or {}
        if instance is not None:
            initial |= {
                "offered": [line for line in lines if line in offered],
                "tasks": "\n".join(line for line in lines if line not in offered),
            }
        super().__init__(*args, initial=initial, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units
        _offer(self, "offered", offered)
        _open_to(self, user if names_hosts else None)

    def clean(self) -> dict[str, Any]:
        """What the service takes: `tasks` are the ticked ones and the typed lines, each once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lines = [*cleaned.pop("offered", []), *lines_of(cleaned.get("tasks", ""))]
        return _with_tasks(self, cleaned, list(dict.fromkeys(lines)))


class CompleteForm(DocumentForm):
    """What was not known at the sign-off."""

    due_on = forms.DateField(
        label=_("Planned last day"),
        widget=DayInput,
        required=False,
        help_text=_("Enter it as soon as it is known; later it is put off by an extension."),
    )
    tasks = tasks_field()
    plan = plan_field()
    supervisor = supervisor_field()
    superior_document = forms.CharField(
        label=_("Number of the superior department's document"), max_length=60, required=False
    )
    superior_files = MultiUploadField(
        kind=SUPERIOR_FILES, label=_("File of the superior department's document"), required=False
    )
    field_order = (
        "document_number", "document_on", "document_files", "superior_document", "superior_files", "due_on", "tasks",
        "plan", "supervisor",
    )  # fmt: skip

    def __init__(self, *args: Any, instance: Posting, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        if instance.due_on is not None or instance.ended_on is not None:
            del self.fields["due_on"]
        _open_to(self, user)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return _with_tasks(self, cleaned, lines_of(cleaned.get("tasks", "")))


class BlankForm(ChangeForm):
    """Asks about a posting without filling in what the posting has under the same name."""

    def _values_of(self, instance: "BaseModel") -> dict[str, Any]:
        return {}


class ExtendForm(BlankForm):
    """The end put off, on a document of its own."""

    due_on = forms.DateField(label=_("New last day"), widget=DayInput)
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    document_on = forms.DateField(
        label=_("Date of the document"),
        widget=DayInput,
        required=False,
        help_text=_("Needed once the planned end is past: only what was approved before it is recorded afterwards."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}))
    document_files = MultiUploadField(kind=DOCUMENT_FILES, label=_("File of the document"), required=False)


class MidTermForm(ChangeForm):
    """中期了解: when, and what was found."""

    mid_term_held_on = forms.DateField(label=pgettext_lazy("mid-term review", "Held on"), widget=DayInput)
    mid_term_text = forms.CharField(
        label=_("Findings"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 5}),
        help_text=_("What the person does, how it goes, what the host and the person ask for."),
    )  # fmt: skip


class ReturnForm(ChangeForm):
    """The last day there, and why it is an early one."""

    ended_on = forms.DateField(label=_("Last day there"), widget=DayInput)
    return_reason = forms.CharField(
        label=_("Reason for the early return"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Needed where the last day lies before the planned one."),
    )


class SignOffForm(DocumentForm):
    """签批 with the document, where it is there already, and the day on which it was signed on paper."""

    signed_on = forms.DateField(
        label=pgettext_lazy("posting", "Signed off on"),
        widget=DayInput,
        required=False,
        help_text=_("Today, unless it was signed on paper before."),
    )
    field_order = ("signed_on", "document_number", "document_on", "document_files")


class WhyForm(BlankForm, ReasonForm):
    """Why something is voided or taken back."""


class RestoringForm(BlankForm, RestoreForm):
    """Why something stands again, where there is something to say."""


class DeclineForm(BlankForm, ReasonForm):
    """Why a proposal is declined: as long as the posting keeps it."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}))


def _offer(form: ChangeForm, name: str, texts: list[str]) -> None:
    """Boxes for these texts; none at all where there are none."""
    field = form.fields[name]
    if texts and isinstance(field, forms.MultipleChoiceField):
        field.choices = [(text, text) for text in texts]
        form.fields["tasks"].label = _("Other tasks")
    else:
        del form.fields[name]


def _open_to(form: ChangeForm, user: "User | None") -> None:
    """The supervisor is named by those who may look people up."""
    field = form.fields["supervisor"]
    if user is None:
        del form.fields["supervisor"]
    elif isinstance(field, PersonField):
        field.open_to(user)


def _with_tasks(form: ChangeForm, cleaned: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    text = "\n".join(lines)
    if "tasks" in form.errors:
        return cleaned
    if not lines:
        form.add_error("tasks", gettext("Say what the person is to do: tick tasks, or write them."))
    elif len(text) > LONGEST_TASKS:
        message = gettext("The tasks have %(length)s characters together; %(most)s are the most.")
        form.add_error("tasks", message % {"length": len(text), "most": LONGEST_TASKS})
    return {**cleaned, "tasks": text}
