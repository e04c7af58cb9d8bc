"""Word templates: one of the office's own for the agreement, ours for the letter."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cadre_app.core.documents import document_kinds
from cadre_app.documents.services import templates
from cadre_app.files.checks import check_upload
from tests.access.harness import Route, World

AGREEMENT, LETTER = "mentorship.agreement", "mentorship.letter"
READERS = ("staff", "leader", "sysadmin", "other_staff", "moved_staff")
READ = dict.fromkeys(READERS, 200) | {"*": 404}
MANAGE = dict.fromkeys(READERS, 403) | {"sysadmin": 200, "*": 404}
SAVED = MANAGE | {"sysadmin": 302}


def extend(world: World) -> None:
    content = document_kinds[AGREEMENT].word.read_bytes()
    world.objects["word template"] = templates.replace_template(
        AGREEMENT,
        template=check_upload("结对协议.docx", content, families=("document",)),
        reason=world.canary("reason of the template", seen_by=READERS),
        actor=world.actors["sysadmin"],
    )


def upload(world: World, actor: str) -> dict[str, Any]:
    content = document_kinds[LETTER].word.read_bytes()
    return {
        "template": SimpleUploadedFile("聘书.docx", content),
        "reason": "换用新式样",
        "submission": str(uuid.uuid4()),
    }


def back(world: World, actor: str) -> dict[str, Any]:
    return {"reason": "不再使用", "version": world.objects["word template"].version}


def kind(key: str) -> Any:
    return lambda world: {"kind": key}


ROUTES = [
    Route("documents:template_list", get=READ),
    Route("documents:template_detail", kwargs=kind(AGREEMENT), get=READ),
    Route("documents:template_detail", kwargs=kind("mentorship.nothing"), get={"*": 404}),
    Route("documents:template_file", kwargs=kind(AGREEMENT), get=READ),
    Route("documents:template_file", kwargs=kind(LETTER), get=READ),
    Route("documents:template_replace", kwargs=kind(LETTER), get=MANAGE, post=SAVED, data=upload),
    Route("documents:template_default", kwargs=kind(AGREEMENT), get=MANAGE, post=SAVED, data=back),
    Route(
        "documents:template_default",
        kwargs=kind(LETTER),
        get=MANAGE | {"sysadmin": 404},
        post=MANAGE | {"sysadmin": 404},
    ),
]
