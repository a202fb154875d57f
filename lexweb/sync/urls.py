"""Addresses under /clients/<slug>/sync/."""

from django.urls import path

from lexweb.sync import views

app_name = "sync"
urlpatterns = [
    path("", views.status, name="status"),
    path("start/", views.start, name="start"),
]
