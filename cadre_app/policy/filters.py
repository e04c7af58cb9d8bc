"""What the lines of a code table can be narrowed to."""

from typing import TYPE_CHECKING

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cadre_app.policy.models import Code
from cadre_app.policy.tables import CodeTable

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

USE = (("yes", _("In use")), ("no", _("Out of use")))


class CodeFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A text in the code or a name, and whether the code is in use."""

    q = django_filters.CharFilter(method="by_text", label=_("Code or name"))
    use = django_filters.ChoiceFilter(choices=USE, method="by_use", label=_("Use"), empty_label=_("All"))

    class Meta:
        model = Code
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[Code]", name: str, value: str) -> "QuerySet[Code]":
        text = value.strip()
        return queryset.filter(Q(code__istartswith=text) | Q(name_zh__icontains=text) | Q(name_en__icontains=text))

    def by_use(self, queryset: "QuerySet[Code]", name: str, value: str) -> "QuerySet[Code]":
        return queryset.filter(is_active=value == "yes")


def filtered_codes(data: QueryDict, *, user: "User", table: CodeTable) -> CodeFilter:
    """Lines of one table as these URL parameters narrow them."""
    return CodeFilter(data, queryset=Code.objects.visible_to(user).of_table(table.key))
