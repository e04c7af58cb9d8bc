"""Forms of people whom an import entered, of which nothing stands any more, do not bar the undo of that import."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cadre_app.appointment.archives import Sent
from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import FormIntake, IntakeFile
from cadre_app.appointment.services import intakes
from cadre_app.appointment.services.comparing import compared
from cadre_app.appointment.services.undoing import undo_intake
from cadre_app.core.importing import Applied
from cadre_app.people.importing import trainees
from cadre_app.people.models import Person, Trainee
from tests.appointment.conftest import District
from tests.appointment.test_intakes import taken
from tests.appointment.uploads import upload
from tests.factories import id_number
from tests.files.made import picture
from tests.importing_rows import row


@pytest.fixture
def imported(place: District) -> list[Applied]:
    number = id_number(date(1999, 8, 15), serial=62)
    values: dict[str, Any] = {
        "name": "辛六明", "id_number": number, "kind": "selected", "arrived_on": date(2024, 8, 15), "home_unit": "梧岭镇",
    }  # fmt: skip
    rows = [row(2, **values)]
    trainees.check(rows, place.staff, lambda done, total: None)
    assert rows[0].errors == []
    return trainees.apply(rows, place.staff, lambda done, total: None)


def form_of(place: District) -> Sent:
    """The form of the one who was imported, with health and photo of another program."""
    theirs = fields_of(place.staff, Trainee.objects.get())
    return Sent("a.lrmx", write_lrmx(replace(theirs, health="良好", photo=picture("JPEG", (400, 500)))))


def undone(place: District, done: list[Applied]) -> list[str]:
    return trainees.undo(list(reversed(done)), place.staff, "误导入")


def test_an_upload_that_was_closed(place: District, imported: list[Applied]) -> None:
    intake = upload(place, form_of(place))
    assert len(undone(place, imported)) == 1  # somebody is about to take it over
    intakes.close_intake(intake, actor=place.staff)
    assert undone(place, imported) == []
    assert not Person.objects.standing().exists()


def test_a_form_that_was_taken_over_and_taken_back(place: District, imported: list[Applied]) -> None:
    upload(place, form_of(place))
    file = IntakeFile.objects.get()
    assert file.trainee is not None
    keys = [one.key for one in compared(file, file.trainee, user=place.staff) if one.may_take]
    assert "identity:health" in keys
    taken(place, file, *keys)
    assert undone(place, imported) != []
    undo_intake(FormIntake.objects.get(), reason="导错文件", actor=place.staff)
    assert undone(place, imported) == []
    assert not Person.objects.standing().exists()
