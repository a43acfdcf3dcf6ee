"""How often somebody without an account may send a form. No riddles to solve: limits, and a field nobody sees.

Counted in the cache that the processes of a machine share, per address (hashed, never kept in clear) and per unit, in
windows of a fixed length. As at the sign-in, counting there is not atomic: with N threads at most N - 1 go uncounted.
"""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django import forms
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Unit
from .refusals import ActionRefused
from .sign_in import client_address

HOUR, DAY = 3600, 24 * 3600


class TooMany(ActionRefused):
    """Refused since too much came from one place; the sentence says what to do instead."""

    status = 429


@dataclass(frozen=True)
class Limit:
    """So many in `seconds`: from one address, and for one unit from all addresses (None: no such bound)."""

    per_address: int
    per_unit: int | None
    seconds: int


def require_within(limit: Limit, name: str, request, unit: Unit | None = None) -> None:
    """Count one more use of `name`; raise TooMany when that is more than the limit allows.

    Behind one address a whole building may sit: be generous per address, and bound the unit too.
    """
    counts = [(_key(limit, name, "address", connection_of(client_address(request))), limit.per_address)]
    if unit is not None and limit.per_unit is not None:
        counts.append((_key(limit, name, "unit", unit.code), limit.per_unit))
    for key, most in counts:
        cache.add(key, 0, limit.seconds)
        if cache.get(key, 0) >= most:
            raise TooMany(_("Too much was sent from here in a short time. Try again later, or call us."))
    for key, _most in counts:
        cache.set(key, cache.get(key, 0) + 1, limit.seconds)


def connection_of(address: str) -> str:
    """What one connection has: an IPv4 address, or the /64 that a household gets of IPv6; "" when it is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return str(known) if known.version == 4 else str(ip_network(f"{known}/64", strict=False))


def _key(limit: Limit, name: str, kind: str, value: str) -> str:
    window = int(timezone.now().timestamp()) // limit.seconds
    return "limit:" + salted_hmac("linli.limit", "\0".join((name, kind, value, str(window)))).hexdigest()


class TrapForm(forms.Form):
    """A form with a field that people never see and programs fill in. Put `trap` into the template with its class."""

    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off", "class": "trap__control"}),
    )

    @property
    def is_trapped(self) -> bool:
        """Whether the hidden field was filled in: answer such a form as if all went well, and do nothing."""
        return bool(self.data.get(self.add_prefix("website")))
