"""Addresses that a receipt leads to; the steps of proposing lie below each community's list of renovations."""

from django.urls import path

from . import adding, follow, signing, voting

urlpatterns = [
    path("f/", follow.ask, name="follow"),
    path("f/<str:code>/", follow.follow, name="follow-code"),
    path("f/<str:code>/slip/", follow.slip, name="follow-slip"),
    path("f/<str:code>/add/", adding.add, name="follow-add"),
    path("f/<str:code>/withdraw/", follow.withdraw, name="follow-withdraw"),
    path("f/<str:code>/neighbours/", follow.invite, name="follow-invite"),
    path("v/<str:code>/", voting.vote, name="vote"),
    path("c/<str:code>/", signing.sign_as_neighbour, name="sign"),
]
