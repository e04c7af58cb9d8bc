"""青竹培优 begins when the village term is over: an end on which places of the plan stand is not taken back unawares."""

from django.db.models import F
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core.village_terms import Reopening, term_end_holds
from cadre_app.training.models import Enrolment, Place, SessionState
from cadre_app.training.models.choices import Programme


def announce() -> None:
    """Called once, when the app is ready."""
    term_end_holds.register("training", refuse_advanced_places)


def refuse_advanced_places(asked: Reopening) -> str:
    """Why the end of the term stands: a place in the advanced plan on a day that would lie in the term again."""
    rows = Enrolment.objects.standing().filter(
        trainee=asked.trainee, session__programme=Programme.ADVANCED, session__starts_on__gt=asked.ended_on
    )
    rows = rows.exclude(place=Place.DECLINED).exclude(session__state=SessionState.CANCELLED)
    first = rows.select_related("session__course").order_by(F("session__starts_on")).first()
    if first is None or not asked.reaches(first.session.starts_on):
        return ""
    text = _(
        "Since the term ended the person has a place in “%(course)s” of the Qingzhu advanced plan, on %(day)s: that would lie in "
        "the village term again. Take the person off that session first."
    )
    return text % {"course": first.session.course.title, "day": formats.date_format(first.session.starts_on)}
