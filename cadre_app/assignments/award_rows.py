"""Prizes for research reports among the awards of a person: announced, not copied."""

from typing import TYPE_CHECKING

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils.translation import pgettext

from cadre_app.assignments.models import ResearchAward, prize_name
from cadre_app.core.awards import AwardCategory, AwardSource, awards

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    awards.register(
        "research",
        AwardSource(
            rows=seen,
            columns={
                "category": Value(AwardCategory.HONOUR.value, output_field=CharField()),
                "kind": "prize__rank",
                "title": "prize__name",
                "level": "prize__level",
                "awarded_by": "prize__awarded_by",
                "document_number": "prize__document_number",
                "awarded_on": "awarded_on",
                "page": "prize__project_id",
            },
            words=words,
            url=lambda page: reverse("assignments:project_detail", kwargs={"pk": page}),
        ),
    )


def seen(user: "User | None") -> "QuerySet[ResearchAward]":
    """Standing awards of standing prizes that somebody sees, or all of them."""
    rows = ResearchAward.objects.visible_to(user) if user is not None else ResearchAward.objects.all()
    return rows.standing().filter(prize__voided_at=None)


def words(kind: str, title: str) -> str:
    """A prize in the viewer's language."""
    return pgettext("growth file", "Research prize: %(name)s") % {"name": prize_name(kind, title)}
