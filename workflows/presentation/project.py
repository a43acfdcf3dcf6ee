"""The page of a project: where it stands, what it costs, what was seen, and what a reader can do now."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from home.formats import DAY, SHORT_DAY, area, money, written
from home.status import STAGES

from ..models import RequestPhoto, SiteLog
from ..querysets import projects
from ..rules import funding, publicity
from ..rules.stages import ASIDE, Stage, State
from ..words import MATTER_WORDS
from .ballots import ballot_rows, measure_row

LOGS_SHOWN = 3
LOGS_ON_A_PAGE = 20


@dataclass(frozen=True)
class Part:
    """A part of the bar of money."""

    label: str
    amount: str
    permille: int


def overview_context(page, request) -> dict:
    """Everything on the page of a project."""
    shown = projects.with_its_figures(page.request_id)
    reached = shown.stage.position
    facts = {
        "publicity": projects.current_publicity(shown),
        "objections": projects.objections(shown),
        "round": projects.latest_round(shown),
        "plan": projects.works_plan(shown),
        "result": projects.shared_result(shown) if reached >= Stage.SHARED_RESULT.position else None,
    }
    begun = reached >= Stage.JOINT_SUPERVISION.position or shown.log_days
    logs = list(projects.site_logs(shown)[:LOGS_SHOWN]) if begun else []
    log_url = page.get_url(request) + page.reverse_subpage("log")
    ballots = ballot_rows(page, request, shown)
    return {
        "shown": shown,
        "tag_key": shown.state if State(shown.state) in ASIDE or shown.state == State.CLOSED else shown.stage.value,
        "steps": timeline(page, shown, facts),
        "turn": turn(page, shown, facts["publicity"], facts["result"], ballots),
        "basics": basics(shown, facts["plan"]),
        "money": money_parts(shown),
        "logs": [log_row(log) for log in logs],
        "log_days": shown.log_days,
        "log_url": log_url,
        "vote": vote_sheet(shown),
        "ballots": ballots,
        "objections": objections(facts["objections"]),
        "result": facts["result"],
        "photos": photos(shown, facts["result"]),
        "version_count": shown.version,
        "versions_url": page.get_url(request) + page.reverse_subpage("versions"),
    }


def timeline(page, shown, facts) -> list[dict]:
    """The six stages, each done, now, next or stopped, with its day and a note."""
    reached = projects.stage_dates(shown)
    closed = shown.state == State.CLOSED
    stopped = State(shown.state) in ASIDE
    steps = []
    for stage in Stage:
        kind = "done" if closed or stage.position < shown.stage.position else "next"
        if stage == shown.stage and not closed:
            kind = "stopped" if stopped else "now"
        steps.append(
            {
                "title": STAGES[stage.value].word,
                "kind": kind,
                "date": reached.get(stage) if stage.position <= shown.stage.position else None,
                "note": note(stage, shown, facts) if stage.position <= shown.stage.position else "",
            }
        )
    return steps


def note(stage: Stage, shown, facts) -> str:
    """What a stage says of itself in one line."""
    writers = {
        Stage.JOINT_DECISION: _decision_note,
        Stage.CO_CONSTRUCTION: _plan_note,
        Stage.SHARED_RESULT: _result_note,
    }
    return writers[stage](shown, facts) if stage in writers else ""


def _decision_note(shown, facts) -> str:
    parts = []
    if facts["round"]:
        figures = {"agreed": facts["round"].agreed, "asked": facts["round"].asked}
        parts.append(gettext("%(agreed)d of %(asked)d bodies have agreed") % figures)
    period = facts["publicity"]
    if period:
        days = publicity.length(period.starts_on, period.ends_on)
        count = sum(row.publicity_id == period.pk for row in facts["objections"])
        parts.append(ngettext("on display for %(days)d day", "on display for %(days)d days", days) % {"days": days})
        parts.append(ngettext("%(count)d objection", "%(count)d objections", count) % {"count": count})
    return gettext(", ").join(parts)


def _plan_note(shown, facts) -> str:
    plan = facts["plan"]
    if plan is None:
        return ""
    return gettext("works planned from %(first)s to %(last)s") % {
        "first": written(plan.starts_on, SHORT_DAY),
        "last": written(plan.ends_on, SHORT_DAY),
    }


def _result_note(shown, facts) -> str:
    result = facts["result"]
    return gettext("final cost %(cost)s") % {"cost": money(result.final_cost)} if result else ""


def turn(page, shown, period, result, ballots=()) -> dict:
    """What a reader can do now: a sentence, and whom to call."""
    phone = page.unit.phone if page.unit else ""
    today = timezone.localdate()
    texts = {
        State.JOINT_DECISION: gettext("Say what you think of it: by phone, at the office or to your grid worker."),
        State.CO_CONSTRUCTION: gettext("Have a look at who pays and who builds; ask what you want to know."),
        State.JOINT_SUPERVISION: gettext("Read what was seen on the site today, and report what you see yourself."),
        State.JOINT_EVALUATION: gettext("Say how satisfied you are; your grid worker writes it down for you."),
        State.SHARED_RESULT: gettext("Use it, and report what breaks: the warranty is running."),
        State.CLOSED: gettext("Use it, and report what breaks: the warranty is running."),
    }
    text = texts.get(State(shown.state), gettext("Nothing is asked of you now. What you want to know, we tell you."))
    if shown.state == State.JOINT_DECISION and period and not publicity.is_over(period.ends_on, today):
        text = gettext("Object until %(day)s: by phone or at the office. Every objection gets an answer.") % {
            "day": written(period.ends_on, DAY)
        }
    if voting := next((row for row in ballots if row["is_open"]), None):
        text = gettext("Vote until %(end)s: with the link or the paper that your home was given.") % {
            "end": voting["closes"]
        }
    if result and result.warranty_until < today:
        text = gettext("Use it, and report what breaks.")
    return {"text": text, "phone": phone}


def basics(shown, plan) -> list[dict]:
    """The facts of the request, each with its label."""
    extent = f"{shown.measure.normalize():f} {shown.get_measure_unit_display()}" if shown.measure else ""
    rows = [
        (gettext("Place of the works"), shown.place),
        (gettext("Category"), shown.get_category_display()),
        (gettext("Extent"), extent),
        (gettext("Budget"), money(shown.budget)),
        (gettext("In charge"), shown.unit.name),
        (gettext("Builder"), plan.contractor.name if plan else ""),
        (gettext("Neighbours who sign"), str(shown.signatures) if shown.signatures else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def money_parts(shown) -> dict | None:
    """The bar of money: a part per payer, and what is still lacking."""
    if not shown.budget:
        return None
    lines = projects.funding_lines(shown)
    bar = funding.meter(shown.budget, [line.amount for line in lines])
    parts = [Part(line.label, money(line.amount), share) for line, share in zip(lines, bar.shares, strict=True)]
    return {"parts": parts, "lacking": money(bar.lacking) if bar.lacking else ""}


def log_row(log: SiteLog) -> dict:
    """A site log as everyone may read it: no name."""
    return {
        "at": log.seen_at,
        "weather": log.get_weather_display(),
        "tag": log.finding,
        "text": log.text,
        "photos": [stored_photo(photo.file, photo.caption) for photo in log.photos.all()],
        "faults": [
            {"text": fault.description, "due_on": fault.due_on, "tag": FAULT_TAGS[fault.state]}
            for fault in log.faults.all()
        ],
    }


FAULT_TAGS = {"open": "fault_open", "rectified": "fault_open", "closed": "rectified"}


def stored_photo(file, caption: str) -> dict:
    """A public photo for the component: 800 px on its longer side at most."""
    scale = min(1, 800 / max(file.width or 800, file.height or 800))
    return {
        "src": reverse("media", args=[file.reference, "small"]),
        "width": round((file.width or 800) * scale),
        "height": round((file.height or 800) * scale),
        "alt": caption or gettext("Photo of the site"),
        "caption": caption,
    }


def photos(shown, result) -> list[dict]:
    """Before and after when there is a result, else how the place looks."""
    if result is not None:
        return [
            stored_photo(result.before_photo, gettext("Before")),
            stored_photo(result.after_photo, gettext("After")),
        ]
    rows = RequestPhoto.objects.filter(request=shown).select_related("file").order_by("pk")[:4]
    return [stored_photo(row.file, f"{row.get_moment_display()} · {row.caption}") for row in rows]


def objections(raised) -> list[dict]:
    """Objections and their answers, without anybody's name."""
    return [
        {"summary": row.summary, "received_on": row.received_on, "answer": row.answer, "is_open": row.is_open}
        for row in raised
    ]


def vote_sheet(shown) -> dict | None:
    """The owners' vote with every figure, so that a reader can do the sum again."""
    found = projects.vote_verdict(shown)
    if found is None:
        return None
    vote, judged = found
    measures = [
        (gettext("Owners taking part"), judged.participation_by_owners, str),
        (gettext("Floor area taking part"), judged.participation_by_area, area),
        (gettext("Owners agreeing"), judged.agreement_by_owners, str),
        (gettext("Floor area agreeing"), judged.agreement_by_area, area),
    ]
    return {
        "matter": MATTER_WORDS[judged.matter],
        "scope": vote.scope_name,
        "closed_on": vote.closed_on,
        "passed": judged.passed,
        "rule_version": judged.rule_version,
        "rows": [measure_row(*one) for one in measures],
    }


def log_context(page, request) -> dict:
    """All site logs, the newest first."""
    page_obj = Paginator(projects.site_logs(page.request), LOGS_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "shown": page.request,
        "page_obj": page_obj,
        "logs": [log_row(log) for log in page_obj],
        "back_url": page.get_url(request),
    }
