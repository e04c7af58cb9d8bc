"""A running pairing of the mentor, one of the former mentor that ended yesterday, the trainee's own, and one elsewhere.

Made before the rows of notes and check-ins, which are about these pairings.
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.files.models import PDF
from cadre_app.files.services import remove_file, store_file
from cadre_app.files.uploads import CheckedUpload
from cadre_app.mentorship.models import MentorKind
from cadre_app.mentorship.services import agreements, goals, pairings
from cadre_app.mentorship.services.agreements import AGREEMENT
from cadre_app.people.services import offices
from tests.access.harness import Route, World
from tests.access.rows_a_people import FOREIGN, TIED, of, person_of, sent
from tests.factories import PersonFactory

OFFICE = ("staff", "leader", "liaison")
ELSEWHERE = ("other_staff", "moved_staff")
MENTOR, FORMER, TRAINEE = "mentor", "former_mentor", "trainee"
SINCE = date(2025, 3, 1)


def extend(world: World) -> None:
    staff = world.actors["staff"]

    def told(key: str, *seen_by: str) -> str:
        return world.canary(f"pairing {key}", seen_by=seen_by or OFFICE)

    def paired(key: str, file: str, mentor: Any, **values: Any) -> Any:
        known = {"kind": MentorKind.POLITICAL, "choice_reason": "组织部选定", "started_on": SINCE}
        world.objects[key] = pairings.create_pairing(world.objects[file], mentor=mentor, **known | values, actor=staff)
        return world.objects[key]

    former = PersonFactory.create(name=told("former mentor", *OFFICE, FORMER), account=world.actors[FORMER])
    ended = paired("ended pairing", "mentored", former)
    world.objects["ended pairing"] = pairings.end_pairing(
        ended,
        ended_on=timezone.localdate() - timedelta(days=1),
        end_kind="early",
        reason=told("end"),
        actor=staff,
    )
    known = {"kind": MentorKind.COMMUNITY, "started_on": timezone.localdate() - timedelta(days=31)}
    paired("pairing", "mentored", person_of(world, MENTOR), choice_reason=told("choice"), **known)
    own = PersonFactory.create(name=told("own mentor", *OFFICE, TRAINEE))
    paired("own pairing", TRAINEE, own, choice_reason=told("own choice"))
    wrong = paired("voided pairing", TIED_FILE, own, choice_reason=told("voided choice"))
    world.objects["voided pairing"] = pairings.void_pairing(wrong, reason="误录", actor=staff)
    closed = paired("closed pairing", TIED_FILE, own, kind=MentorKind.COMMUNITY, choice_reason=told("closed choice"))
    world.objects["closed pairing"] = pairings.end_pairing(
        closed, ended_on=SINCE, end_kind="early", reason=told("closed end"), actor=staff
    )
    stranger = PersonFactory.create(name=told("foreign mentor", *ELSEWHERE))
    paired("foreign pairing", "foreign trainee", stranger)
    head = PersonFactory.create(name=told("head"))
    office = offices.create_office(unit=world.town, name="镇党委书记", is_political_source=True, actor=staff)
    offices.appoint(office, person=head, since=date(2020, 1, 1), actor=staff)
    world.objects["head"] = head
    _agreements(world)
    _goals(world)


def _agreements(world: World) -> None:
    """Signed agreements: of the mentor's pairing two, one of them removed; of the trainee's own; of a voided pairing."""

    def attached(key: str, pairing: str, *seen_by: str) -> Any:
        name, content = (world.canary(f"{part} of the {key}", seen_by=seen_by) for part in ("name", "content"))
        upload = CheckedUpload(f"{name}.pdf", PDF, "application/pdf", content.encode(), b"", None, None, 1)
        owner, staff = world.objects[pairing], world.actors["staff"]
        world.objects[key] = store_file(kind=AGREEMENT, owner=owner, upload=upload, actor=staff)
        return world.objects[key]

    attached("agreement", "pairing", *OFFICE, MENTOR)
    removed = attached("removed agreement", "pairing", "staff", "leader")
    world.objects["removed agreement"] = remove_file(removed, actor=world.actors["staff"])
    attached("own agreement", "own pairing", *OFFICE, TRAINEE)
    attached("agreement of the ended pairing", "ended pairing", *OFFICE)
    attached("agreement of the voided pairing", "voided pairing")


def _goals(world: World) -> None:
    """A goal of the mentor's pairing with its progress, a removed one, and one of the trainee's own."""
    staff = world.actors["staff"]

    def added(key: str, pairing: str, *seen_by: str) -> Any:
        text = world.canary(f"text of the {key}", seen_by=seen_by)
        world.objects[key] = goals.add_goal(world.objects[pairing], side="mentor", text=text, actor=staff)
        return world.objects[key]

    goal = added("goal", "pairing", *OFFICE, MENTOR)
    progress = world.canary("progress of the goal", seen_by=(*OFFICE, MENTOR))
    known = {"state": "under_way", "progress": progress, "progressed_on": timezone.localdate()}
    world.objects["goal"] = goals.set_progress(goal, **known, actor=staff)
    removed = added("removed goal", "pairing", "staff")
    world.objects["removed goal"] = goals.void_goal(removed, reason="重复", actor=staff)
    added("own goal", "own pairing", *OFFICE, TRAINEE)
    world.objects["own pairing"] = agreements.sign_agreement(world.objects["own pairing"], signed_on=SINCE, actor=staff)


def file_of(pairing: str, key: str) -> Any:
    return lambda world: {"pk": world.objects[pairing].pk, "file": world.objects[key].pk}


TIED_FILE = "tied"
HIDDEN = {"*": 404}
BOARD = dict.fromkeys((*OFFICE, *ELSEWHERE), 200) | HIDDEN
READ = dict.fromkeys((*OFFICE, MENTOR), 200) | HIDDEN
ENDED = dict.fromkeys(OFFICE, 200) | HIDDEN
EDIT = {"staff": 200, **dict.fromkeys(("leader", "liaison", MENTOR), 403)} | HIDDEN
EDIT_ENDED = {"staff": 200, **dict.fromkeys(("leader", "liaison"), 403)} | HIDDEN
OWN = EDIT_ENDED | {TRAINEE: 403}
STAFF_ONLY = {"staff": 200, **dict.fromkeys(ELSEWHERE, 200)} | HIDDEN
CHOOSE = EDIT_ENDED | {TIED: 403}
SAVED = {"staff": 302}
TERMS = {"started_on": "2025-03-02", "months": "24", "check_in_days": "30"}


def confirmed(world: World, actor: str) -> dict[str, Any]:
    """The political mentor of the tied file, by office."""
    key = f"{world.objects[TIED_FILE].pk}.political.{world.objects['head'].pk}"
    return {"pick": key, "confirmed": "1", **TERMS}


def chosen(world: World, actor: str) -> dict[str, Any]:
    mentor = {"mentor": str(world.objects["head"].pk), "choice_reason": "职务空缺"}
    return sent(TIED_FILE, **mentor, **TERMS)(world, actor)


def exported(world: World, actor: str) -> dict[str, Any]:
    return {"kind": "mentorship.pairings", "query": "state=all&columns=trainee,mentor,office,end_reason,file_number"}


END = {"ended_on": str(timezone.localdate()), "end_kind": "early", "reason": "调动"}

ROUTES = [
    Route("mentorship:pairing_list", get=BOARD),
    Route("mentorship:pairing_list", get=BOARD, query="?as_of=2025-06-30"),
    Route("mentorship:pairing_table", get=BOARD),
    Route("mentorship:pairing_table", query="?state=all&q=金丝雀&columns=trainee,mentor,office,end_reason", get=BOARD),
    Route("mentorship:pairing_table", query="?state=voided", get=BOARD),
    Route("mentorship:suggestion_list", get=STAFF_ONLY),
    Route("mentorship:suggestion_confirm", post=STAFF_ONLY | SAVED, data=confirmed),
    Route(
        "mentorship:pairing_new",
        kwargs=lambda world: {"pk": world.objects[TIED_FILE].pk, "kind": "community"},
        get=CHOOSE,
        post=CHOOSE | SAVED,
        data=chosen,
    ),
    Route("mentorship:pairing_detail", kwargs=of("pairing"), get=READ),
    Route("mentorship:pairing_detail", kwargs=of("ended pairing"), get=ENDED),
    Route("mentorship:pairing_detail", kwargs=of("own pairing"), get=ENDED | {TRAINEE: 200}),
    Route("mentorship:pairing_detail", kwargs=of("foreign pairing"), get=FOREIGN),
    Route(
        "mentorship:pairing_edit",
        kwargs=of("pairing"),
        get=EDIT,
        post=EDIT | SAVED,
        data=sent("pairing", due_on="2028-01-01", check_in_days="14"),
    ),
    Route(
        "mentorship:pairing_edit",
        kwargs=of("own pairing"),
        get=OWN,
        post=OWN | SAVED,
        data=sent("own pairing", due_on="2028-01-01", check_in_days="14"),
    ),
    Route("mentorship:pairing_end", kwargs=of("pairing"), get=EDIT, post=EDIT | SAVED, data=sent("pairing", **END)),
    Route(
        "mentorship:pairing_reopen",
        kwargs=of("closed pairing"),
        get=EDIT_ENDED,
        post=EDIT_ENDED | SAVED,
        data=sent("closed pairing", reason="误录"),
    ),
    Route("mentorship:pairing_reopen", kwargs=of("pairing"), get=EDIT | {"staff": 403}, post=EDIT | {"staff": 403}),
    Route(
        "mentorship:pairing_void",
        kwargs=of("own pairing"),
        get=OWN,
        post=OWN | SAVED,
        data=sent("own pairing", reason="误录"),
    ),
    Route(
        "mentorship:pairing_restore",
        kwargs=of("voided pairing"),
        get=EDIT_ENDED,
        post=EDIT_ENDED | SAVED,
        data=sent("voided pairing", reason="更正"),
    ),
    Route(
        "jobs:job_start", query="?pairings", post={"*": 403, **dict.fromkeys((*OFFICE, *ELSEWHERE), 302)}, data=exported
    ),
    Route("mentorship:agreement_edit", kwargs=of("pairing"), get=EDIT, post=EDIT),
    Route("mentorship:agreement_edit", kwargs=of("ended pairing"), get=EDIT_ENDED, post=EDIT_ENDED),
    Route("mentorship:agreement_edit", kwargs=of("own pairing"), get=OWN, post=OWN),
    Route(
        "mentorship:agreement_remove",
        kwargs=file_of("pairing", "agreement"),
        get=EDIT,
        post=EDIT | SAVED,
        data=sent("agreement", reason="扫描件不清"),
    ),
    Route(
        "mentorship:agreement_restore",
        kwargs=file_of("pairing", "removed agreement"),
        get=EDIT,
        post=EDIT | SAVED,
        data=sent("removed agreement", reason=""),
    ),
    Route("files:download", kwargs=of("agreement"), get=READ),
    Route("files:download", kwargs=of("own agreement"), get=ENDED | {TRAINEE: 200}),
    Route("files:download", kwargs=of("agreement of the ended pairing"), get=ENDED),
    Route("files:download", kwargs=of("agreement of the voided pairing"), get=HIDDEN),
    Route("files:preview", kwargs=of("agreement"), get=READ),
    Route("files:preview", kwargs=of("removed agreement"), get=HIDDEN),
    Route(
        "mentorship:agreement_sign",
        kwargs=of("pairing"),
        get=EDIT,
        post=EDIT | SAVED,
        data=sent("pairing", signed_on=str(timezone.localdate())),
    ),
    Route(
        "mentorship:agreement_unsign",
        kwargs=of("own pairing"),
        get=OWN,
        post=OWN | SAVED,
        data=sent("own pairing", reason="误登"),
    ),
    Route("mentorship:agreement_unsign", kwargs=of("pairing"), get=EDIT | {"staff": 403}, post=EDIT | {"staff": 403}),
    Route(
        "mentorship:goal_new",
        kwargs=of("pairing"),
        get=EDIT,
        post=EDIT | SAVED,
        data=sent("pairing", side="both", text="实事求是"),
    ),
    Route(
        "mentorship:goal_edit",
        kwargs=of("goal"),
        get=EDIT,
        post=EDIT | SAVED,
        data=sent("goal", side="mentor", text="改过的目标"),
    ),
    Route(
        "mentorship:goal_progress",
        kwargs=of("goal"),
        get=EDIT | {MENTOR: 200},
        post=EDIT | SAVED | {MENTOR: 302},
        data=sent("goal", state="reached", progressed_on=str(timezone.localdate())),
    ),
    Route(
        "mentorship:goal_progress",
        kwargs=of("own goal"),
        get=OWN,
        post=OWN | SAVED,
        data=sent("own goal", state="reached", progressed_on=str(timezone.localdate())),
    ),
    Route("mentorship:goal_void", kwargs=of("goal"), get=EDIT, post=EDIT | SAVED, data=sent("goal", reason="重复")),
    Route("mentorship:goal_restore", kwargs=of("removed goal"), get=EDIT, post=EDIT | SAVED, data=sent("removed goal")),
    Route(
        "mentorship:pairing_remind",
        post=STAFF_ONLY,
        data=lambda world, actor: {"pick": [str(world.objects["pairing"].pk)]},
    ),
    Route("mentorship:gap_matrix", get=BOARD),
    Route("mentorship:mentor_list", get=BOARD),
    Route(
        "jobs:job_start",
        query="?mentors",
        post={"*": 403, **dict.fromkeys((*OFFICE, *ELSEWHERE), 302)},
        data=lambda world, actor: {"kind": "mentorship.mentors", "query": ""},
    ),
]
