"""Addresses of the desk's shell; packages add their screens beside it."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.inbox, name="desk"),
    path("password/", views.password, name="desk-password"),
    path("language/<slug:code>/", views.language, name="desk-language"),
]
