from .approvals import ApprovalPolicy, ApprovalRound, ApprovalStep, Decision, PolicyStep, Seat
from .balloting import Ballot, BallotPaper, CastVote, CountedVote, Elector, ElectorHome, PaperVote
from .building import PartnerCommitment, Pledge, PledgeConfirmation, WorksPlan
from .deciding import MatterFinding, Objection, OwnersVote, PublicityPeriod, Resolution
from .evaluating import Evaluation, Remedy, SharedResult
from .evidence import Evidence
from .requests import RenovationRequest, RequestPhoto, WordingChange
from .residents import Addition, Cosignature, Intake, ReadBack, Receipt, ResidentPhoto
from .supervising import Acceptance, DutyAssignment, DutyDay, Fault, SiteLog, SiteLogPhoto

# The page types last: they show the models above.
from ..pages import ProjectIndexPage, ProjectNoticePage, ProjectPage  # isort: skip

__all__ = [
    "Acceptance",
    "Addition",
    "ApprovalPolicy",
    "ApprovalRound",
    "ApprovalStep",
    "Ballot",
    "BallotPaper",
    "CastVote",
    "Cosignature",
    "CountedVote",
    "Decision",
    "DutyAssignment",
    "DutyDay",
    "Elector",
    "ElectorHome",
    "Evaluation",
    "Evidence",
    "Fault",
    "Intake",
    "MatterFinding",
    "Objection",
    "OwnersVote",
    "PaperVote",
    "PartnerCommitment",
    "Pledge",
    "PledgeConfirmation",
    "PolicyStep",
    "ProjectIndexPage",
    "ProjectNoticePage",
    "ProjectPage",
    "PublicityPeriod",
    "ReadBack",
    "Receipt",
    "Remedy",
    "RenovationRequest",
    "RequestPhoto",
    "ResidentPhoto",
    "Resolution",
    "Seat",
    "SharedResult",
    "SiteLog",
    "SiteLogPhoto",
    "WordingChange",
    "WorksPlan",
]
