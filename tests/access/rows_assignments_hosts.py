"""The host's page and appraisals: written, completed, confirmed, voided."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.assignments.models import PostingAppraisal, PostingMode, PostingState
from tests.access.harness import Route, World
from tests.access.rows_a_people import READERS, of, person_of, sent
from tests.assignments.factories import make_posting

OFFICE = ("staff", "leader", "liaison")
TODAY = timezone.localdate()


def extend(world: World) -> None:
    host, staff = person_of(world, "host"), world.actors["staff"]
    hosted = (*OFFICE, "host")
    made = [
        ("returned posting", "posted", PostingState.RETURNED, 400, None),
        ("appraised posting", "posted", PostingState.RETURNED, 800, "handed in appraisal"),
        ("voided appraisal's posting", "posted", PostingState.RETURNED, 1200, "voided appraisal"),
        ("paper posting", "tied", PostingState.RETURNED, 400, "paper appraisal"),
        ("closed posting", "trainee", PostingState.CLOSED, 400, "confirmed appraisal"),
        ("waiting posting", "trainee", PostingState.RETURNED, 800, "waiting appraisal"),
    ]
    for key, file, state, days, appraisal in made:
        start = TODAY - timedelta(days=days)
        supervisor = host if file == "posted" else None
        posting = make_posting(
            world.objects[file], actor=staff, on=start, state=state, ended_on=start + timedelta(days=180),
            returned_on=TODAY, supervisor=supervisor, mode=PostingMode.HALF,
        )  # fmt: skip
        world.objects[key] = posting
        if appraisal is not None:
            own = (*OFFICE, "trainee") if state == PostingState.CLOSED else OFFICE
            readers = hosted if file == "posted" else own
            _appraisal(world, appraisal, posting, readers)
    PostingAppraisal.objects.filter(pk=world.objects["voided appraisal"].pk).update(voided_at=timezone.now())
    PostingAppraisal.objects.filter(pk=world.objects["confirmed appraisal"].pk).update(
        confirmed_on=TODAY, confirmed_by=staff
    )


def _appraisal(world: World, key: str, posting: Any, seen_by: tuple[str, ...]) -> None:
    by = "host" if posting.supervisor_id is not None else "staff"
    texts = {name: world.canary(f"{name} of the {key}", seen_by=seen_by) for name in ("duties", "opinion", "signatory")}
    world.objects[key] = PostingAppraisal.objects.create(
        posting=posting, written_by=world.actors[by], written_on=TODAY, **texts
    )


HOST = {"host": 200, "*": 404}
REFUSED = dict.fromkeys(OFFICE, 403) | {"*": 404}
BY_HOST = REFUSED | {"host": 403}
OWN = REFUSED | {"trainee": 403}
STAFF, SAVED = {"staff": 200}, {"staff": 302}
WRITE = {"host": 200}
WRITTEN = {"host": 302}
WORDS = {"duties": "入户", "opinion": "踏实", "signatory": "郑工"}
REASON = {"reason": "请补充"}


def act(name: str, key: str, get: Any, post: Any, **values: Any) -> Route:
    return Route(f"assignments:{name}", kwargs=of(key), get=get, post=post, data=sent(key, **values))


def written(posting: str, appraisal: str) -> Any:
    return lambda world, actor: {**sent(appraisal)(world, actor), **WORDS}


ROUTES = [
    Route("assignments:host_list", get=HOST),
    Route("assignments:posting_detail", kwargs=of("appraised posting"), get=dict.fromkeys((*OFFICE, "host"), 200) | {"*": 404}),
    Route("assignments:posting_detail", kwargs=of("closed posting"), get=dict.fromkeys(READERS, 200) | {"*": 404}),
    Route("assignments:posting_detail", kwargs=of("waiting posting"), get=dict.fromkeys(READERS, 200) | {"*": 404}),
    act("appraisal_write", "returned posting", BY_HOST | STAFF | WRITE, BY_HOST | SAVED | WRITTEN, **WORDS),
    Route("assignments:appraisal_write", kwargs=of("appraised posting"), get=BY_HOST | WRITE, post=BY_HOST | WRITTEN, data=written("appraised posting", "handed in appraisal")),
    Route("assignments:appraisal_write", kwargs=of("paper posting"), get=REFUSED | STAFF, post=REFUSED | SAVED, data=written("paper posting", "paper appraisal")),
    act("appraisal_write", "hosted posting", BY_HOST, BY_HOST, **WORDS),
    act("appraisal_return", "handed in appraisal", BY_HOST | STAFF, BY_HOST | SAVED, **REASON),
    act("appraisal_confirm", "handed in appraisal", BY_HOST | STAFF, BY_HOST | SAVED),
    act("appraisal_confirm", "waiting appraisal", REFUSED | STAFF, REFUSED | SAVED),
    act("appraisal_confirm", "confirmed appraisal", OWN, OWN),
    act("appraisal_reopen", "confirmed appraisal", OWN | STAFF, OWN | SAVED, **REASON),
    act("appraisal_void", "handed in appraisal", BY_HOST | STAFF, BY_HOST | SAVED, **REASON),
    act("appraisal_restore", "voided appraisal", BY_HOST | STAFF, BY_HOST | SAVED, **REASON),
]  # fmt: skip
