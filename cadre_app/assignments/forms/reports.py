"""Forms of versions, the mentor's reading, reviews and prizes."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.forms.research import area
from cadre_app.assignments.models import PrizeLevel, PrizeRank, ResearchProject, ResearchReview
from cadre_app.assignments.models.reports import LONGEST_BODY, LONGEST_COMMENT
from cadre_app.assignments.policies import REVIEWERS
from cadre_app.assignments.services.report_reviews import criteria_of
from cadre_app.assignments.services.reports import FILE
from cadre_app.assignments.services.research_defaults import PRIZE_NAMES
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.files.forms import UploadField
from cadre_app.people.forms.picker import PersonField

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MORE = 1
REVIEWER_HELP = _(
    "Type the name and choose. Nobody of the team and no declared relative of it; each reviewer needs an account."
)


class BodyField(forms.CharField):
    """A long text; a line's end counts as one character, however the browser sends it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class VersionForm(ChangeForm):
    """The report as it stands now; the text of the version before is there to go on from."""

    title = forms.CharField(label=pgettext_lazy("research", "Title"), max_length=80)
    changes = forms.CharField(label=_("What is new"), max_length=200, required=False)
    body = BodyField(
        label=_("Text of the report"),
        max_length=LONGEST_BODY,
        widget=area(18),
        help_text=_("30,000 characters at most. Name nobody who was asked; no work secrets."),
    )
    file = UploadField(kind=FILE, label=_("The same as a file"), required=False)

    def __init__(self, *args: Any, project: ResearchProject, **kwargs: Any) -> None:
        super().__init__(*args, instance=project, **kwargs)
        if project.versions_count:
            self.fields["changes"].required = True
        else:
            del self.fields["changes"]


class ReadingForm(ChangeForm):
    """What the mentor says of the report."""

    comment = forms.CharField(
        label=_("What to better"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=area(6),
        help_text=_("The author, staff and leaders read it. It may stay empty: then the report counts as read."),
    )


class ReviewersForm(ChangeForm):
    """Who reviews the latest version, and until when."""

    due_on = forms.DateField(label=_("Reviews until"), widget=DayInput)

    def __init__(self, *args: Any, instance: ResearchProject, user: "User", there: int, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        least = max(REVIEWERS.now() - there, 1)
        for number in range(1, least + MORE + 1):
            field = PersonField(label=gettext("Reviewer %(number)s") % {"number": number}, required=number <= least)
            field.open_to(user)
            field.help_text = REVIEWER_HELP if number == 1 else ""
            self.fields[f"person_{number}"] = field
        self.names = [f"person_{number}" for number in range(1, least + MORE + 1)]
        self.order_fields([*self.names, "due_on"])

    def clean(self) -> dict[str, Any]:
        """What the service takes: `persons`."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        persons = [cleaned.pop(name, None) for name in self.names]
        return {**cleaned, "persons": [person for person in persons if person is not None]}


class ReviewDayForm(ChangeForm):
    """Another day for one review."""

    due_on = forms.DateField(label=_("Review until"), widget=DayInput)


class ReviewForm(ChangeForm):
    """Points by criterion, and what to say of the report."""

    comment = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_COMMENT,
        widget=area(8),
        help_text=_("What is good, what is missing, what to better. The team reads it without your name."),
    )

    def __init__(self, *args: Any, instance: ResearchReview, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.criteria = criteria_of(instance.report.project)
        for number, (name, most) in enumerate(self.criteria):
            self.fields[f"points_{number}"] = forms.IntegerField(
                label=gettext("%(name)s (0 to %(most)s)") % {"name": name, "most": most},
                min_value=0,
                max_value=most,
                initial=instance.points.get(name),
            )
        self.order_fields([*(f"points_{number}" for number in range(len(self.criteria))), "comment"])

    def standing_value(self, current: Any, name: str) -> Any:
        """What a review as it stands holds for a field of this form."""
        points = {f"points_{number}": key for number, (key, _most) in enumerate(self.criteria)}
        return current.points.get(points[name], "") if name in points else getattr(current, name, "")

    def clean(self) -> dict[str, Any]:
        """What the service takes: `points` by name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = {name: cleaned.pop(f"points_{number}", None) for number, (name, _most) in enumerate(self.criteria)}
        return {**cleaned, "points": {name: points for name, points in given.items() if points is not None}}


class PrizeForm(ChangeForm):
    """A prize on its document."""

    level = forms.ChoiceField(label=pgettext_lazy("research prize", "Level"), choices=PrizeLevel.choices)
    rank = forms.ChoiceField(label=pgettext_lazy("research prize", "Prize"), choices=PrizeRank.choices)
    name = forms.CharField(label=_("Name of the prize"), max_length=60)
    awarded_by = forms.CharField(label=_("Awarded by"), max_length=60)
    awarded_on = forms.DateField(label=_("Awarded on"), widget=DayInput)
    document_number = forms.CharField(label=_("Document number"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = gettext("For example: %(names)s.") % {"names": gettext(", ").join(PRIZE_NAMES)}
