"""Addresses under /staff/."""

from django.urls import path

from lexweb.firm import views

app_name = "firm"
urlpatterns = [
    path("me/", views.settings, name="settings"),
    path("me/preferences/", views.preferences, name="preferences"),
]
