"""Word: a template filled with values, and the mark of who made it."""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any
from zipfile import BadZipFile

import structlog
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.core.documents import Mark, Picture, unfinished
from cadre_app.documents.marking import mark_document

logger = structlog.get_logger("qinglan.documents")

QUOTED = re.compile(r"'([^']*)'")
LONGEST_NEAR = 40
BEFORE = 3  # lines that docxtpl tells before the one that cannot be read
# python-docx and lxml say in many ways that a file is not built as Word builds it.
UNLIKE_WORD = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
CODE = "template"


def fill(
    template: bytes,
    values: Mapping[str, Any],
    *,
    mark: Mark = Mark.NONE,
    marked: str = "",
    state: str = "",
    finish: Callable[[Any], None] = unfinished,
) -> bytes:
    """The finished .docx (core.documents.Paper: `state`, `finish`). Raises ValidationError (code `template`) that names the placeholder a template fails by."""
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

    from cadre_app.documents.sandbox import NotAllowedError, environment

    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(_with_pictures(document, values), jinja_env=environment, autoescape=True)
        target = io.BytesIO()
        document.save(target)
        # docxtpl puts new parts for heads and feet in place of those that the open document still holds.
        target = _finished(target, close_cells, finish, lambda filled: mark_document(filled, mark, marked, state))
    except UndefinedError as error:
        raise _fault(
            _("The template asks for “%(name)s”, which this paper does not have."), name=_named(error)
        ) from error
    except NotAllowedError as error:
        text = _(
            "The template does more than fill in values near “%(near)s”. Only placeholders and simple loops are taken."
        )
        raise _fault(text, near=_near(error)) from error
    except SecurityError as error:
        raise _fault(_("The template reckons with texts. Only whole numbers can be reckoned with.")) from error
    except TemplateError as error:
        text = _("A placeholder cannot be read near “%(near)s”. Check its braces and its spelling.")
        raise _fault(text, near=_near(error)) from error
    except (*UNLIKE_WORD, PackageNotFoundError) as error:
        logger.warning("word template cannot be filled", error=repr(error))
        raise _fault(
            _("The file cannot be filled in. Open it in Word, save it as .docx and upload it again.")
        ) from error
    return target.getvalue()


def _with_pictures(document: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, each picture in the form in which Word holds it."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    def inline(value: Any) -> Any:
        if not isinstance(value, Picture):
            return value
        size = {"width": Mm(value.width_mm), "height": Mm(value.height_mm)}
        return InlineImage(document, io.BytesIO(value.content), **size)

    return {name: inline(value) for name, value in values.items()}


def close_cells(document: Any) -> None:
    """A paragraph into every cell whose list was empty: Word calls a file broken in which a cell ends without one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in document.element.body.iter(qn("w:tc")):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def _finished(filled: io.BytesIO, *steps: Callable[[Any], None]) -> io.BytesIO:
    from docx import Document

    filled.seek(0)
    document, target = Document(filled), io.BytesIO()
    for step in steps:
        step(document)
    document.save(target)
    return target


def _fault(text: str, **params: str) -> ValidationError:
    return ValidationError(text, code=CODE, params=params)


def _named(error: Exception) -> str:
    """The last name that the message quotes: 'goals' is undefined."""
    found = QUOTED.findall(str(error))
    return found[-1] if found else str(error)[:LONGEST_NEAR]


def _near(error: Any) -> str:
    """The line where reading stopped, or the nearest one with a brace."""
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    here = min(BEFORE, (error.lineno or 1) - 1)
    nearest = sorted(range(len(lines)), key=lambda number: abs(number - here))
    found = next((lines[number] for number in nearest if "{" in lines[number] or "}" in lines[number]), "")
    return (found or _named(error))[:LONGEST_NEAR]
