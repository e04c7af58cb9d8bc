"""经办 Whoever entered part of a result, the days of its chain or its public notice neither checks nor signs it (ADR 28).

Pages, services on the locked row, reminders and whole units ask it here, of one assessment or over rows.
"""

from typing import TYPE_CHECKING

from django.db.models import Q

from cadre_app.core import signing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.appraisal.models import AnnualAssessment, QuarterlyAssessment

    Result = AnnualAssessment | QuarterlyAssessment


def had_no_part(user: "User", one: "Result") -> bool:
    """Whether `user` entered nothing of it."""
    return all(signing.is_third(user, entered=hand) for hand in _hands(one))


def signs_as_third(user: "User", one: "AnnualAssessment") -> bool:
    """Whether `user` neither entered anything of it nor checked it."""
    return had_no_part(user, one) and signing.is_third(user, entered=None, checked=one.checked_by_id)


def only_checked(user: "User", one: "AnnualAssessment") -> bool:
    """Whether `user` is kept from signing by the own check alone."""
    return all(signing.only_checked(user, entered=hand, checked=one.checked_by_id) for hand in _hands(one))


def to_check(user: "User") -> Q:
    """As `had_no_part`, over rows."""
    return signing.by_others(user) & ~Q(hands__contains=[user.pk])


def to_sign(user: "User") -> Q:
    """As `signs_as_third`, over rows."""
    return to_check(user) & signing.by_others(user, "checked_by")


def refuse_check(actor: "User", one: "Result") -> None:
    """Raises ValidationError for whoever entered something of the locked row."""
    for hand in _hands(one):
        signing.refuse_same_hand(actor, entered=hand)


def refuse_sign_off(actor: "User", one: "AnnualAssessment") -> None:
    """As `refuse_check`, and for whoever checked it."""
    refuse_check(actor, one)
    signing.refuse_same_hand(actor, entered=None, checked=one.checked_by_id)


def _hands(one: "Result") -> list[signing.Hand]:
    return [one.entered_by_id, *one.hands]
