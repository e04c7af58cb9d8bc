"""条件对照: what rooms say of a person against a rule, with the dated entries behind it; never a score, never a count.

A criterion is asked for a few people together, so that a page costs the same however many stand beside each other.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AT_MOST = 5


class Standing(StrEnum):
    """What the record says: it is there, it is not, or the record does not suffice."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Evidence:
    """One dated entry behind a finding, in the viewer's language, and where it opens."""

    text: str
    day: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Finding:
    """How one person stands to one criterion; `gap` says what is missing, in one sentence.

    Unknown without `is_lack`: the criterion is not asked of this person, or not yet, and nothing is missing.
    """

    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    gap: str = ""
    is_lack: bool = True


@dataclass(frozen=True)
class Criterion:
    """`find(trainees, day)` gives findings by key of the growth file, the same few queries however many; a file that it
    leaves out is unknown. `source(day)` names the rule. A blocker (影响期) stands before all others: not met, it blocks.
    """

    label: "_StrPromise | str"
    order: int
    source: Callable[[date], str]
    find: Callable[[Collection[Any], date], Mapping[UUID, Finding]]
    is_blocker: bool = False


criteria: Registry[Criterion] = Registry("criteria")
