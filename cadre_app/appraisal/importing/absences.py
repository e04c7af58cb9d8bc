"""Why somebody has no assessment of a year, and what is to be done first, in words."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


class Absences:
    """Of these people and years, in two queries; none where everybody has an assessment."""

    def __init__(self, missing: "Collection[tuple[Trainee, int]]", actor: "User") -> None:
        years = {year for _file, year in missing}
        self._campaigns: defaultdict[int, list[AssessmentYear]] = defaultdict(list)
        self._voided: set[tuple[UUID, int]] = set()
        if not missing:
            return
        for campaign in (
            AssessmentYear.objects.visible_to(actor).standing().filter(year__in=years).select_related("unit")
        ):
            self._campaigns[campaign.year].append(campaign)
        voided = (
            AnnualAssessment.objects.visible_to(actor)
            .exclude(voided_at=None)
            .filter(trainee__in={file.pk for file, _year in missing}, year__in=years, quota__campaign__voided_at=None)
        )
        self._voided = set(voided.values_list("trainee", "year"))

    def why(self, file: "Trainee", year: int) -> str:
        """What stands against entering that year."""
        known = {"name": file.person.name, "year": year}
        covering = [each for each in self._campaigns[year] if file.home_unit.path in each.unit.range]
        if not covering:
            return _("%(name)s has no assessment of %(year)s in your scope. The year has to be opened first.") % known
        if file.arrived_on > date(year, 12, 31):
            known |= {"day": formats.date_format(file.arrived_on)}
            return _("%(name)s reported for duty on %(day)s only: there is nothing to assess in %(year)s.") % known
        known |= {"unit": covering[0].unit.name}
        if (file.pk, year) in self._voided:
            return _("The assessment of %(name)s of %(year)s is voided. Restore it on its page first.") % known
        text = _(
            "The year %(year)s is open in %(unit)s, but %(name)s came later: first press “Add those who came since” at that "
            "year under annual assessment, then check this file again."
        )
        return text % known
