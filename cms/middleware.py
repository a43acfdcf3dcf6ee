"""What every answer carries: its language, and what a browser may do with it."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

from .views import maintenance

STAFF_PREFIXES = ("/admin/", "/desk/")

PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Wagtail's screens carry inline scripts and styles, and show previews in a frame of their own.
ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; frame-src 'self'; object-src 'none'; form-action 'self'; base-uri 'self';"
    " frame-ancestors 'self'"
)
FEATURES_WE_DO_NOT_USE = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
    " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
)


class BrowserPolicyMiddleware:
    """Strict without inline code on public pages and the desk; what Wagtail needs under its admin.

    A preview passes through here twice, first as the page and then as the admin's answer: there the admin decides.
    Elsewhere a view may name a policy of its own, as the one that hands out files does.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        else:
            response.headers.setdefault("Content-Security-Policy", PUBLIC_POLICY)
        response.headers["Permissions-Policy"] = FEATURES_WE_DO_NOT_USE
        return response


class MaintenanceMiddleware:
    """While `LINLI_MAINTENANCE` is set, or a file `maintenance` lies under `LINLI_VAR`, every address but those of
    static files says so and touches no database. Staff wait like everybody: what is mended must not change meanwhile.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.LINLI_MAINTENANCE or (settings.VAR_DIR / "maintenance").exists():
            return maintenance(request)
        return self.get_response(request)


class LanguageMiddleware:
    """The address decides the language: Chinese without a prefix, English under /en/.

    The browser's wish (Accept-Language) is not asked: one address must answer everybody alike to be cached. Only the
    admin and the desk, which are never cached, follow the choice kept in the language cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        of_staff = request.path_info.startswith(STAFF_PREFIXES)
        language = self.chosen(request) if of_staff else translation.get_language_from_path(request.path_info)
        with translation.override(language or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        if of_staff:
            patch_vary_headers(response, ["Cookie"])
        return response

    @staticmethod
    def chosen(request) -> str | None:
        wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        return wish if wish in dict(settings.LANGUAGES) else None
