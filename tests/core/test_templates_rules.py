"""What holds for every template: nothing inline, and no icon that the sprite does not have."""

import re
from pathlib import Path

import pytest

from cadre_app.core.growth import growth_kinds
from cadre_app.core.registries import nav
from cadre_app.core.templatetags.ql import STATES
from scripts import check_css

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|\bhx-on\b|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_that_the_content_policy_refuses(path: Path) -> None:
    markup = re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8"))  # a tag's own words are no attributes
    assert INLINE.findall(markup) == []


def test_every_icon_of_the_templates_is_in_the_sprite() -> None:
    used = {name for path in TEMPLATES for name in re.findall(r'{% icon ["\']([^"\']+)', path.read_text("utf-8"))}

    assert used - SPRITE == set()


def test_every_icon_of_the_navigation_is_in_the_sprite() -> None:
    assert {item.icon for item in nav.values()} - SPRITE == set()


def test_every_icon_of_the_growth_file_is_in_the_sprite() -> None:
    assert {kind.icon for kind in growth_kinds.values()} - SPRITE == set()


def test_every_state_has_its_shape_in_the_sprite() -> None:
    assert {shape for shape, _css in STATES.values()} - SPRITE == set()


def test_the_committed_style_sheets_keep_to_the_oldest_engines() -> None:
    assert check_css.main() == 0


@pytest.mark.parametrize(
    "css",
    [
        "a { color: oklch(50% 0 0); }",
        "a { color: color-mix(in srgb, red, blue); }",
        "a:has(b) { color: red; }",
        "a { inset: 0; }",
        "@layer x { a { color: red; } }",
    ],
)
def test_the_check_of_style_sheets_sees_what_old_engines_lose(css: str, tmp_path: Path) -> None:
    path = tmp_path / "x.css"
    path.write_text(f"/* color-mix( in a comment */\n{css}\n", encoding="utf-8")

    found = check_css.findings(path, check_css.OWN, root=tmp_path)

    assert [hit.split(":")[1] for hit in found] == ["2"]
