"""Signing in and out: one page for the desk and the admin, slowed down for those who guess.

Failures are counted per name and address, and per address alone, in the cache that all processes of a machine share
(files under var/ on one machine; CACHES names another for several). Files, not the database: a guesser then never
queues for the one lock by which SQLite writes. Counting is not atomic there: with N threads in all, at most N - 1
failures of one instant go uncounted. Nobody is locked out by name alone, or a stranger could keep a person out.
"""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.shortcuts import resolve_url
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

PERIOD = 15 * 60
PER_NAME_AND_ADDRESS = 5
PER_ADDRESS = 50


def client_address(request) -> str:
    """The address that the request comes from; behind proxies, what the outermost trusted one saw.

    LINLI_PROXIES: how many proxies of ours stand before the server. Counted from the right, since what stands further
    left in X-Forwarded-For was written by the client.
    """
    hops = getattr(settings, "LINLI_PROXIES", 0)
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")


def throttle_keys(username: str, address: str) -> dict[str, int]:
    """Cache key: how many failures it may count. Neither names nor addresses stand in the cache."""

    def key(*parts):
        return "sign-in:" + salted_hmac("linli.sign-in", "\0".join(parts)).hexdigest()

    return {key(username.strip().casefold(), address): PER_NAME_AND_ADDRESS, key(address): PER_ADDRESS}


class ThrottledForm(AuthenticationForm):
    """Refuses before the password is looked at, once there were too many failures."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "throttled": _("Too many attempts. Wait a quarter of an hour, or ask the administrator for a new password."),
    }

    def clean(self):
        keys = throttle_keys(self.cleaned_data.get("username", ""), client_address(self.request))
        if any(count >= keys[key] for key, count in cache.get_many(keys).items()):
            raise ValidationError(self.error_messages["throttled"], code="throttled")
        try:
            cleaned = super().clean()
        except ValidationError:
            for key in keys:
                cache.set(key, cache.get(key, 0) + 1, PERIOD)
            raise
        cache.delete(next(iter(keys)))
        return cleaned


class SignInView(LoginView):
    """Afterwards: where the person wanted to go (within this site), or else where their posts have work."""

    authentication_form = ThrottledForm

    def get_default_redirect_url(self):
        user = self.request.user
        return resolve_url("wagtailadmin_home") if user.has_perm("wagtailadmin.access_admin") else "/desk/"
