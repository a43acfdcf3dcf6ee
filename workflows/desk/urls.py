"""Addresses of the desk for renovation requests: public references, community and request always together."""

from django.urls import path, register_converter

from . import balloting, decisions, faults, propose, requests, second_looks, signing, site


class Reference:
    """A reference as it stands in an address."""

    regex = "[A-Za-z0-9_-]{1,40}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


class Number:
    """The number of a version."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(Reference, "reference")
register_converter(Number, "version")

REQUEST = "<slug:code>/<reference:reference>/"

urlpatterns = [
    path(f"decide/{REQUEST}<reference:step>/", decisions.decide, name="desk-decide"),
    path(f"decide/{REQUEST}<reference:step>/check/", decisions.check, name="desk-decide-check"),
    path(f"decide/{REQUEST}<reference:step>/submit/", decisions.submit, name="desk-decide-submit"),
    path(f"requests/{REQUEST}", requests.overview, name="desk-request"),
    path(f"requests/{REQUEST}sign/", signing.sign, name="desk-sign"),
    path(f"requests/{REQUEST}versions/", requests.version_list, name="desk-versions"),
    path(
        f"requests/{REQUEST}versions/<version:old>-<version:new>/", requests.version_difference, name="desk-difference"
    ),
    path(f"votes/{REQUEST}<reference:ballot>/", balloting.overview, name="desk-ballot"),
    path(f"votes/{REQUEST}<reference:ballot>/enter/", balloting.enter, name="desk-paper-enter"),
    path(f"votes/{REQUEST}<reference:ballot>/lost/", balloting.lost, name="desk-paper-lost"),
    path(f"votes/{REQUEST}<reference:ballot>/papers/<reference:row>/", balloting.compare, name="desk-paper"),
    path("duty/", site.duty, name="desk-duty"),
    path(f"site/{REQUEST}", site.site, name="desk-site"),
    path(f"site/{REQUEST}explain/<slug:day>/", site.explain, name="desk-explain"),
    path(f"site/{REQUEST}faults/<reference:row>/", faults.fault, name="desk-fault"),
    path("propose/", propose.choose, name="desk-propose"),
    path("propose/<slug:code>/", propose.propose, name="desk-propose-in"),
    path(f"confirm/{REQUEST}<slug:kind>/<reference:row>/", second_looks.second_look, name="desk-second-look"),
    path(f"objections/{REQUEST}<reference:row>/", second_looks.objection, name="desk-objection"),
]
