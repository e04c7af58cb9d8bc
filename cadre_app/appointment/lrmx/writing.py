""".lrmx strictly: UTF-8 without BOM, every element in its order, ten rows of family at most, CRLF between lines."""

import base64
from xml.sax.saxutils import escape

from cadre_app.appointment.lrmx.fields import (
    ELEMENTS,
    FAMILY,
    FAMILY_ELEMENTS,
    MOST_RELATIVES,
    PHOTO,
    ROOT,
    ROW,
    FamilyRow,
    FormFields,
    tidy,
)

HEAD = '<?xml version="1.0" encoding="utf-8"?>'
END = "\r\n"
STEP = "  "


def write_lrmx(form: FormFields) -> bytes:
    """The file of one form."""
    lines = [HEAD, f"<{ROOT}>"]
    for element, name in ELEMENTS.items():
        if element == FAMILY:
            rows = [row for row in form.family if not row.is_empty][:MOST_RELATIVES]
            lines += [f"{STEP}<{FAMILY}>", *(line for row in rows for line in _row(row)), f"{STEP}</{FAMILY}>"]
        elif element == PHOTO:
            lines.append(_element(element, base64.b64encode(form.photo).decode()))
        else:
            lines.append(_element(element, getattr(form, name)))
    lines.append(f"</{ROOT}>")
    return END.join(lines).encode()


def _row(row: FamilyRow) -> list[str]:
    inner = [STEP * 2 + _element(element, getattr(row, name)) for element, name in FAMILY_ELEMENTS.items()]
    return [f"{STEP * 2}<{ROW}>", *inner, f"{STEP * 2}</{ROW}>"]


def _element(element: str, text: str) -> str:
    return f"{STEP}<{element}>{escape(tidy(text)).replace(chr(10), END)}</{element}>"
