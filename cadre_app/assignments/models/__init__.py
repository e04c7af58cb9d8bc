"""Postings, leave, the end of village terms, field research."""

from cadre_app.assignments.models.appraisals import PostingAppraisal
from cadre_app.assignments.models.choices import (
    CompetitionState,
    EntryKind,
    EntryState,
    FrontKey,
    HostLevel,
    LeaveKind,
    LeaveStage,
    LeaveState,
    PostingKind,
    PostingMode,
    PostingStage,
    PostingState,
    PrizeLevel,
    PrizeRank,
    ProjectKind,
    ProjectNews,
    ProjectState,
    TermConclusion,
)
from cadre_app.assignments.models.competition_members import CompetitionMember
from cadre_app.assignments.models.competition_scores import CompetitionReviewer, CompetitionScore
from cadre_app.assignments.models.competitions import (
    Competition,
    CompetitionCriterion,
    CompetitionEntry,
)
from cadre_app.assignments.models.extensions import PostingExtension
from cadre_app.assignments.models.fronts import Front, FrontTask
from cadre_app.assignments.models.leaves import Leave
from cadre_app.assignments.models.postings import Posting
from cadre_app.assignments.models.reports import (
    MentorReading,
    ReportRemark,
    ReportVersion,
    ResearchAward,
    ResearchPrize,
    ResearchReview,
    prize_name,
)
from cadre_app.assignments.models.research import (
    ProgressItem,
    ProgressMeeting,
    ResearchCall,
    ResearchMember,
    ResearchProject,
)
from cadre_app.assignments.models.term_reviews import TermReview

__all__ = [
    "Competition",
    "CompetitionCriterion",
    "CompetitionEntry",
    "CompetitionMember",
    "CompetitionReviewer",
    "CompetitionScore",
    "CompetitionState",
    "EntryKind",
    "EntryState",
    "Front",
    "FrontKey",
    "FrontTask",
    "HostLevel",
    "Leave",
    "LeaveKind",
    "LeaveStage",
    "LeaveState",
    "MentorReading",
    "Posting",
    "PostingAppraisal",
    "PostingExtension",
    "PostingKind",
    "PostingMode",
    "PostingStage",
    "PostingState",
    "PrizeLevel",
    "PrizeRank",
    "ProgressItem",
    "ProgressMeeting",
    "ProjectKind",
    "ProjectNews",
    "ProjectState",
    "ReportRemark",
    "ReportVersion",
    "ResearchAward",
    "ResearchCall",
    "ResearchMember",
    "ResearchPrize",
    "ResearchProject",
    "ResearchReview",
    "TermConclusion",
    "TermReview",
    "prize_name",
]
