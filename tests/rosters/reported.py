"""What tests of reports to the superior share: pages, steps and what stands in a line."""

from datetime import date

from django.urls import reverse

from cadre_app.rosters.services import reports
from tests.factories import TraineeFactory

DAY = date(2025, 12, 31)


def page_of(report, name="detail", query=""):
    return reverse(f"rosters:report_{name}", kwargs={"pk": report.pk}) + query


def submitted(draft, place):
    return reports.submit_report(draft, actor=place.staff)


def numbers(response, line):
    """The numbers of a line by column."""
    lines = [one for group in response.context["sheet"].groups for one in group.lines if one.key == line]
    return {cell.column: cell.number for cell in lines[0].cells}


def graduate(place, **fields):
    return TraineeFactory.create(home_unit=place.town, **fields)
