"""What the gallery of components shows: a form, a table, a filter and entries that stand for real ones."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.tables import Column, Empty, Table
from cadre_app.core.widgets import DayInput

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest

OCCASIONS = (
    ("regular", gettext_lazy("Regular")),
    ("move", gettext_lazy("Change of post")),
    ("request", gettext_lazy("At own request")),
)
# Content types are the one small table that every installation has, whatever its people have entered.
TABLE_COLUMNS: tuple[Column[ContentType], ...] = (
    Column("name", gettext_lazy("Kind of record"), lambda row: row.name, sort=("model",)),
    Column("app", gettext_lazy("App"), lambda row: row.app_label, sort=("app_label",)),
    Column("number", gettext_lazy("Number"), lambda row: row.pk, sort=("pk",), numeric=True),
    Column("key", gettext_lazy("Key"), lambda row: f"{row.app_label}.{row.model}", shown=False),
)


class GalleryForm(forms.Form):
    """One field of each kind; with no answer at all it shows every message."""

    day = forms.DateField(label=gettext_lazy("Date of the talk"), widget=DayInput)
    place = forms.CharField(
        label=gettext_lazy("Place"), required=False, help_text=gettext_lazy("Village, township or office.")
    )
    occasion = forms.ChoiceField(label=gettext_lazy("Occasion"), choices=OCCASIONS, widget=forms.RadioSelect)
    speaker = forms.ChoiceField(label=gettext_lazy("Held by"), choices=(("", "—"), *OCCASIONS))
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=gettext_lazy("The person has read it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class GalleryFilter(django_filters.FilterSet):  # type: ignore[misc]
    name = django_filters.CharFilter(field_name="model", lookup_expr="icontains", label=gettext_lazy("Kind of record"))
    app = django_filters.ChoiceFilter(
        field_name="app_label", choices=(("org", "org"), ("accounts", "accounts")), label=gettext_lazy("App")
    )

    class Meta:
        model = ContentType
        fields: list[str] = []


def gallery_context(request: "UserRequest") -> dict[str, Any]:
    """The context of core/components.html."""
    listed = GalleryFilter(request.GET, queryset=ContentType.objects.all())
    empty = Empty(_("No entries yet."), _("What is entered stands here."))
    form = GalleryForm(request.POST if request.method == "POST" else None, initial={"day": date(2026, 11, 23)})
    return {
        "form": form,
        "filter": listed,
        "table": Table(
            request, listed.qs, TABLE_COLUMNS, name="gallery", empty=empty, default_sort="name", offers_all=True
        ),
        "years": [(2026, _entries())],
    }


def _entries() -> list[dict[str, Any]]:
    return [
        {
            "day": date(2026, 11, 18),
            "icon": "link-45deg",
            "tone": "q",
            "kind": _("Guidance note"),
            "title": _("Visited six households and explained the allowance"),
            "text": _("Led by the trainee, completed by the mentor."),
            "source": _("Community mentor, by phone"),
            "state": "ok",
            "label": _("In the file the same day"),
        },
        {
            "day": date(2026, 10, 12),
            "icon": "lock",
            "tone": "",
            "kind": _("Talk"),
            "title": _("Regular talk"),
            "text": "",
            "source": _("Department leader"),
            "state": "",
        },
    ]
