"""Forms of calls, topics, teams and progress meetings."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models import ResearchCall, ResearchProject
from cadre_app.assignments.models.research import LONGEST_PLAN, LONGEST_REMARK, LONGEST_TITLE
from cadre_app.assignments.services.research_defaults import CRITERIA, DIRECTIONS
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.tables import joined
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.picker import PersonField
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel

LONGEST_LINES = 1500
NAMES_HELP = _("One in a line, or with commas. Of people with the same name add the unit: Chen Yu'an (Wuling).")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LinesField(forms.CharField):
    """Lines of text; the clean value is a list of those that are not empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_LINES, widget=area(kwargs.pop("rows", 6)), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(line) for line in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return [line for line in lines if line]


class CriteriaField(LinesField):
    """One criterion in a line, its points at the end; the clean value is a list of name and points."""

    def prepare_value(self, value: Any) -> Any:
        pairs = [(item["name"], item["points"]) if isinstance(item, dict) else item for item in value or ()]
        return value if isinstance(value, str) else "\n".join(f"{name} {points}" for name, points in pairs)

    def clean(self, value: Any) -> Any:
        found = []
        for line in super().clean(value):
            name, _space, points = line.rpartition(" ")
            if not name or not (points.isascii() and points.isdecimal() and len(points) <= len("100")):
                raise ValidationError(gettext("“%(line)s”: end the line with a space and the points.") % {"line": line})
            found.append((name, int(points)))
        return found


class CallForm(ChangeForm):
    """征集: year, title, directions, criteria and four days in their order."""

    year = forms.IntegerField(label=_("Year"))
    title = forms.CharField(label=pgettext_lazy("research", "Title"), max_length=LONGEST_TITLE)
    directions = LinesField(label=_("Directions"), rows=10, help_text=_("One in a line."), initial=list(DIRECTIONS))
    criteria = CriteriaField(
        label=_("Reviewers' criteria"),
        help_text=_("One in a line with its points at the end, 100 together."),
        initial=list(CRITERIA),
    )
    topics_until = forms.DateField(label=_("Topics until"), widget=DayInput)
    drafts_until = forms.DateField(label=_("First versions until"), widget=DayInput)
    reports_until = forms.DateField(label=_("Reports until"), widget=DayInput)
    reviews_until = forms.DateField(label=_("Reviews until"), widget=DayInput)
    note = forms.CharField(label=_("Remark"), max_length=400, required=False, widget=area(2))


class TopicForm(ChangeForm):
    """A team topic as somebody in development proposes it."""

    call = forms.ModelChoiceField(
        ResearchCall.objects.none(), label=pgettext_lazy("research", "Call"), empty_label=None
    )
    direction = forms.ChoiceField(label=_("Direction"))
    title = forms.CharField(label=pgettext_lazy("research", "Topic"), max_length=LONGEST_TITLE)
    names = forms.CharField(
        label=_("Who works on it with you"), max_length=400, required=False, widget=area(3), help_text=NAMES_HELP
    )
    plan = forms.CharField(
        label=_("Research plan"),
        max_length=LONGEST_PLAN,
        required=False,
        widget=area(6),
        help_text=_("Where, whom you ask, by when. It can be written later."),
    )

    def __init__(self, *args: Any, calls: "QuerySet[ResearchCall]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]
        self.fields["direction"].choices = _directions(calls)  # type: ignore[attr-defined]


class EnteredTopicForm(TopicForm):
    """The same as staff enter it, who also say who leads the team."""

    lead = PersonField(label=_("Leads the team"))
    field_order = ("call", "direction", "title", "lead", "names", "plan")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].open_to(user)  # type: ignore[attr-defined]
        self.fields["names"].label = _("Who else is in the team")

    def clean_lead(self) -> Trainee:
        """The growth file of whoever was chosen."""
        file = Trainee.objects.standing().filter(person=self.cleaned_data["lead"]).first()
        if file is None:
            raise ValidationError(gettext("This person is not in development."))
        return file


