"""What the lists of accounts and requests can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts import lockout
from cadre_app.accounts.models import AccountKind, AccountRequest, Grant, User
from cadre_app.core.roles import Role
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of

STATES = (("active", _("Active")), ("disabled", _("Disabled")), ("locked", _("Locked")))


class UnitFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """A unit and all below it; `path` leads to the path of a row's unit. Whoever gives no `queryset` binds one later."""

    field_class = UnitChoiceField

    def __init__(self, *args: Any, path: str = "unit__path", **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Unit.objects.none())
        super().__init__(*args, **kwargs)
        self.path = path

    def filter(self, queryset: "QuerySet[Any]", value: Unit | None) -> "QuerySet[Any]":
        return queryset if value is None else queryset.filter(any_of((value.range,), self.path))


def all_units(request: Any) -> "QuerySet[Unit]":
    return Unit.objects.standing()


class AccountFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Text, kind, state, unit and role."""

    q = django_filters.CharFilter(method="by_text", label=_("Name or sign-in name"))
    kind = django_filters.ChoiceFilter(choices=AccountKind.choices, label=_("Account kind"))
    state = django_filters.ChoiceFilter(choices=STATES, method="by_state", label=_("State"))
    unit = UnitFilter(queryset=all_units, label=_("Unit"))
    role = django_filters.ChoiceFilter(choices=Role.choices, method="by_role", label=_("Role"))

    class Meta:
        model = User
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[User]", name: str, value: str) -> "QuerySet[User]":
        text = value.strip()
        return queryset.filter(Q(display_name__icontains=text) | Q(username__icontains=text.lower()))

    def by_state(self, queryset: "QuerySet[User]", name: str, value: str) -> "QuerySet[User]":
        if value == "locked":
            return queryset.filter(is_active=True, username__in=lockout.locked_usernames())
        return queryset.filter(is_active=value == "active")

    def by_role(self, queryset: "QuerySet[User]", name: str, value: str) -> "QuerySet[User]":
        held = Grant.objects.in_force(timezone.localdate()).filter(role=value, user=OuterRef("pk"))
        return queryset.filter(Exists(held))


class RequestFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Status and text."""

    q = django_filters.CharFilter(method="by_text", label=_("Name or sign-in name"))
    status = django_filters.ChoiceFilter(choices=AccountRequest.Status.choices, label=_("Status"))

    class Meta:
        model = AccountRequest
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[AccountRequest]", name: str, value: str) -> "QuerySet[AccountRequest]":
        text = value.strip()
        return queryset.filter(Q(display_name__icontains=text) | Q(username__icontains=text.lower()))
