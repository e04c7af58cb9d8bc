"""What pairing reviews announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.registries import JobKind, NavItem, job_kinds, nav, verbs
from cadre_app.mentorship import growth_reviews, review_lists, rules_reviews
from cadre_app.mentorship.permissions import reviews as permissions

VERBS = {
    "mentorship.pairingreview.opened": _("Pairing review opened"),
    "mentorship.pairingreview.moved": _("Period of the pairing review changed"),
    "mentorship.pairingreview.mentor_part_written": _("Mentor's part written"),
    "mentorship.pairingreview.mentor_part_entered": _("Mentor's part entered from paper"),
    "mentorship.pairingreview.trainee_part_written": _("Mentee's part written"),
    "mentorship.pairingreview.trainee_part_entered": _("Mentee's part entered from paper"),
    "mentorship.pairingreview.concluded": _("Pairing review concluded"),
    "mentorship.pairingreview.returned": _("Pairing review returned for completion"),
    "mentorship.pairingreview.return_taken_back": _("Return of the pairing review taken back"),
    "mentorship.pairingreview.signed_off": _("Pairing review signed off"),
    "mentorship.pairingreview.unsigned": _("Sign-off of the pairing review taken back"),
    "mentorship.pairingreview.voided": _("Pairing review closed"),
    "mentorship.pairingreview.restored": _("Pairing review opened again"),
}


def announce() -> None:
    """Called once, when the app is ready; after the notes."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth_reviews.announce()
    rules_reviews.announce()
    job_kinds.register(
        review_lists.EXPORT,
        JobKind(label=_("Pairing reviews"), may_run=permissions.can_see_list, table=review_lists.review_table),
    )
    nav.register(
        "reviews",
        NavItem(
            label=_("Pairing reviews"),
            short=pgettext_lazy("short", "Reviews"),
            icon="clipboard-check",
            url_name="mentorship:review_list",
            group="development",
            order=112,
            visible=permissions.can_see_list,
        ),
    )
