"""Uploads of forms, and the addresses of their pages, for tests."""

from typing import Any

from django.urls import reverse

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.models import FormIntake, IntakeFile
from cadre_app.appointment.services import intakes
from tests.appointment.conftest import District


def upload(place: District, *files: Sent) -> FormIntake:
    return intakes.bring_in(files=list(files), actor=place.staff)


def states(intake: FormIntake) -> list[str]:
    return list(intake.files.order_by("number").values_list("state", flat=True))


def page(name: str, key: Any) -> str:
    return reverse(f"appointment:intake_{name}", kwargs={"pk": key})


def settled(client: Any, file: IntakeFile) -> None:
    """By the button of the page on which nothing differs."""
    seen = client.get(page("file", file.pk)).context["seen"]
    assert client.post(page("file", file.pk), {"version": file.version, "seen": seen}).status_code == 302
