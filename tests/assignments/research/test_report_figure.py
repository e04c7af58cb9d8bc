"""The figure of research reports handed in, with its list."""

from datetime import date
from typing import Any

import pytest

from cadre_app.assignments.models import ProjectState
from cadre_app.core.figures import Asked, figures
from cadre_app.core.roles import Role
from tests.assignments.factories import make_project, make_version
from tests.assignments.research.conftest import Field
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_reports_count_from_their_first_version_and_the_list_shows_them(field: Field, sign_in: Any) -> None:
    days = {"甲": "2023-01-01", "乙": "2022-12-31", "丙": "2026-11-23", "丁": "2026-11-24"}
    for title, day in days.items():
        project = make_project(field.files[0], title=title, versions_count=2)
        make_version(project, handed_in_at=f"{day}T00:30:00+08:00")
        make_version(project, handed_in_at=f"{day}T23:30:00+08:00")
    make_project(field.files[0], title="未交")
    make_version(make_project(field.files[0], versions_count=1, state=ProjectState.DROPPED, drop_reason="并入"))
    figure = figures["reports"]

    def listed(**asked: Any) -> tuple[int, list[str]]:
        wanted = Asked.on(**{"as_of": TODAY, "user": field.staff} | asked)
        url = figure.url(wanted)
        rows = sign_in(field.staff).get(url).context["table"].rows
        return figure.count(wanted), sorted(row.object.title for row in rows)

    assert listed() == (2, ["丙", "甲"])
    assert listed(as_of=date(2026, 11, 22)) == (1, ["甲"])
    assert listed(unit=field.district.town) == (2, ["丙", "甲"])
    assert listed(unit=field.district.other_town) == (0, [])
    assert listed(unit=field.district.town, as_of=date(2026, 11, 22)) == (1, ["甲"])
    liaison = field.district.somebody(Role.LIAISON, field.district.town)
    assert figure.is_for(Asked.on(TODAY, user=liaison)) is False
