"""What somebody should know of a briefing before it is submitted or issued, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.briefings import page, services, snapshots
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.wording import period_of


def before_issue(briefing: Briefing) -> tuple[str, ...]:
    """What a leader should know before: numbers that changed or contradict the text, claims that no longer hold, missing parts;
    of a unit that was closed by the last day that alone, for nothing is counted of it.
    """
    if absent := page.absence_of(briefing):
        return (absent,)
    counted = snapshots.take(briefing.unit, briefing.since, briefing.as_of)
    changed = snapshots.changed(briefing.figures, snapshots.numbers_of(counted.figures))
    notices = []
    if changed:
        text = ngettext(
            "%(count)s number is counted otherwise by now.", "%(count)s numbers are counted otherwise by now.",
            len(changed),
        )  # fmt: skip
        notices.append(text % {"count": len(changed)})
    stray = _("The text says “%(words)s”; the annex has %(number)s.")
    notices += [stray % {"words": words, "number": number} for words, number in page.strays_of(briefing)]
    notices += page.left_of(briefing)
    of_others = _("“%(label)s” has the number of %(period)s, which was kept.")
    notices += [of_others % {"label": label, "period": period} for label, period in page.kept_of_others(briefing)]
    notices += [_unborne_text(clause) for clause in page.unborne(briefing, counted)]
    notices += [_misdated_text(words, briefing) for words in page.misdated(briefing)]
    if snapshots.carried(briefing.figures, services.days_of(briefing)):
        notices.append(services.undecided_text())
    if not services.is_complete(briefing):
        notices.append(services.incomplete_text())
    return tuple(notices)


def _unborne_text(clause: str) -> str:
    """A clause of the text that the records do not bear out."""
    return _("The text says “%(clause)s”; the records do not bear that out.") % {"clause": clause}


def _misdated_text(words: str, briefing: Briefing) -> str:
    """Words for other days than those of the briefing."""
    known = {"words": words, "period": period_of(briefing)}
    return _("The text says “%(words)s”; the briefing is about %(period)s.") % known
