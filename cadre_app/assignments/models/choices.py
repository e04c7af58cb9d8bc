"""The words of postings, leave and field research, kept as codes (demo-texts A3, A5)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PostingKind(models.TextChoices):
    """派遣类型 without 到村任职, which is a village term (people.VillageTerm; PRODUCT.md, "Dispatch kinds")."""

    TEMPORARY_POST = "temporary_post", pgettext_lazy("posting kind", "Temporary post")
    SHADOW = "shadow", pgettext_lazy("posting kind", "Shadow training")
    TASK_FORCE = "task_force", pgettext_lazy("posting kind", "Task force")
    LOAN = "loan", pgettext_lazy("posting kind", "Borrowing")


class PostingMode(models.TextChoices):
    """How much of the working time it takes; two full-time ones of one person never overlap."""

    FULL = "full", pgettext_lazy("posting mode", "Full-time")
    HALF = "half", pgettext_lazy("posting mode", "Half-time")
    BESIDE = "beside", pgettext_lazy("posting mode", "Beside the own post")


class HostLevel(models.TextChoices):
    """Where the host stands: shadow training at municipal departments is counted apart."""

    DISTRICT = "district", pgettext_lazy("level of the host", "District or below")
    CITY = "city", pgettext_lazy("level of the host", "City")
    PROVINCE = "province", pgettext_lazy("level of the host", "Province or above")


class PostingState(models.TextChoices):
    """What is kept; 在岗, 中期了解 and 超期未返 follow from the dates (`PostingStage`)."""

    PROPOSED = "proposed", pgettext_lazy("posting", "To be checked")
    CHECKED = "checked", pgettext_lazy("posting", "To be signed off")
    APPROVED = "approved", pgettext_lazy("posting", "Approved")
    DECLINED = "declined", pgettext_lazy("posting", "Declined")
    RETURNED = "returned", pgettext_lazy("posting", "Appraisal due")
    CLOSED = "closed", pgettext_lazy("posting", "Closed")


class PostingStage(models.TextChoices):
    """What pages show of a posting (demo-texts A3)."""

    PROPOSED = "proposed", pgettext_lazy("posting", "Proposed")
    APPROVED = "approved", pgettext_lazy("posting", "Approved")
    UNDER_WAY = "under_way", pgettext_lazy("posting", "Under way")
    MID_TERM = "mid_term", pgettext_lazy("posting", "Mid-term review")
    OVERSTAY = "overstay", pgettext_lazy("posting", "Overstay")
    APPRAISAL_DUE = "appraisal_due", pgettext_lazy("posting", "Appraisal due")
    CLOSED = "closed", pgettext_lazy("posting", "Closed")
    RECALLED = "recalled", pgettext_lazy("posting", "Recalled")
    DECLINED = "declined", pgettext_lazy("posting", "Declined")
    NEVER_BEGAN = "never_began", pgettext_lazy("posting", "Not taken up")


PENDING = (PostingState.PROPOSED, PostingState.CHECKED)
# What takes days of a person: a declined one takes none.
TAKING_DAYS = (
    PostingState.PROPOSED,
    PostingState.CHECKED,
    PostingState.APPROVED,
    PostingState.RETURNED,
    PostingState.CLOSED,
)
OVER = (PostingState.RETURNED, PostingState.CLOSED)


class FrontKey(models.TextChoices):
    """六线 fixed keys; their names are edited in the table of fronts (PRODUCT.md, row 5)."""

    HEADQUARTERS = "headquarters", pgettext_lazy("front", "Project construction headquarters")
    INVESTMENT = "investment", pgettext_lazy("front", "Investment promotion office")
    RELIEF = "relief", pgettext_lazy("front", "Disaster relief")
    REVITALISATION = "revitalisation", pgettext_lazy("front", "Rural revitalisation")
    PETITIONS = "petitions", pgettext_lazy("front", "Petitions and stability")
    HYGIENE = "hygiene", pgettext_lazy("front", "City and hygiene drives")


class LeaveKind(models.TextChoices):
    """请假类别; which of them count against the village term is a setting."""

    ANNUAL = "annual", pgettext_lazy("leave", "Annual leave")
    SICK = "sick", pgettext_lazy("leave", "Sick leave")
    PERSONAL = "personal", pgettext_lazy("leave", "Personal leave")
    MARRIAGE = "marriage", pgettext_lazy("leave", "Marriage leave")
    MATERNITY = "maternity", pgettext_lazy("leave", "Maternity and child care leave")
    BEREAVEMENT = "bereavement", pgettext_lazy("leave", "Bereavement leave")
    AWAY = "away", pgettext_lazy("leave", "Away on business")


class LeaveState(models.TextChoices):
    """What is kept; 休假中 and 超假 follow from the dates (`LeaveStage`)."""

    REQUESTED = "requested", pgettext_lazy("leave", "To be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("leave", "To be approved")
    APPROVED = "approved", pgettext_lazy("leave", "Approved")
    DECLINED = "declined", pgettext_lazy("leave", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("leave", "Withdrawn")
    RETURNED = "returned", pgettext_lazy("leave", "Returned")


class LeaveStage(models.TextChoices):
    """What pages show of a leave (demo-texts A3)."""

    REQUESTED = "requested", pgettext_lazy("leave", "To be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("leave", "To be approved")
    APPROVED = "approved", pgettext_lazy("leave", "Approved")
    ON_LEAVE = "on_leave", pgettext_lazy("leave", "On leave")
    OVERDUE = "overdue", pgettext_lazy("leave", "Overdue")
    RETURNED = "returned", pgettext_lazy("leave", "Returned")
    DECLINED = "declined", pgettext_lazy("leave", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("leave", "Withdrawn")


class TermConclusion(models.TextChoices):
    """期满考核结果."""

    PASSED = "passed", pgettext_lazy("term review", "Passed")
    FAILED = "failed", pgettext_lazy("term review", "Not passed")


class ProjectKind(models.TextChoices):
    """A report of one person in the village term, or a topic of a team (PRODUCT.md, row 8)."""

    PERSONAL = "personal", pgettext_lazy("research", "Personal report")
    TEAM = "team", pgettext_lazy("research", "Team topic")


class ProjectState(models.TextChoices):
    """调研课题 from the call to the prize (demo-texts A3)."""

    CALL = "call", pgettext_lazy("research", "Call")
    APPROVED = "approved", pgettext_lazy("research", "Approved")
    IN_PROGRESS = "in_progress", pgettext_lazy("research", "In progress")
    WRITING = "writing", pgettext_lazy("research", "Writing")
    REVIEW = "review", pgettext_lazy("research", "Review")
    SUBMITTED = "submitted", pgettext_lazy("research", "Submitted")
    CLOSED = "closed", pgettext_lazy("research", "Closed")
    DROPPED = "dropped", pgettext_lazy("research", "Dropped")


OPEN_PROJECTS = (
    ProjectState.CALL,
    ProjectState.APPROVED,
    ProjectState.IN_PROGRESS,
    ProjectState.WRITING,
    ProjectState.REVIEW,
)


class ProjectNews(models.TextChoices):
    """What the team was told last; it reads so on its page and hears it once."""

    APPROVED = "approved", pgettext_lazy("research news", "The topic is approved")
    DROPPED = "dropped", pgettext_lazy("research news", "The topic is not carried on")
    READ = "read", pgettext_lazy("research news", "The mentor has read the report")
    REMARKED = "remarked", pgettext_lazy("research news", "The department commented on the report")
    BACK = "back", pgettext_lazy("research news", "The report is back at writing")
    RELEASED = "released", pgettext_lazy("research news", "The reviews can be read")


class PrizeLevel(models.TextChoices):
    CITY = "city", pgettext_lazy("research prize", "City")
    DISTRICT = "district", pgettext_lazy("research prize", "District")
    PROVINCE = "province", pgettext_lazy("research prize", "Province")


class PrizeRank(models.TextChoices):
    FIRST = "first", pgettext_lazy("research prize", "First prize")
    SECOND = "second", pgettext_lazy("research prize", "Second prize")
    THIRD = "third", pgettext_lazy("research prize", "Third prize")
    COMMENDED = "commended", pgettext_lazy("research prize", "Excellent report")


class CompetitionState(models.TextChoices):
    """夺旗争先 from the plan to what is published; criteria are locked once it is open."""

    DRAFT = "draft", pgettext_lazy("competition", "Being prepared")
    OPEN = "open", pgettext_lazy("competition", "Open for results")
    REVIEW = "review", pgettext_lazy("competition", "Being scored")
    CLOSED = "closed", pgettext_lazy("competition", "To be signed off")
    SIGNED = "signed", pgettext_lazy("competition", "Signed off")
    PUBLISHED = "published", pgettext_lazy("competition", "Published")
    CANCELLED = "cancelled", pgettext_lazy("competition", "Cancelled")


SCORED = (CompetitionState.REVIEW, CompetitionState.CLOSED, CompetitionState.SIGNED, CompetitionState.PUBLISHED)


class EntryKind(models.TextChoices):
    """Whose result it is; people are never compared."""

    TEAM = "team", pgettext_lazy("competition", "A team")
    FRONT = "front", pgettext_lazy("competition", "The front as a whole")


class EntryState(models.TextChoices):
    """Only verified results are scored."""

    ENTERED = "entered", pgettext_lazy("competition", "To be verified")
    RETURNED = "returned", pgettext_lazy("competition", "Returned for completion")
    VERIFIED = "verified", pgettext_lazy("competition", "Verified")
