"""Postings in every state: who reads, proposes, checks, signs off, runs and voids them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.assignments.models import PostingExtension, PostingMode, PostingState
from cadre_app.assignments.services.posting_files import DOCUMENT_FILES, SUPERIOR_FILES
from cadre_app.files.models import PDF
from cadre_app.files.services import store_file
from cadre_app.files.uploads import CheckedUpload
from tests.access.harness import Route, World
from tests.access.rows_a_people import READERS, of, sent
from tests.assignments.factories import make_posting
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.files.made import pdf

OFFICE = ("staff", "leader", "liaison")
ELSEWHERE = ("other_staff", "moved_staff")
TODAY = timezone.localdate()
HALF = {"mode": PostingMode.HALF}


def extend(world: World) -> None:
    clerk = UserFactory.create(unit=world.district)
    author = {"staff": world.actors["staff"], "liaison": world.actors["liaison"]}
    made = [
        ("proposed posting", "tied", PostingState.PROPOSED, clerk),
        ("proposal of staff", "tied", PostingState.PROPOSED, author["staff"]),
        ("proposal of the liaison", "tied", PostingState.PROPOSED, author["liaison"]),
        ("checked posting", "tied", PostingState.CHECKED, clerk),
        ("posting checked by the leader", "tied", PostingState.CHECKED, clerk),
        ("proposal about the trainee", "trainee", PostingState.PROPOSED, clerk),
    ]
    for key, file, state, actor in made:
        words: dict[str, Any] = {"tasks": world.canary(f"tasks of the {key}", seen_by=OFFICE)}
        words["superior_document"] = world.canary(f"superior of the {key}", seen_by=OFFICE)
        if state == PostingState.CHECKED:
            checks = (
                world.actors["leader"] if key == "posting checked by the leader" else world.objects["second leader"]
            )
            words |= {"checked_by": checks, "checked_on": TODAY}
        world.objects[key] = make_posting(world.objects[file], actor=actor, state=state, **HALF, **words)
    why = world.canary("declined because", seen_by=OFFICE)
    world.objects["declined posting"] = make_posting(
        world.objects["tied"], actor=clerk, state=PostingState.DECLINED, decline_reason=why, **HALF
    )
    voided = world.canary("tasks of the voided posting", seen_by=OFFICE)
    world.objects["voided posting"] = make_posting(
        world.objects["tied"], actor=clerk, tasks=voided, voided_at=timezone.now(), **HALF
    )
    world.objects["posting on paper"] = make_posting(
        world.objects["tied"], actor=clerk, state=PostingState.CLOSED, ended_on=TODAY, signed_on=TODAY,
        paper_signatory=world.canary("signed on paper by", seen_by=OFFICE), **HALF,
    )  # fmt: skip
    gone = TraineeFactory.create(
        person=PersonFactory.create(name=world.canary("posted and gone", seen_by=OFFICE)),
        home_unit=world.town, departed_on=TODAY,
    )  # fmt: skip
    world.objects["posting of somebody gone"] = make_posting(gone, actor=clerk, **HALF)
    posting = world.objects["own posting"]
    posting.mid_term_on = posting.mid_term_held_on = TODAY
    posting.mid_term_text = world.canary("mid-term findings", seen_by=OFFICE)
    posting.extensions = 1
    posting.save()
    world.objects["own extension"] = PostingExtension.objects.create(
        posting=posting,
        was_due_on=posting.due_on - timedelta(days=10),
        due_on=posting.due_on,
        document_number=world.canary("number of the extension", seen_by=OFFICE),
        reason=world.canary("reason of the extension", seen_by=OFFICE),
    )
    _files(world)


def _files(world: World) -> None:
    posting = world.objects["own posting"]
    for key, kind, seen_by in (("document file", DOCUMENT_FILES, READERS), ("superior file", SUPERIOR_FILES, OFFICE)):
        name = world.canary(key, seen_by=seen_by)
        upload = CheckedUpload(f"{name}.pdf", PDF, "application/pdf", pdf(), pages=1)
        world.objects[key] = store_file(kind=kind, owner=posting, upload=upload, actor=world.actors["staff"])
    upload = CheckedUpload("通知.pdf", PDF, "application/pdf", pdf(), pages=1)
    world.objects["hosted file"] = store_file(
        kind=DOCUMENT_FILES, owner=world.objects["hosted posting"], upload=upload, actor=world.actors["staff"]
    )


def proposal(world: World, actor: str) -> dict[str, Any]:
    """A posting beside the own post, so that nothing overlaps."""
    return {
        "kind": "task_force",
        "mode": "beside",
        "host_name": "市信访局",
        "host_level": "city",
        "tasks": "来访接待与登记",
        "started_on": (TODAY + timedelta(days=3)).isoformat(),
        "due_on": (TODAY + timedelta(days=90)).isoformat(),
    }


def changed(key: str) -> Any:
    return lambda world, actor: {**sent(key)(world, actor), **proposal(world, actor)}


PROPOSERS = dict.fromkeys(("staff", "liaison", *ELSEWHERE), 200) | {"leader": 403, "*": 404}
QUEUE = dict.fromkeys((*OFFICE, *ELSEWHERE), 200) | {"*": 404}
SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
OWN = SEEN | {"trainee": 200}
HOSTED = SEEN | {"host": 200}
REFUSED = dict.fromkeys(OFFICE, 403) | {"*": 404}
OWN_REFUSED = REFUSED | {"trainee": 403}
HOST_REFUSED = REFUSED | {"host": 403}
STAFF = {"staff": 200}
SAVED = {"staff": 302}
OF_TIED = REFUSED | {"trainer": 403, "staff": 200, "liaison": 200}
REASON = {"reason": "录错"}
RETURN = {"ended_on": TODAY.isoformat(), "return_reason": "工作需要"}
LATER = (TODAY + timedelta(days=200)).isoformat()
EXTENSION = {"due_on": LATER, "document_number": "望委组〔2026〕9号", "reason": "任务未完"}
MID_TERM = {"mid_term_held_on": TODAY.isoformat(), "mid_term_text": "适应较快"}
WITHOUT_FILES = {"document_files": "", "superior_files": ""}


def act(name: str, key: str, get: Any, post: Any, data: Any = None, **values: Any) -> Route:
    return Route(f"assignments:{name}", kwargs=of(key), get=get, post=post, data=data or sent(key, **values))


ROUTES = [
    Route("assignments:posting_new", get=PROPOSERS),
    Route("assignments:posting_new", query="?front=petitions", get=PROPOSERS),
    Route("assignments:posting_new", query="?kind=shadow&village=over&free=yes", get=PROPOSERS),
    Route("assignments:posting_propose", kwargs=of("tied"), query="?front=relief", get=OF_TIED, post=OF_TIED | {"staff": 302, "liaison": 302}, data=proposal),
    Route("assignments:posting_propose", kwargs=of("posted"), get=HOST_REFUSED | {"staff": 200, "liaison": 200}, post=HOST_REFUSED | {"staff": 302, "liaison": 302}, data=proposal),
    Route("assignments:posting_propose", kwargs=of("trainee"), get=OWN_REFUSED | {"staff": 200, "liaison": 200}, post=OWN_REFUSED | {"staff": 302, "liaison": 302}, data=proposal),
    Route("assignments:posting_propose", kwargs=of("foreign trainee"), get=dict.fromkeys(ELSEWHERE, 200) | {"*": 404}, post=dict.fromkeys(ELSEWHERE, 302) | {"*": 404}, data=proposal),
    *[Route("assignments:posting_detail", kwargs=of(key), get=SEEN) for key in ("proposed posting", "proposal of staff", "proposal of the liaison", "checked posting", "declined posting", "proposal about the trainee", "voided posting", "posting on paper")],
    Route("assignments:posting_detail", kwargs=of("own posting"), get=OWN),
    Route("assignments:posting_detail", kwargs=of("hosted posting"), get=HOSTED),
    Route("assignments:posting_detail", kwargs=of("foreign posting"), get=dict.fromkeys(ELSEWHERE, 200) | {"*": 404}),
    act("posting_edit", "proposed posting", REFUSED | STAFF, REFUSED | SAVED, changed("proposed posting")),
    act("posting_edit", "proposal of the liaison", REFUSED | STAFF | {"liaison": 200}, REFUSED | SAVED | {"liaison": 302}, changed("proposal of the liaison")),
    act("posting_edit", "checked posting", REFUSED | STAFF, REFUSED | SAVED, changed("checked posting")),
    act("posting_edit", "declined posting", REFUSED, REFUSED, changed("declined posting")),
    act("posting_edit", "own posting", OWN_REFUSED | STAFF, OWN_REFUSED | SAVED, tasks="入户"),
    act("posting_edit", "hosted posting", HOST_REFUSED | STAFF, HOST_REFUSED | SAVED, tasks="入户"),
    act("posting_extend", "own posting", OWN_REFUSED | STAFF, OWN_REFUSED | SAVED, **EXTENSION),
    act("posting_extend", "proposed posting", REFUSED, REFUSED, **EXTENSION),
    act("extension_take_back", "own extension", OWN_REFUSED | STAFF, OWN_REFUSED | SAVED, **REASON),
    act("posting_mid_term", "own posting", OWN_REFUSED | STAFF, OWN_REFUSED | SAVED, **MID_TERM),
    act("posting_return", "hosted posting", HOST_REFUSED | STAFF, HOST_REFUSED | SAVED, **RETURN),
    act("posting_return", "own posting", OWN_REFUSED | STAFF, OWN_REFUSED | SAVED, **RETURN),
    act("posting_return", "posting of somebody gone", REFUSED | STAFF, REFUSED | SAVED, **RETURN),
    act("posting_extend", "posting of somebody gone", REFUSED, REFUSED, **EXTENSION),
    act("posting_propose_again", "declined posting", REFUSED | STAFF | {"liaison": 200}, REFUSED | SAVED | {"liaison": 302}, changed("declined posting")),
    act("posting_propose_again", "proposed posting", REFUSED, REFUSED, changed("proposed posting")),
    act("posting_take_return_back", "returned posting", HOST_REFUSED | STAFF, HOST_REFUSED | SAVED, **REASON),
    act("posting_void", "own posting", OWN_REFUSED | STAFF, OWN_REFUSED | SAVED, **REASON),
    act("posting_void", "proposal of the liaison", REFUSED | STAFF | {"liaison": 200}, REFUSED | SAVED | {"liaison": 302}, **REASON),
    act("posting_void", "proposed posting", REFUSED | STAFF, REFUSED | SAVED, **REASON),
    act("posting_restore", "voided posting", REFUSED | STAFF, REFUSED | SAVED, **REASON),
    act("posting_file_remove", "document file", OWN_REFUSED | STAFF, OWN_REFUSED | SAVED, **REASON),
    act("posting_file_remove", "hosted file", HOST_REFUSED | STAFF, HOST_REFUSED | SAVED, **REASON),
    Route("files:download", kwargs=of("document file"), get=OWN),
    Route("files:download", kwargs=of("superior file"), get=SEEN),
    Route("files:download", kwargs=of("hosted file"), get=SEEN),
    Route("assignments:approval_list", get=QUEUE),
    act("posting_check", "proposed posting", 405, REFUSED | {"staff": 302, "leader": 302}),
    act("posting_check", "proposal of staff", 405, REFUSED | {"leader": 302}),
    act("posting_check", "proposal about the trainee", 405, REFUSED | {"staff": 302, "leader": 302}),
    act("posting_sign_off", "checked posting", REFUSED | {"leader": 200}, REFUSED | {"leader": 302}),
    act("posting_sign_off", "proposed posting", REFUSED, REFUSED),
    act("posting_sign_off", "posting checked by the leader", REFUSED, REFUSED),
    act("posting_decline", "checked posting", REFUSED | {"leader": 200}, REFUSED | {"leader": 302}, **REASON),
    act("posting_decline", "posting checked by the leader", REFUSED, REFUSED, **REASON),
    act("posting_decline", "proposal of staff", REFUSED | {"leader": 200}, REFUSED | {"leader": 302}, **REASON),
]  # fmt: skip
