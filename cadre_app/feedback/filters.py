"""What the list of suggestions can be narrowed to."""

import django_filters
from django.utils.translation import gettext_lazy as _

from cadre_app.feedback.models import Feedback, FeedbackState


class FeedbackFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label=_("Text contains"))
    state = django_filters.ChoiceFilter(choices=FeedbackState.choices, label=_("State"), empty_label=_("All states"))

    class Meta:
        model = Feedback
        fields: list[str] = []
