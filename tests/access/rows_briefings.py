"""Briefings in every state, of the district and of a foreign one."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.briefings.snapshots import KEYS
from cadre_app.history import services as history
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

TODAY = timezone.localdate()
OFFICE = ("staff", "leader")
ELSEWHERE = ("other_staff", "moved_staff")
ENTRY = {"number": 3, "unit": "名", "label": "人数", "rule": "口径"}


def extend(world: World) -> None:
    staff = world.actors["staff"]

    def briefing(key: str, *, unit: Any = world.district, seen_by: tuple[str, ...] = OFFICE, **fields: Any) -> Briefing:
        texts = {name: world.canary(f"{name} of {key}", seen_by=seen_by) for name in ("title", "opening", "stages")}
        values = {"shortcomings": "课程偏少", "plans": "增开课程"} | texts | fields
        world.objects[key] = Briefing.objects.create(
            unit=unit,
            since=TODAY - timedelta(days=90),
            as_of=TODAY,
            written_by=staff,
            hands=[staff.pk],
            counted_at=timezone.now(),
            figures=[{"key": name, **ENTRY} for name in KEYS],
            **values,
        )
        return world.objects[key]

    briefing("draft briefing")
    briefing("bare briefing", shortcomings="", plans="")
    why = world.canary("reason of returning a briefing", seen_by=OFFICE)
    briefing("returned briefing", returned_on=TODAY, return_reason=why, submitted_by=staff)
    briefing("submitted briefing", state=BriefingState.SUBMITTED, submitted_on=TODAY, submitted_by=staff)
    briefing(
        "issued briefing",
        state=BriefingState.ISSUED,
        year=TODAY.year,
        number=1,
        issued_on=TODAY,
        issued_by=world.actors["leader"],
    )
    why = world.canary("reason of voiding a briefing", seen_by=OFFICE)
    history.void(briefing("voided briefing"), actor=staff, reason=why)
    briefing("foreign briefing", unit=world.elsewhere, seen_by=ELSEWHERE)


def texts(world: World, actor: str) -> dict[str, Any]:
    """No canaries among them: what somebody sent comes back to them."""
    words = ("title", "opening", "stages", "practice", "following", "shortcomings", "plans", "reported_to", "sent_to")
    return {
        "version": Briefing.objects.get(pk=world.objects["draft briefing"].pk).version,
        **dict.fromkeys(words, "简报"),
        "copies": "30",
    }


def asked(world: World, actor: str) -> dict[str, Any]:
    day = (TODAY - timedelta(days=9)).isoformat()
    return {"unit": str(world.district.pk), "since": day, "as_of": day}


SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
LIST = dict.fromkeys((*OFFICE, *ELSEWHERE), 200) | {"*": 404}
STAFF = {"staff": 200, "leader": 403, "*": 404}
LEADER = {"leader": 200, "staff": 403, "*": 404}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
PERIOD = {"since": TODAY.isoformat(), "as_of": TODAY.isoformat()}


def saved(expected: Any) -> Any:
    return {actor: 302 if status == 200 else status for actor, status in expected.items()}


def act(name: str, key: str, expected: Any, *, post: Any = None, get: Any = None, **values: Any) -> Route:
    return Route(
        f"briefings:{name}",
        kwargs=of(key),
        get=expected if get is None else get,
        post=post or saved(expected),
        data=sent(key, **values),
    )


def page(name: str, key: str, expected: Any) -> Route:
    return Route(f"briefings:{name}", kwargs=of(key), get=expected)


def paper(name: str, key: str, expected: Any) -> Route:
    kwargs = lambda world: {"kind": "briefings.briefing", "pk": world.objects[key].pk}  # noqa: E731
    return Route(f"documents:{name}", kwargs=kwargs, get=expected)


ROUTES = [
    Route("briefings:briefing_list", get=LIST),
    Route("briefings:briefing_list", query="?state=voided", get=LIST),
    Route(
        "briefings:briefing_new",
        get=LIST | {"leader": 403},
        post=LIST | {"leader": 403, "staff": 302},
        data=asked,
    ),
    page("briefing_detail", "draft briefing", SEEN),
    page("briefing_detail", "returned briefing", SEEN),
    page("briefing_detail", "submitted briefing", SEEN),
    page("briefing_detail", "issued briefing", SEEN),
    page("briefing_detail", "voided briefing", SEEN),
    page("briefing_detail", "foreign briefing", dict.fromkeys(ELSEWHERE, 200) | {"*": 404}),
    page("briefing_changes", "voided briefing", SEEN),
    Route("briefings:briefing_edit", kwargs=of("draft briefing"), get=STAFF, post=saved(STAFF), data=texts),
    Route("briefings:briefing_edit", kwargs=of("submitted briefing"), get=NOBODY, post=NOBODY, data=texts),
    Route("briefings:briefing_edit", kwargs=of("issued briefing"), get=NOBODY, post=NOBODY, data=texts),
    act("numbers_take", "draft briefing", STAFF, get=405, figure="mentor_pairs"),
    act("numbers_keep", "draft briefing", STAFF, get=405, figure="mentor_pairs"),
    act("numbers_take", "issued briefing", NOBODY, get=405, figure="mentor_pairs"),
    act("briefing_submit", "draft briefing", STAFF),
    act("briefing_submit", "returned briefing", STAFF),
    act("briefing_submit", "bare briefing", STAFF, post=STAFF),
    act("briefing_submit", "submitted briefing", NOBODY),
    act("briefing_withdraw", "submitted briefing", STAFF, reason="数字待核"),
    act("briefing_withdraw", "draft briefing", NOBODY, reason="数字待核"),
    act("briefing_return", "submitted briefing", LEADER, reason="请写明时限"),
    act("briefing_return", "draft briefing", NOBODY, reason="请写明时限"),
    act("briefing_issue", "submitted briefing", LEADER),
    act("briefing_issue", "draft briefing", NOBODY),
    act("briefing_issue", "issued briefing", NOBODY),
    act("briefing_copy", "issued briefing", STAFF, **PERIOD),
    act("briefing_copy", "voided briefing", NOBODY, **PERIOD),
    act("briefing_void", "draft briefing", STAFF, reason="重复"),
    act("briefing_void", "issued briefing", LEADER, reason="重复"),
    act("briefing_void", "voided briefing", NOBODY, reason="重复"),
    act("briefing_restore", "voided briefing", STAFF, reason="恢复"),
    act("briefing_restore", "draft briefing", NOBODY, reason="恢复"),
    paper("paper", "draft briefing", SEEN),
    paper("paper_word", "issued briefing", SEEN),
    paper("paper_pdf", "issued briefing", SEEN),
    paper("paper", "voided briefing", 404),
]
