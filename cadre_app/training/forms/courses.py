"""Forms of the catalogue: courses and their materials."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.files.forms import MultiUploadField
from cadre_app.training.models import Assessment, Course, CourseFormat, CourseKind, Mode, Teacher
from cadre_app.training.models.choices import LEAST_HOURS, MOST_HOURS
from cadre_app.training.services.courses import MATERIAL

if TYPE_CHECKING:
    from cadre_app.core.models import BaseModel

OUT_OF_RANGE = _("Training hours of a course are 0.5 to 200.")
GRADES = (
    (1, pgettext_lazy("camp", "Grade one")),
    (2, pgettext_lazy("camp", "Grade two")),
    (3, pgettext_lazy("camp", "Grade three")),
)


class TeachersField(forms.ModelMultipleChoiceField[Teacher]):
    """Several teachers, each with the unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.affiliation}）" if obj.affiliation else str(obj.name)


class CourseForm(ChangeForm):
    """What is written about a course."""

    title = forms.CharField(label=_("Course"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of course"), choices=CourseKind.choices, widget=forms.Select)
    topic = forms.CharField(label=_("Topic"), max_length=60, required=False)
    format = forms.ChoiceField(label=_("Format"), choices=CourseFormat.choices, widget=forms.Select)
    mode = forms.ChoiceField(
        label=_("Classroom or online"),
        choices=Mode.choices,
        widget=forms.Select,
        help_text=_("Hours of the two are counted apart."),
    )
    hours = forms.DecimalField(
        label=_("Training hours"),
        min_value=LEAST_HOURS,
        max_value=MOST_HOURS,
        max_digits=5,
        decimal_places=1,
        error_messages={"min_value": OUT_OF_RANGE, "max_value": OUT_OF_RANGE, "max_digits": OUT_OF_RANGE},
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    assessment = forms.ChoiceField(label=_("Test"), choices=Assessment.choices, widget=forms.Select)
    grades = forms.TypedMultipleChoiceField(
        label=_("For grades of the camp"),
        choices=GRADES,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Neither a grade nor the advanced plan: for everybody."),
    )
    for_advanced = forms.BooleanField(label=_("For the Qingzhu advanced plan"), required=False)
    posts = forms.CharField(
        label=_("For posts"), max_length=100, required=False, help_text=_("In words, for example those who write.")
    )
    teachers = TeachersField(
        label=_("Teachers"), queryset=Teacher.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    outline = forms.CharField(
        label=_("Outline"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, instance: Course | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        if instance is not None:
            self.fields["assessment"].help_text = _("Sessions that are finished keep their kind and their test.")
        field = self.fields["teachers"]
        if isinstance(field, TeachersField):
            offered = Q(voided_at=None, is_active=True)
            known = Q(pk__in=instance.teachers.values("pk")) if instance is not None else Q(pk__in=[])
            field.queryset = Teacher.objects.filter(offered | known)

    def _values_of(self, instance: "BaseModel") -> dict[str, Any]:
        values = super()._values_of(instance)
        if isinstance(instance, Course):
            values["teachers"] = [teacher.pk for teacher in instance.teachers.all()]
        return values


class MaterialForm(ChangeForm):
    """Files for whoever reads the course."""

    materials = MultiUploadField(kind=MATERIAL, label=_("Materials"))
