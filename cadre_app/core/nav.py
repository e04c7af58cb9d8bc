"""The navigation by role, filled by the apps that exist (UX.md, demo-texts A1)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import NavItem, nav

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

GROUPS: dict[str, "_StrPromise | str"] = {
    "desk": "",
    "development": _("Development"),
    "following": _("Following"),
    "summary": _("Summary"),
    "system": _("System"),
}


@dataclass(frozen=True)
class Link:
    item: NavItem
    url: str
    is_current: bool


@dataclass(frozen=True)
class Group:
    label: "_StrPromise | str"
    links: list[Link]


def groups_for(user: "User", path: str, *, on_phone: bool = False) -> list[Group]:
    """Groups with at least one line that `user` may open, in order; the longest matching path is the current one."""
    links: list[tuple[str, Link]] = []
    shown = [item for item in nav.values() if item.visible(user) and not (on_phone and item.desk_alone)]
    urls = {item.url_name: reverse(item.url_name) for item in shown}
    under = dict(urls)
    for item in nav.values():
        if item.url_name in urls:
            under |= {name: urls[item.url_name] for name in item.beside() if name not in urls}
    open_here = [(path_of, url) for name, url in under.items() if _is_under(path, path_of := reverse(name))]
    current = max(open_here, key=lambda found: len(found[0]), default=("", ""))[1]
    for item in sorted(nav.values(), key=lambda item: item.order):
        if item.url_name in urls:
            url = urls[item.url_name]
            kept = user.list_defaults.get(item.url_name)
            links.append((item.group, Link(item, f"{url}?{kept}" if kept else url, is_current=url == current)))
    found = (Group(label, [link for key, link in links if key == group]) for group, label in GROUPS.items())
    return [group for group in found if group.links]


def _is_under(path: str, page: str) -> bool:
    return path == page or (page != "/" and path.startswith(page))
