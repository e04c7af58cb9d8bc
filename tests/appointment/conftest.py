"""A town with somebody in development whose file says a good deal."""

from datetime import date
from typing import Any

import pytest

from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services import drafts
from cadre_app.core import crypto
from cadre_app.files.checks import check_upload
from cadre_app.people.models import Education, PostRecord, Relative, Trainee
from cadre_app.people.services import photos
from tests.factories import PersonFactory, TraineeFactory, id_number
from tests.files.made import picture
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["TODAY", "District", "_on_the_day", "client_of", "place", "sign_in"]

RESUME = "2017.09--2021.06  澜江大学行政管理专业学习\n2021.08--         临澜市望屿区梧岭镇一级科员"


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def file(place: District) -> Trainee:
    """陈嘉穗, a civil servant of the town since 2021."""
    number = id_number(date(1999, 8, 15), serial=24)
    person = PersonFactory.create(
        name="陈嘉穗",
        sex="2",
        birth_month=date(1999, 8, 1),
        ethnic_group="01",
        native_place="临澜望屿",
        birth_place="临澜望屿",
        health="健康",
        work_month=date(2021, 8, 1),
        political_status="01",
        party_stage="full",
        party_joined_on=date(2019, 6, 12),
        specialty="公共管理",
        resume=RESUME,
        id_number=number,
        id_digest=crypto.digest(number),
    )
    trainee: Trainee = TraineeFactory.create(
        person=person, home_unit=place.town, arrived_on=date(2021, 8, 2), rank="11", post="党建办公室主任",
        probation_ends_on=date(2022, 8, 1),
    )  # fmt: skip
    PostRecord.objects.create(trainee=trainee, started_on=date(2022, 8, 2), post="党建办公室主任", rank="11")
    Education.objects.create(
        person=person, mode="full_time", level="21", degree="412", school="澜江大学", major="行政管理",
        started_on=date(2017, 9, 1), graduated_on=date(2021, 6, 1),
    )  # fmt: skip
    Relative.objects.create(
        person=person, relation="母亲", name="周念慈", birth_month=date(1973, 5, 1), work="教师（退休）"
    )
    Relative.objects.create(
        person=person,
        relation="父亲",
        name="陈望海",
        birth_month=date(1971, 3, 1),
        political_status="13",
        work="望屿区医院医师",
    )
    return trainee


@pytest.fixture
def with_photo(file: Trainee, place: District) -> Trainee:
    upload = check_upload("photo.jpg", picture("JPEG", (600, 900)), families=("picture",))
    photos.set_photo(file, photo=upload, actor=place.staff)
    return file


@pytest.fixture
def draft(file: Trainee, place: District) -> AppointmentForm:
    return drafts.make_draft(file, actor=place.staff)
