from .approvals import ApprovalPolicy, ApprovalRound, ApprovalStep, Decision, PolicyStep, Seat
from .building import PartnerCommitment, Pledge, PledgeConfirmation, WorksPlan
from .deciding import MatterFinding, Objection, OwnersVote, PublicityPeriod, Resolution
from .evaluating import Evaluation, Remedy, SharedResult
from .evidence import Evidence
from .requests import RenovationRequest, RequestPhoto, WordingChange
from .supervising import Acceptance, DutyAssignment, DutyDay, Fault, SiteLog, SiteLogPhoto

# The page types last: they show the models above.
from ..pages import ProjectIndexPage, ProjectPage  # isort: skip

__all__ = [
    "Acceptance",
    "ApprovalPolicy",
    "ApprovalRound",
    "ApprovalStep",
    "Decision",
    "DutyAssignment",
    "DutyDay",
    "Evaluation",
    "Evidence",
    "Fault",
    "MatterFinding",
    "Objection",
    "OwnersVote",
    "PartnerCommitment",
    "Pledge",
    "PledgeConfirmation",
    "PolicyStep",
    "ProjectIndexPage",
    "ProjectPage",
    "PublicityPeriod",
    "Remedy",
    "RenovationRequest",
    "RequestPhoto",
    "Resolution",
    "Seat",
    "SharedResult",
    "SiteLog",
    "SiteLogPhoto",
    "WordingChange",
    "WorksPlan",
]
