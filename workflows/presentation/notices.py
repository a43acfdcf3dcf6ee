"""The notice that announces a stage of a request: the words it is drafted with, and the facts it reads live."""

from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from home.formats import DAY, money, written
from home.status import STAGES

from ..querysets import projects
from ..rules import publicity
from ..rules.notices import Occasion
from .project import basics

WRITTEN_IN = "zh-hans"


def draft_of(request, occasion: Occasion) -> dict:
    """The fields of a fresh draft, in Chinese whatever the language of whoever moved the request."""
    with override(WRITTEN_IN):
        title, lead, what_to_do = (text % {"title": request.title} for text in _words()[occasion])
        return {
            "title": title[:255],
            "lead": lead[:120],
            "what_to_do": what_to_do,
            "where": request.place[:80],
            "whom": gettext("Residents of %(unit)s") % {"unit": request.unit.name},
            "category": "publicity" if occasion == Occasion.PUBLICITY else "renovation",
        }


def _words() -> dict[Occasion, tuple[str, str, str]]:
    """Title, sentence and what to do, by occasion."""
    return {
        Occasion.JOINT_DECISION: (
            gettext("%(title)s: let us decide together"),
            gettext("The community has accepted this proposal. Now it is discussed whether and how it is done."),
            gettext("Read the proposal and say what you think of it."),
        ),
        Occasion.PUBLICITY: (
            gettext("%(title)s: on public display"),
            gettext("What has been decided so far is on display. Objections are heard until the display ends."),
            gettext("Look at it, and object if you have a reason."),
        ),
        Occasion.CO_CONSTRUCTION: (
            gettext("%(title)s: approved, money and builders are being found"),
            gettext("The project is approved. Now it is settled who pays, who brings what and who builds."),
            gettext("Ask at the office what you want to know."),
        ),
        Occasion.JOINT_SUPERVISION: (
            gettext("%(title)s: works begin"),
            gettext("The works begin. Somebody of the group is on the site each day, and you can read what they see."),
            gettext("Mind the site, and report what you see yourself."),
        ),
        Occasion.JOINT_EVALUATION: (
            gettext("%(title)s: finished, what do you say?"),
            gettext("The works were accepted. Now those who live here say how they like them."),
            gettext("Tell your grid worker how satisfied you are."),
        ),
        Occasion.SHARED_RESULT: (
            gettext("%(title)s: the result is there for everyone"),
            gettext("The works have passed the evaluation. Here is what they cost and who keeps them in order."),
            gettext("Use it, and report what breaks."),
        ),
    }


def live_facts(page, request) -> dict:
    """What the request says at this moment, for the template of the notice. Four queries at most."""
    shown = projects.with_its_figures(page.request_id)
    project = _project_page(shown)
    address = project.get_url(request) if project else ""
    newer = shown.version > page.version
    return {
        "shown": shown,
        "fact_rows": [
            {"label": gettext("Where it stands now"), "value": _standing(shown)},
            *_of_occasion(Occasion(page.occasion), shown),
        ],
        "project_url": address,
        "difference_url": f"{address}versions/{page.version}-{shown.version}/" if newer and address else "",
        "newer_version": shown.version if newer else None,
        "read_at": timezone.now(),
    }


def _project_page(shown):
    from ..pages import ProjectPage

    return ProjectPage.objects.filter(request=shown, live=True).first()


def _standing(shown) -> str:
    stage = STAGES[shown.stage.value].word
    state = shown.get_state_display()
    return str(stage) if str(stage) == str(state) else f"{stage} · {state}"


def _of_occasion(occasion: Occasion, shown) -> list[dict]:
    plan = projects.works_plan(shown) if occasion == Occasion.JOINT_SUPERVISION else None
    extra = {
        Occasion.PUBLICITY: _display,
        Occasion.CO_CONSTRUCTION: _money,
        Occasion.JOINT_SUPERVISION: lambda shown: _works(shown, plan),
        Occasion.JOINT_EVALUATION: _watched,
        Occasion.SHARED_RESULT: _result,
    }
    rows = extra[occasion](shown) if occasion in extra else []
    return [*basics(shown, plan), *({"label": label, "value": value} for label, value in rows if value)]


def _display(shown) -> list:
    period = projects.current_publicity(shown)
    if period is None:
        return [(gettext("On display"), gettext("being prepared"))]
    left = (period.ends_on - timezone.localdate()).days + 1
    over = publicity.is_over(period.ends_on, timezone.localdate())
    days = ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}
    return [
        (gettext("On display"), f"{written(period.starts_on, DAY)} – {written(period.ends_on, DAY)}"),
        (gettext("Time left"), gettext("over") if over else days),
        (gettext("Displayed at"), period.place),
        (
            gettext("Objections so far"),
            gettext("%(count)d, answered %(answered)d") % {"count": period.raised, "answered": period.answered},
        ),
    ]


def _money(shown) -> list:
    pledged = sum(line.amount for line in projects.funding_lines(shown))
    return [(gettext("Promised so far"), money(pledged) if pledged else gettext("nothing yet"))]


def _works(shown, plan) -> list:
    if plan is None:
        return []
    return [(gettext("Works planned"), f"{written(plan.starts_on, DAY)} – {written(plan.ends_on, DAY)}")]


def _watched(shown) -> list:
    days = shown.log_days
    return [(gettext("Looked after"), ngettext("on %(days)d day", "on %(days)d days", days) % {"days": days})]


def _result(shown) -> list:
    result = projects.shared_result(shown)
    if result is None:
        return []
    return [
        (gettext("Final cost"), money(result.final_cost)),
        (gettext("Kept in order by"), result.upkeep.name),
        (gettext("Warranty until"), written(result.warranty_until, DAY)),
    ]
