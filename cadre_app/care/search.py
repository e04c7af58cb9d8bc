"""What the full-text search finds of symposiums: shared minutes and remarks. Restricted texts are never looked through."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.care import permissions
from cadre_app.care.models import Remark, Symposium
from cadre_app.care.models.symposiums import SEARCHED
from cadre_app.care.wording_meetings import speaker_text
from cadre_app.core.texts import Place, TextSource, text_sources

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    text_sources.register(
        "care.symposiums",
        TextSource(
            label=_("Symposiums"),
            order=40,
            visible=permissions.sees_talks,
            rows=symposiums_of,
            fields=SEARCHED,
            day="day",
            place=symposium_place,
        ),
    )
    text_sources.register(
        "care.remarks",
        TextSource(
            label=_("Remarks at symposiums"),
            order=42,
            visible=permissions.sees_talks,
            rows=remarks_of,
            fields=("text",),
            day="symposium__day",
            place=remark_place,
        ),
    )


def symposiums_of(user: "User") -> QuerySet[Symposium]:
    """Those that took place, with what everybody on the list reads."""
    return Symposium.objects.visible_to(user).took_place().without_texts().select_related("unit")


def symposium_place(symposium: Symposium) -> Place:
    return Place(
        symposium.title, f"{symposium.unit.name} · {symposium.get_kind_display()}", symposium.day, _url(symposium)
    )


def remarks_of(user: "User") -> QuerySet[Remark]:
    held = Symposium.objects.took_place().values("pk")
    rows = Remark.objects.visible_to(user).standing().filter(symposium__in=held)
    return rows.select_related("symposium", "trainee__person").defer("symposium__note")


def remark_place(remark: Remark) -> Place:
    return Place(speaker_text(remark), remark.symposium.title, remark.symposium.day, _url(remark.symposium))


def _url(symposium: Symposium) -> str:
    return reverse("care:symposium_detail", kwargs={"pk": symposium.pk})
