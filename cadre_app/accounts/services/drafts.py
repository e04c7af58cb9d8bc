"""What somebody had typed when the session ended: sealed, bound to the account, given back on the same page."""

import json
import uuid
from datetime import timedelta

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from cadre_app.accounts.models import Draft, User
from cadre_app.core.context import KeptDraft
from cadre_app.core.crypto import Unreadable
from cadre_app.core.forms import SUBMISSION, VERSION

LONGEST_BODY = 400_000
LONGEST_PAGE = 300
MOST_DRAFTS = 20
KEPT_FOR = timedelta(days=30)
NOT_CONTENT = frozenset({"csrfmiddlewaretoken", "restricted", "next"})


def save_draft(user: User, *, page: str, data: QueryDict) -> bool:
    """Keep what was typed on `page`; False if there is nothing to keep or it is too large.

    Left out: tokens, passwords, and the fields that the form lists in `restricted` (comma-separated).
    """
    kept = _content_of(data)
    body = json.dumps({"user": str(user.pk), "data": kept.urlencode()})
    if not any(value for key in kept if key not in (SUBMISSION, VERSION) for value in kept.getlist(key)):
        return False
    if len(body) > LONGEST_BODY or not _is_page(page):
        return False
    Draft.objects.update_or_create(
        user=user, page=page, defaults={"body": body, "submission": _as_uuid(kept.get(SUBMISSION))}
    )
    newest = Draft.objects.filter(user=user).order_by("-saved_at").values("pk")[:MOST_DRAFTS]
    Draft.objects.filter(user=user).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return True


def find_draft(user: User, *pages: str) -> KeptDraft | None:
    """The newest draft of one of `pages`; None also for one that this installation can no longer open."""
    try:
        draft = Draft.objects.filter(user=user, page__in=_known(pages)).order_by("-saved_at").first()
    except Unreadable:
        return None
    if draft is None:
        return None
    content = json.loads(draft.body)
    if content["user"] != str(user.pk):
        return None
    return KeptDraft(draft.page, QueryDict(content["data"], encoding="utf-8"), draft.saved_at)


def discard_drafts(user: User, *pages: str, submission: str | None = None) -> None:
    """Forget the draft of the accepted form `submission`, and those of `pages` that name no form.

    Without `submission` all drafts of `pages` go.
    """
    token, here = _as_uuid(submission), Q(page__in=_known(pages))
    of_pages = here if token is None else here & Q(submission=None) | Q(submission=token)
    Draft.objects.filter(of_pages, user=user).delete()


def sweep_drafts() -> int:
    """Delete drafts that nobody came back for in 30 days; returns how many."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _is_page(page: str) -> bool:
    return page.startswith("/") and len(page) <= LONGEST_PAGE and "\0" not in page


def _known(pages: tuple[str, ...]) -> list[str]:
    return [page for page in pages if _is_page(page)]


def _content_of(data: QueryDict) -> QueryDict:
    restricted = _restricted(data)
    kept = QueryDict(mutable=True, encoding="utf-8")
    for key, items in data.lists():
        if key not in NOT_CONTENT and key not in restricted and "password" not in key.lower():
            kept.setlist(key, list(items))
    return kept


def holds_restricted(data: QueryDict) -> bool:
    """True where something was typed that is never kept."""
    return any(text for name in _restricted(data) for text in data.getlist(name))


def _restricted(data: QueryDict) -> set[str]:
    return {name.strip() for text in data.getlist("restricted") for name in text.split(",")}


def _as_uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
