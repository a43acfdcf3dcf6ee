"""Addresses: the admin and the desk first, then whatever the page tree answers."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cms.sitemaps import robots, sitemap, sitemap_file
from cms.statements import accessibility, privacy
from cms.views import favicon, shut, text_size
from community import invited
from community.sign_in import SignInView
from home.attachments import attachment
from home.feeds import NoticeFeed
from home.styleguide import styleguide
from workflows.feeds import ProjectFeed

handler400 = "cms.views.bad_request"
handler403 = "cms.views.permission_denied"
handler404 = "cms.views.page_not_found"
handler500 = "cms.views.server_error"

# Rooms of Wagtail that stay shut for everyone, superusers too: accounts and rights come from the register of members,
# the site and its language from set-up, reviews from our own task, what happened from our own history. The report on
# kinds of pages names the page last edited of each kind, whoever's it is.
SHUT = (
    r"^admin/(?:users|groups|collections|workflows|sites|locales|redirects|settings|password_reset"
    r"|reports/site-history|reports/page-types-usage|test404|failwhale)/"
)

urlpatterns = [
    path("sign-in/", SignInView.as_view(template_name="home/sign_in.html"), name="sign-in"),
    path("sign-out/", LogoutView.as_view(next_page="sign-in"), name="sign-out"),
    path("invite/", invited.CodeView.as_view(template_name="home/invitation/code.html"), name="invitation"),
    path(
        "invite/<slug:code>/",
        invited.PasswordView.as_view(
            template_name="home/invitation/password.html",
            done_template="home/invitation/done.html",
            refused_template="home/invitation/refused.html",
        ),
        name="invited",
    ),
    path("admin/login/", RedirectView.as_view(pattern_name="sign-in", query_string=True)),
    re_path(SHUT, shut),
    path("", include("home.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("desk/", include("home.desk.urls")),
    path("desk/", include("workflows.desk.urls")),
    path("size/<slug:size>/", text_size, name="size"),
    path("styleguide/", styleguide, name="styleguide"),
    path("favicon.ico", favicon),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_file, name="sitemap-file"),
    path("media/", include("community.urls")),
]
urlpatterns += i18n_patterns(
    path("accessibility/", accessibility, name="accessibility"),
    path("privacy/", privacy, name="privacy"),
    path("attachments/<str:reference>/", attachment, name="attachment"),
    path("", include("workflows.residents.urls")),
    path("feeds/<slug:code>/notices.atom", NoticeFeed(), name="notices-feed"),
    path("feeds/<slug:code>/projects.atom", ProjectFeed(), name="projects-feed"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
