"""Proposing in short steps, below the list of renovations of a community. Without an account, without scripts."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from community import drafts as sealed
from community.limits import DAY, HOUR, Limit, TooMany, TrapForm, require_within
from community.models import Channel
from community.records import Context
from community.refusals import ActionRefused
from community.sealed import Contact

from ..actions.proposing import Said, hand_in
from ..desk import pending
from ..querysets.likeness import similar_projects
from ..rules.likeness import Typed
from ..rules.promises import ANSWER_DAYS
from ..words import PART_WORDS
from . import drafts
from .shell import draw, private, refuse
from .steps import BY_KEY, STEPS, rows_of, spot_of

# Behind one address a whole building may sit.
WRITING = Limit(per_address=200, per_unit=None, seconds=HOUR)
BEGINNING = Limit(per_address=40, per_unit=300, seconds=DAY)
SENDING = Limit(per_address=20, per_unit=100, seconds=DAY)
CHECK, SIMILAR = "check", "similar"


def address(page, request, *parts: str) -> str:
    """The address of a step."""
    return page.get_url(request) + "/".join(["propose", *parts, ""])


@private
def start(page, request):
    """What it is about and what one needs; a draft that was begun can be gone on with, or thrown away."""
    draft = drafts.read(request, page.unit)
    begun = draft is not None and not drafts.is_sent(draft)
    if request.method == "POST" and begun:
        drafts.throw_away(draft)
        response = HttpResponseRedirect(address(page, request))
        response.delete_cookie(drafts.COOKIE, samesite="Lax")
        return response
    context = {
        "begin_url": address(page, request, STEPS[0].key),
        "go_on_url": address(page, request, drafts.first_open(draft) or CHECK) if begun else "",
        "days": ANSWER_DAYS,
        "steps": [step.title for step in STEPS],
        "follow_url": reverse("follow"),
    }
    return draw(request, page, "workflows/residents/start.html", context)


@private
def step(page, request, key: str):
    """One question. What was answered before stands in it; the answer is kept before anything else happens."""
    if key not in BY_KEY:
        raise Http404
    draft = drafts.read(request, page.unit)
    if draft is None or drafts.is_sent(draft):
        if key != STEPS[0].key:
            return HttpResponseRedirect(address(page, request))
        draft = drafts.begin(page.unit)
    if _lies_ahead(draft, key):
        return HttpResponseRedirect(address(page, request, drafts.first_open(draft)))
    form = _form(page, request, draft, key)
    if request.method == "POST":
        return _answered(page, request, draft, key, form)
    return _drawn(page, request, key, form)


def _lies_ahead(draft, key: str) -> bool:
    keys = [step.key for step in STEPS]
    open_key = drafts.first_open(draft)
    return open_key is not None and keys.index(key) > keys.index(open_key)


def _form(page, request, draft, key: str):
    options = {"kept": drafts.photos_of(draft)} if key == "problem" else {}
    initial = dict(draft.data["answers"].get(key, {}))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return BY_KEY[key].form(*sent, community=page.unit, initial=initial, **options)


def _answered(page, request, draft, key: str, form):
    if form.is_trapped:
        return HttpResponseRedirect(page.get_url(request))
    try:
        require_within(WRITING, "proposal.step", request)
        if draft.row is None:
            require_within(BEGINNING, "proposal.begin", request, page.unit)
    except TooMany as refused:
        refuse(form, refused)
        return _drawn(page, request, key, form, status=refused.status)
    valid = form.is_valid()
    photos_changed = key == "problem" and drafts.take_photos(draft, form)
    if valid:
        draft.data["answers"][key] = form.answers()
    if valid or photos_changed:
        sealed.keep(draft)
    if valid:
        response = HttpResponseRedirect(_next(page, request, draft, key))
    else:
        again = form.again() if key == "problem" else form
        response = _drawn(page, request, key, again, status=ActionRefused.status)
    if draft.row is not None:
        sealed.set_cookie(response, drafts.COOKIE, draft, secure=request.is_secure())
    return response


def _next(page, request, draft, key: str) -> str:
    """Where an answer leads: back to the page of checking for who came from there, else to the next question."""
    if key == "problem" and not draft.data.get("compared") and _similar(page, draft):
        return address(page, request, SIMILAR)
    if request.GET.get("back") == CHECK and drafts.first_open(draft) is None:
        return address(page, request, CHECK)
    keys = [step.key for step in STEPS]
    following = keys[keys.index(key) + 1 :]
    return address(page, request, following[0] if following else CHECK)


def _drawn(page, request, key: str, form, *, status: int = 200):
    found, keys = BY_KEY[key], [step.key for step in STEPS]
    number = keys.index(key) + 1
    context = {
        "form": form,
        "step": found,
        "number": number,
        "count": len(STEPS) + 1,
        "has_files": key == "problem",
        "back_url": address(page, request, *keys[number - 2 : number - 1]),
    }
    return draw(request, page, "workflows/residents/step.html", context, status=status)


def _similar(page, draft) -> list:
    place = draft.data["answers"]["place"]
    spot = spot_of(place, page.unit)
    typed = Typed(
        estate=spot.estate.pk if spot.estate else None,
        building=spot.building.name if spot.building else "",
        part=str(PART_WORDS[spot.part]),
        text=place["place"] + draft.data["answers"]["problem"]["problem"],
    )
    return similar_projects(page, typed)


@private
def similar(page, request):
    """What is under way already and sounds alike: it may be the very thing, or not."""
    draft = drafts.read(request, page.unit)
    if draft is None or drafts.is_sent(draft) or "problem" not in draft.data["answers"]:
        return HttpResponseRedirect(address(page, request))
    found = _similar(page, draft)
    if request.method == "POST":
        same = next((one for one in found if one.request.reference == request.POST.get("same")), None)
        if same is not None:
            drafts.throw_away(draft)
            return HttpResponseRedirect(same.get_url(request))
        draft.data["compared"] = True
        sealed.keep(draft)
    if not found or request.method == "POST":
        return HttpResponseRedirect(address(page, request, drafts.first_open(draft) or CHECK))
    rows = [
        {"title": one.title, "text": one.request.place, "url": one.get_url(request), "reference": one.request.reference,
         "tag": one.request.stage.value}
        for one in found
    ]  # fmt: skip
    return draw(request, page, "workflows/residents/similar.html", {"rows": rows})


@private
def check(page, request):
    """Everything on one page, each answer with a way to change it; the button sends it."""
    draft = drafts.read(request, page.unit)
    if draft is not None and drafts.is_sent(draft):
        return HttpResponseRedirect(reverse("follow-code", args=[draft.data["code"]]))
    open_key = drafts.first_open(draft)
    if open_key is not None:
        return HttpResponseRedirect(address(page, request, open_key) if draft else address(page, request))
    form = TrapForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_trapped:
            return HttpResponseRedirect(page.get_url(request))
        try:
            return _sent(page, request, draft)
        except ActionRefused as refused:
            form.is_valid()
            refuse(form, refused)
            return _to_check(page, request, draft, form, status=refused.status)
    return _to_check(page, request, draft, form)


def _to_check(page, request, draft, form, *, status: int = 200):
    photos = len(drafts.photos_of(draft))
    rows = [
        {"label": label, "value": value, "url": address(page, request, one.key) + f"?back={CHECK}"}
        for one in STEPS
        for label, value in rows_of(one.key, draft.data["answers"][one.key], photos, page.unit)
    ]
    context = {
        "form": form, "rows": rows, "number": len(STEPS) + 1, "count": len(STEPS) + 1, "days": ANSWER_DAYS,
        "back_url": address(page, request, STEPS[-1].key),
    }  # fmt: skip
    return draw(request, page, "workflows/residents/check.html", context, status=status)


def _sent(page, request, draft):
    """Hand the proposal in and lead to its receipt. Raises ActionRefused."""
    require_within(SENDING, "proposal.send", request, page.unit)
    given = draft.data["answers"]
    contact = Contact(**given["contact"])
    photos = [pending.load(one, pending.DRAFTS) for one in drafts.photos_of(draft)]
    hand_in(
        Context(channel=Channel.WEB),
        community=page.unit, submission_key=draft.data["key"], code=draft.data["code"],
        spot=spot_of(given["place"], page.unit),
        said=Said(
            problem=given["problem"]["problem"], place=given["place"]["place"], wish=given["wish"]["wish"],
            cost=given["cost"]["cost"],
        ),
        contact=contact if contact.name or contact.phone or contact.email else None,
        photos=[photo for photo in photos if photo is not None],
        neighbours=given["neighbours"]["neighbours"] == "yes",
    )  # fmt: skip
    drafts.mark_sent(draft)
    return HttpResponseRedirect(reverse("follow-code", args=[draft.data["code"]]))
