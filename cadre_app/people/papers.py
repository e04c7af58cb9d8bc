"""简历 the résumé by itself, on paper and in Word."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadre_app.core.documents import DocumentKind, Paper, document_kinds
from cadre_app.people import permissions
from cadre_app.people.access import roles_on
from cadre_app.people.file.heads import post_of
from cadre_app.people.file.resumes import kept_lines
from cadre_app.people.models import Trainee
from cadre_app.people.services.openings import record_opening
from cadre_app.policy.values import CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel

RESUME = "people.resume"
PERIOD = re.compile(r"[0-9]{4}\.[0-9]{2}--(?:[0-9]{4}\.[0-9]{2})?")
WORD = Path(__file__).resolve().parent / "word" / "resume.docx"


def resume_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For those who read the identity, once there is a résumé."""
    files = Trainee.objects.visible_to(user).select_related("person", "home_unit")
    trainee = files.filter(pk=owner_id).first()
    if trainee is None or not trainee.person.resume or not permissions.can_read_identity(user, trainee):
        return None
    return Paper(trainee, f"简历（{trainee.person.name}）", resume_values(trainee))


def resume_values(trainee: Trainee) -> Mapping[str, Any]:
    """What the paper prints: the résumé as it is kept, line by line; as it is written where it cannot be read."""
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        "trainee": trainee.person.name,
        "unit": trainee.home_unit.name,
        "file_number": trainee.file_number,
        "post": _post(trainee),
        "lines": [_line(text) for text in kept_lines(trainee.person)],
    }


def _post(trainee: Trainee) -> str:
    """Post and rank, as the year's paper writes them."""
    with translation.override(settings.LANGUAGE_CODE):
        return post_of(trainee)


def _line(text: str) -> Mapping[str, Any]:
    """The months apart from what was done; a line that cannot be read is written as it is."""
    first, *within = [row.strip() for row in text.splitlines()]
    period = PERIOD.match(first)
    return {
        "period": period[0] if period else "",
        "text": first[period.end() :].strip() if period else first,
        "within": within,
    }


def opened(user: "User", owner: "BaseModel") -> None:
    """Reading the paper opens the file, as its page does."""
    if isinstance(owner, Trainee):
        record_opening(owner, actor=user, ties=roles_on(user, owner))


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        RESUME,
        DocumentKind(
            label=_("Résumé"),
            word=WORD,
            html="people/papers/resume.html",
            paper=resume_paper,
            page_of=lambda owner_id: reverse("people:resume", kwargs={"pk": owner_id}),
            sample=SAMPLE,
            opened=opened,
        ),
    )


SAMPLE: Mapping[str, Any] = {
    "department": "中共某区委组织部",
    "trainee": "李某某",
    "unit": "某镇",
    "file_number": "WY-2026-0001",
    "post": "一级科员",
    "lines": [
        {"period": "2018.09--2022.06", "text": "某大学行政管理专业学习", "within": []},
        {
            "period": "2022.08--",
            "text": "某区某镇一级科员",
            "within": ["（其间：2024.03--2024.09在某局跟班学习）"],
        },
    ],
}
