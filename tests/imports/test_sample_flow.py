"""The sample files through the pages, from an empty district, as a new user would."""

from collections import Counter
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadre_app.demo.trainees import trainees
from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.imports.services import open_row
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.stages.sql import with_stage
from scripts import make_samples
from tests.imports.conftest import run


def imported(client: Client, sheet: str, name: str) -> Batch:
    """Upload a sample and have it checked."""
    file = SimpleUploadedFile(name, (make_samples.SAMPLES / name).read_bytes())
    response = client.post(f"/imports/new/{sheet}/", {"file": file})
    assert response.status_code == 302, response.content.decode()
    return run(Batch.objects.latest("created_at"))


def confirmed(client: Client, batch: Batch) -> Batch:
    assert client.post(f"/imports/{batch.pk}/confirm/", {"version": batch.version}).status_code == 302
    return run(batch)


def told(batch: Batch) -> dict[int, list[Any]]:
    """Every message by row, with the key of its cell."""
    rows = [open_row(stored) for stored in batch.rows.order_by("number")]
    return {row.number: [*row.unread, *row.errors] for row in rows if row.has_errors}


def test_the_units_of_the_district_are_imported(client: Client) -> None:
    batch = imported(client, "units", make_samples.UNITS)
    assert (told(batch), batch.status) == ({}, BatchStatus.READY)

    assert confirmed(client, batch).status == BatchStatus.DONE
    assert Unit.objects.count() == 1 + 30 + 7 + 30
    assert Unit.objects.get(name="梧头村").parent.name == "梧岭镇"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", [make_samples.ROSTER, make_samples.ROSTER_CSV])
def test_the_roster_becomes_sixty_growth_files_in_their_stages(client: Client, name: str) -> None:
    confirmed(client, imported(client, "units", make_samples.UNITS))
    batch = imported(client, "trainees", name)
    assert (told(batch), batch.status) == ({}, BatchStatus.READY)

    assert confirmed(client, batch).status == BatchStatus.DONE
    as_of = make_samples.AS_OF
    found = with_stage(Trainee.objects.select_related("person"), as_of)
    wanted = {one.name: one for one in trainees(as_of) if one.departed_on is None}
    assert {one.person.name for one in found} == set(wanted)
    assert {one.person.name: (one.arrived_on, one.kind, one.status, one.rank) for one in found} == {
        name: (one.arrived_on, one.kind, one.status, one.posts[-1].rank) for name, one in wanted.items()
    }
    assert Counter((one.stage, one.grade) for one in found) == {
        ("camp", 1): 3,
        ("camp", 2): 4,
        ("camp", 3): 5,
        ("advanced", None): 48,
    }


def test_an_empty_template_is_read_and_said_to_have_no_rows(client: Client) -> None:
    content = client.get("/imports/template/units/").content
    response = client.post("/imports/new/units/", {"file": SimpleUploadedFile("模板.xlsx", content)})
    assert response.status_code == 302
    batch = run(Batch.objects.get())
    assert (batch.status, batch.problem) == (BatchStatus.FAULTY, "There are no rows below the headings.")
