"""Addresses of the desk's shell; packages add their screens beside it."""

from django.urls import path

from . import messages, views

urlpatterns = [
    path("", views.inbox, name="desk"),
    path("password/", views.password, name="desk-password"),
    path("messages/", messages.message_list, name="desk-messages"),
    path("messages/read/", messages.read_all, name="desk-messages-read"),
    path("messages/ways/", messages.ways, name="desk-messages-ways"),
    path("messages/test/", messages.test_message, name="desk-messages-test"),
    path("messages/<str:reference>/open/", messages.open_message, name="desk-message-open"),
    path("language/<slug:code>/", views.language, name="desk-language"),
]
