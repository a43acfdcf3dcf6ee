"""The accounts of the demo: one password for all, and a list of them that only its owner can read."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext as _

from community.actions.people import LETTERS
from community.models import User
from community.roles import Role

from . import receipts
from .people import PEOPLE, SUPERUSER

PASSWORD_LINE = "password: "  # noqa: S105
# (sign-in, what it is for): who opens most doors, community by community.
SHOWN = (
    ("keyuan-editor", Role.EDITOR),
    ("keyuan-reviewer", Role.EDITOR),
    ("keyuan-officer", Role.STAFF),
    ("keyuan-secretary", Role.STAFF),
    ("keyuan-grid", Role.GRID_WORKER),
    ("keyuan-committee-1", Role.COMMITTEE),
    ("keyuan-committee-2", Role.COMMITTEE),
    ("baota-committee-1", Role.COMMITTEE),
    ("linfeng-leader", Role.SERVING),
    ("linfeng-member-1", Role.SERVING),
    ("linfeng-grid", Role.GRID_WORKER),
    ("linfeng-officer", Role.STAFF),
    ("dongcheng-supervisor", Role.SUPERVISOR),
    ("district-admin", Role.ADMINISTRATOR),
)
DESK_ROLES = {Role.GRID_WORKER, Role.COMMITTEE, Role.SERVING}


def sign_ins_path() -> Path:
    return settings.VAR_DIR / "demo-sign-ins.txt"


def give_password() -> str:
    """Set one password for all accounts of the demo: DEMO_PASSWORD, the one that stands in the file, or a new one.

    Accounts that have it already are left alone, so that nobody is signed out.
    """
    password = os.environ.get("DEMO_PASSWORD") or _kept_password() or _new_password()
    User.objects.get_or_create(username=SUPERUSER, defaults={"is_superuser": True, "first_name": _("Superuser")})
    users = User.objects.filter(username__in=[SUPERUSER, *(person.username for person in PEOPLE)]).order_by("pk")
    known = users.last().password
    encoded = known if check_password(password, known) else make_password(password)
    for user in users.exclude(password=encoded):
        user.password = encoded
        user.save(update_fields=["password"])
    return password


def _kept_password() -> str:
    path = sign_ins_path()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.partition("：")[2].strip() for line in lines if line.startswith(_("Password"))), "")


def _new_password() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(12))


def write_file(password: str) -> None:
    """The list that `make run` prints at each start; readable by its owner alone."""
    path = sign_ins_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(listing(password))


def listing(password: str) -> str:
    """The sign-ins as a table of plain text."""
    named = {person.username: person.name for person in PEOPLE}
    rows = [
        f"  {username:<22}{'/desk/' if role in DESK_ROLES else '/admin/':<9}{role.label} · {named[username]}"
        for username, role in SHOWN
    ]
    powerless = _("Superuser: approves and publishes nothing")
    rows.append(f"  {SUPERUSER:<22}{'/admin/':<9}{powerless}")
    more = _("The same in every community: %(codes)s in place of keyuan.") % {
        "codes": ", ".join(sorted({person.username.split("-")[0] for person in PEOPLE} - {"district", "keyuan"}))
    }
    codes = [_("Receipts of residents' proposals, to be typed at /f/:"), *receipts.listing()]
    return "\n".join([f"{_('Password')}：{password}", *rows, more, *codes, ""])
