"""Subscriptions and reports in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.lists.models import Report, Subject, Subscription

PAUSES = {
    "disabled": gettext_lazy("The account is disabled."),
    "no_role": gettext_lazy("You no longer have this list."),
    "unasked": gettext_lazy(
        "These conditions can no longer be asked for, for instance because a unit is out of your sight."
    ),
}


def subject_text(subscription: Subscription) -> str:
    """The filter with its list, or the figures with their unit; no query where `saved` and `unit` are at hand."""
    if subscription.subject == Subject.FIGURES:
        place = subscription.unit.name if subscription.unit is not None else _("Everything I work for")
        return _("Figures of the overview (%(place)s)") % {"place": place}
    saved = subscription.saved
    if saved is None:
        return ""
    label = str(saved.definition.label) if saved.definition is not None else saved.page
    return _("%(list)s “%(name)s”") % {"list": label, "name": saved.name}


def result_text(report: Report) -> str:
    """How many rows, and what is new and gone; of figures, how many changed. The first one has nothing before it."""
    if report.subscription.subject == Subject.FIGURES:
        if report.is_first:
            return _("As it stood when you subscribed")
        count = len(changed_keys(report))
        text = ngettext(
            "%(count)d figure has changed since the last report",
            "%(count)d figures have changed since the last report",
            count,
        )
        return text % {"count": count}
    total = ngettext("%(count)d row", "%(count)d rows", report.total) % {"count": report.total}
    if not report.is_compared:
        return total
    numbers = {"total": total, "added": len(report.added), "gone": len(report.gone)}
    return _("%(total)s, %(added)s new and %(gone)s gone since the last report") % numbers


def changed_keys(report: Report) -> list[str]:
    """Keys of figures whose number is another than in the report before."""
    return [key for key, number in report.numbers.items() if report.before.get(key) != number]
