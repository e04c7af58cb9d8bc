"""Achievements in every state: of the trainee, of the mentor's mentee, of the liaison's brother, of the other tree."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.achievements.services import comments, corrections
from cadre_app.achievements.services.writing import EVIDENCE
from cadre_app.files import services as files
from cadre_app.files.models import PICTURE
from cadre_app.files.uploads import CheckedUpload
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.achievements.factories import make_achievement
from tests.factories import PersonFactory, TraineeFactory

TODAY = timezone.localdate()
TRAINEE, MENTOR = "trainee", "mentor"
WORKERS = ("staff", "leader")
OFFICE = (*WORKERS, "liaison")
FOREIGN = ("other_staff", "moved_staff")
TEXTS = ("title", "role", "done", "result", "witness")
State = AchievementState


def extend(world: World) -> None:
    own = (*OFFICE, TRAINEE)
    told(world, "draft achievement", TRAINEE, State.DRAFT, TRAINEE)
    told(world, "achievement with the unit", TRAINEE, State.UNIT, *own)
    told(world, "achievement with the department", TRAINEE, State.DEPARTMENT, *own)
    told(world, "achievement of one hand", TRAINEE, State.DEPARTMENT, *own, unit_verified_by=world.actors["staff"])
    returned = told(world, "returned achievement", TRAINEE, State.RETURNED, *own)
    comment = world.canary("what is to be completed", seen_by=own)
    Achievement.objects.filter(pk=returned.pk).update(return_comment=comment)
    told(world, "verified achievement", TRAINEE, State.VERIFIED, *own)
    earlier = told(world, "superseded achievement", TRAINEE, State.SUPERSEDED, *own)
    told(world, "correcting achievement", TRAINEE, State.VERIFIED, *own, supersedes=earlier)
    _voided(world)
    _mentored(world)
    told(world, "achievement of kin", "kin", State.UNIT, *WORKERS)
    world.objects["in the district"] = TraineeFactory.create(
        person=PersonFactory.create(name="区直同志"), home_unit=world.district
    )
    told(world, "achievement past the unit", "in the district", State.UNIT, *WORKERS)
    told(world, "foreign achievement", "foreign trainee", State.VERIFIED, *FOREIGN)
    _evidence(world)


def told(world: World, key: str, file: str, state: str, *seen_by: str, **fields: Any) -> Achievement:
    """An entry each of whose texts is a canary; its result has a number."""
    names = {name: "sum 7" if name == "result" else name for name in TEXTS}
    texts = {name: world.canary(f"{text} of the {key}", seen_by=seen_by) for name, text in names.items()}
    texts["role"] = texts["role"][:40]
    world.objects[key] = made = make_achievement(
        world.objects[file], state=state, actor=world.actors["staff"], **texts, **fields
    )
    return made


def _voided(world: World) -> None:
    for key, state, by, readers in (
        ("voided achievement", State.VERIFIED, "staff", (*OFFICE, TRAINEE)),
        ("discarded draft", State.DRAFT, TRAINEE, (TRAINEE,)),
    ):
        wrong = told(world, key, TRAINEE, state, *readers)
        reason = world.canary(f"reason of the {key}", seen_by=readers if state == State.VERIFIED else ())
        world.objects[key] = corrections.void_achievement(wrong, reason=reason, actor=world.actors[by])


def _mentored(world: World) -> None:
    """The mentor has commented on one of them twice, and taken one comment back."""
    entry = told(world, "mentee's achievement", "mentored", State.UNIT, *OFFICE, MENTOR)
    told(world, "mentee's draft", "mentored", State.DRAFT)
    told(world, "mentee's verified achievement", "mentored", State.VERIFIED, *OFFICE, MENTOR)
    gone = told(world, "mentee's voided achievement", "mentored", State.VERIFIED, *OFFICE)
    corrections.void_achievement(gone, reason="误录", actor=world.actors["staff"])
    mentor = world.actors[MENTOR]
    text = world.canary("comment of the mentor", seen_by=(*OFFICE, MENTOR))
    world.objects["comment of the mentor"] = comments.add_comment(entry, text=text, actor=mentor)
    text = world.canary("voided comment", seen_by=(*WORKERS, MENTOR))
    world.objects["voided comment"] = comments.void_comment(
        comments.add_comment(entry, text=text, actor=mentor), reason="说错了", actor=mentor
    )


def _evidence(world: World) -> None:
    for key, owner, readers in (
        ("evidence of a draft", "draft achievement", (TRAINEE,)),
        ("evidence of the mentee", "mentee's achievement", (*OFFICE, MENTOR)),
    ):
        name, content, small = (world.canary(f"{part}{key}", seen_by=readers) for part in ("", "inside ", "small "))
        upload = CheckedUpload(name, PICTURE, "image/jpeg", content.encode(), small.encode(), 3, 4)
        world.objects[key] = files.store_file(
            kind=EVIDENCE, owner=world.objects[owner], upload=upload, actor=world.actors[TRAINEE]
        )


WRITTEN = {
    "title": "水渠修复",
    "started_on": (TODAY - timedelta(days=60)).isoformat(),
    "ended_on": (TODAY - timedelta(days=20)).isoformat(),
    "role": "牵头",
    "done": "组织群众投工",
    "result": "修复水渠1.3公里",
    "witness": "梧头村党支部书记",
}
REASON = {"reason": "误录"}


def picked(*keys: str) -> Any:
    def data(world: World, actor: str) -> dict[str, Any]:
        return {"pick": [str(world.objects[key].pk) for key in keys]}

    return data


def evidence(world: World) -> dict[str, Any]:
    return {"pk": world.objects["draft achievement"].pk, "file": world.objects["evidence of a draft"].pk}


SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
OWN = SEEN | {TRAINEE: 200}
ONLY_OWN = {TRAINEE: 200, "*": 404}
MENTEE = SEEN | {MENTOR: 200}
NOBODY = dict.fromkeys((*OFFICE, TRAINEE), 403) | {"*": 404}
PERSON = NOBODY | {TRAINEE: 200}
LIAISON = NOBODY | {"liaison": 200}
STAFF = NOBODY | {"staff": 200}
OF_MENTEE = dict.fromkeys((*OFFICE, MENTOR), 403) | {"*": 404}
OF_KIN = dict.fromkeys(WORKERS, 403) | {"*": 404}
PAST_UNIT = OF_KIN | {"staff": 200}
LIST = dict.fromkeys((*OFFICE, *FOREIGN), 200) | {"*": 404}
VERIFIERS = dict.fromkeys(("staff", "liaison", *FOREIGN), 200) | {"*": 404}


def act(name: str, key: str, expected: Any, **values: Any) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    return Route(f"achievements:{name}", kwargs=of(key), get=expected, post=saved, data=sent(key, **values))


COLUMNS = "?columns=name,title,role,done,result,witness,return_comment"
ROUTES = [
    Route("achievements:achievement_list", get=LIST),
    Route("achievements:achievement_list", query=COLUMNS, get=LIST),
    Route("achievements:achievement_list", query=f"{COLUMNS}&state=voided&text=金丝雀", get=LIST),
    Route("achievements:achievement_mine", get=ONLY_OWN),
    Route("achievements:achievement_mentees", get={MENTOR: 200, "*": 404}),
    Route(
        "achievements:achievement_new",
        get=ONLY_OWN,
        post={TRAINEE: 302, "*": 404},
        data=lambda world, actor: WRITTEN,
    ),
    Route(
        "achievements:achievement_verify_many",
        post=VERIFIERS,
        data=picked("achievement with the unit", "achievement with the department", "achievement past the unit"),
    ),
    *(
        Route("achievements:achievement_detail", kwargs=of(key), get=OWN)
        for key in (
            "achievement with the unit", "achievement with the department", "returned achievement",
            "verified achievement", "superseded achievement", "correcting achievement",
        )
    ),
    *(
        Route("achievements:achievement_detail", kwargs=of(key), get=ONLY_OWN)
        for key in ("draft achievement", "discarded draft")
    ),
    Route("achievements:achievement_detail", kwargs=of("voided achievement"), get=OWN),
    Route("achievements:achievement_detail", kwargs=of("achievement of kin"), get=SEEN | {"liaison": 404}),
    Route("achievements:achievement_detail", kwargs=of("mentee's achievement"), get=MENTEE),
    Route("achievements:achievement_detail", kwargs=of("mentee's draft"), get={"*": 404}),
    Route("achievements:achievement_detail", kwargs=of("mentee's voided achievement"), get=SEEN),
    Route("achievements:achievement_detail", kwargs=of("foreign achievement"), get=dict.fromkeys(FOREIGN, 200) | {"*": 404}),
    act("achievement_edit", "draft achievement", ONLY_OWN, **WRITTEN),
    act("achievement_edit", "returned achievement", PERSON, **WRITTEN),
    act("achievement_edit", "verified achievement", NOBODY, **WRITTEN),
    act("achievement_submit", "returned achievement", PERSON),
    act("achievement_submit", "achievement with the unit", NOBODY),
    act("achievement_withdraw", "achievement with the unit", PERSON),
    act("achievement_withdraw", "verified achievement", NOBODY),
    act("achievement_verify_for_unit", "achievement with the unit", LIAISON),
    act("achievement_verify_for_unit", "achievement with the department", NOBODY),
    act("achievement_verify_for_unit", "achievement of kin", OF_KIN),
    act("achievement_verify", "achievement with the department", STAFF),
    act("achievement_verify", "achievement with the unit", NOBODY),
    act("achievement_verify", "achievement of kin", OF_KIN),
    act("achievement_verify", "achievement past the unit", PAST_UNIT),
    act("achievement_verify", "achievement of one hand", NOBODY),
    act("achievement_return", "achievement with the unit", LIAISON, comment="请补充佐证"),
    act("achievement_return", "achievement with the department", STAFF, comment="请补充佐证"),
    act("achievement_return", "verified achievement", NOBODY, comment="请补充佐证"),
    act("achievement_return", "achievement of kin", OF_KIN, comment="请补充佐证"),
    act("achievement_return", "achievement past the unit", PAST_UNIT, comment="请补充佐证"),
    act("achievement_correct", "verified achievement", PERSON, **WRITTEN),
    act("achievement_correct", "achievement with the unit", NOBODY, **WRITTEN),
    act("achievement_void", "verified achievement", STAFF, **REASON),
    act("achievement_void", "draft achievement", ONLY_OWN, **REASON),
    act("achievement_restore", "voided achievement", STAFF, **REASON),
    act("achievement_restore", "discarded draft", ONLY_OWN, **REASON),
    act("achievement_restore", "verified achievement", NOBODY, **REASON),
    Route(
        "achievements:evidence_remove",
        kwargs=evidence,
        get=ONLY_OWN,
        post={TRAINEE: 302, "*": 404},
        data=sent("evidence of a draft"),
    ),
    Route("files:preview", kwargs=of("evidence of a draft"), get=ONLY_OWN),
    Route("files:preview", kwargs=of("evidence of the mentee"), get=MENTEE),
    Route("files:download", kwargs=of("evidence of the mentee"), get=MENTEE),
    Route(
        "achievements:comment_new",
        kwargs=of("mentee's achievement"),
        get=OF_MENTEE | {MENTOR: 200},
        post=OF_MENTEE | {MENTOR: 302},
        data=lambda world, actor: {"text": "做得扎实"},
    ),
    Route("achievements:comment_new", kwargs=of("achievement with the unit"), get=NOBODY, post=NOBODY),
    act("comment_void", "comment of the mentor", OF_MENTEE | {"staff": 200, MENTOR: 200}, **REASON),
    act("comment_void", "voided comment", OF_MENTEE | {"liaison": 404}, **REASON),
    act("comment_restore", "voided comment", OF_MENTEE | {"staff": 200, "liaison": 404}, **REASON),
    act("comment_restore", "comment of the mentor", OF_MENTEE, **REASON),
    Route("growth:file", kwargs=of("mentored"), query="?kind=achievement", get=MENTEE),
    Route("growth:file", kwargs=of(TRAINEE), query="?kind=achievement", get=OWN),
]  # fmt: skip