class PersonalForm(ChangeForm):
    """The report of a village term: what it is about."""

    title = forms.CharField(label=pgettext_lazy("research", "Topic"), max_length=LONGEST_TITLE)
    call = forms.ModelChoiceField(
        ResearchCall.objects.none(),
        label=pgettext_lazy("research", "Call"),
        required=False,
        empty_label=_("Outside of a call"),
    )
    direction = forms.ChoiceField(label=_("Direction"), required=False)

    def __init__(self, *args: Any, calls: "QuerySet[ResearchCall]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]
        self.fields["direction"].choices = [("", _("None of them")), *_directions(calls)]  # type: ignore[attr-defined]


class ProjectForm(ChangeForm):
    """Another title or direction."""

    title = forms.CharField(label=pgettext_lazy("research", "Topic"), max_length=LONGEST_TITLE)
    direction = forms.ChoiceField(label=_("Direction"), required=False)

    def __init__(self, *args: Any, instance: ResearchProject, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        known = instance.call.directions if instance.call is not None else []
        names = dict.fromkeys([*known, *([instance.direction] if instance.direction else [])])
        self.fields["direction"].choices = [("", _("None of them")), *((name, name) for name in names)]  # type: ignore[attr-defined]


class PlanForm(ChangeForm):
    """开题: where, whom, by when."""

    plan = forms.CharField(label=_("Research plan"), max_length=LONGEST_PLAN, widget=area(12))


class DropForm(ReasonForm):
    """Why it is not carried on: the team reads it."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class RemarkForm(ChangeForm):
    """What the department says of the latest version."""

    remark = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_REMARK,
        widget=area(6),
        help_text=_("The author and the mentor read it."),
    )


class ReturnForm(ReasonForm):
    """What is to be supplemented."""

    reason = forms.CharField(
        label=_("What is to be supplemented"),
        max_length=LONGEST_REMARK,
        widget=area(6),
        help_text=_("The author and the mentor read it."),
    )


class MembersForm(ChangeForm):
    """Who comes into the team, and for which part of the work."""

    names = forms.CharField(label=_("Names"), max_length=400, widget=area(3), help_text=NAMES_HELP)
    share = forms.CharField(label=_("Part of the work"), max_length=100, required=False)


class CorrectMembersForm(MembersForm):
    """The same once the report is sent up, with the reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    field_order = ("names", "share", "reason")


class ShareForm(ChangeForm):
    """What somebody's part of the work is."""

    share = forms.CharField(label=_("Part of the work"), max_length=100, required=False)


class LeaveTeamForm(ShareForm):
    """Since when somebody is no longer in the team."""

    left_on = forms.DateField(label=_("Left the team on"), widget=DayInput)
    field_order = ("left_on", "share")


class SubmitForm(ChangeForm):
    """报送: to whom, when, on which document."""

    submitted_to = forms.CharField(label=_("Sent up to"), max_length=60)
    submitted_on = forms.DateField(label=_("Sent up on"), widget=DayInput)
    document_number = forms.CharField(label=_("Document number"), max_length=60)


class MeetingForm(ChangeForm):
    """Minutes of a progress meeting."""

    held_on = forms.DateField(label=pgettext_lazy("progress meeting", "Held on"), widget=DayInput)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    chair = forms.CharField(label=_("Chair"), max_length=40, required=False)
    call = forms.ModelChoiceField(
        ResearchCall.objects.none(),
        label=pgettext_lazy("research", "Call"),
        required=False,
        empty_label=_("Of no call"),
    )
    minutes = forms.CharField(label=_("Minutes"), max_length=LONGEST_PLAN, widget=area(10))

    def __init__(self, *args: Any, calls: "QuerySet[ResearchCall]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]

    def _values_of(self, instance: "BaseModel") -> dict[str, Any]:
        return super()._values_of(instance) | {"call": getattr(instance, "call_id", None)}


class ItemForm(ChangeForm):
    """What was said of a report, and what is to be done until when."""

    progress = forms.CharField(label=_("Progress"), max_length=400, widget=area(3))
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    due_on = forms.DateField(label=_("Until"), widget=DayInput, required=False)


class ReportField(forms.ModelChoiceField[ResearchProject]):
    """A report by its title and who works on it (`team`, as prefetched)."""

    def label_from_instance(self, obj: Any) -> str:
        people = joined(member.trainee.person.name for member in obj.team)
        return gettext("%(title)s (%(people)s)") % {"title": obj.title, "people": people}


class NewItemForm(ItemForm):
    """The same for a report that is chosen."""

    project = ReportField(
        ResearchProject.objects.none(), label=pgettext_lazy("research", "Report"), empty_label=_("Choose a report")
    )
    field_order = ("project", "progress", "next_step", "due_on")

    def __init__(self, *args: Any, projects: "QuerySet[ResearchProject]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]


def _directions(calls: "QuerySet[ResearchCall]") -> list[tuple[str, str]]:
    """Of all calls that can be chosen, each once, in their order."""
    names = dict.fromkeys(name for call in calls for name in call.directions)
    return [(name, name) for name in names]
