"""Addresses under /clients/<slug>/api/."""

from django.urls import path

from lexweb.console import views

app_name = "console"
urlpatterns = [
    path("", views.index, name="index"),
    path("calls/", views.history, name="history"),
    path("calls/<uuid:key>/", views.call, name="call"),
    path("calls/<uuid:key>/answer/", views.download, name="download"),
]
