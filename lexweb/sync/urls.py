"""Addresses under /clients/<slug>/sync/."""

from django.urls import path

from lexweb.sync import views

app_name = "sync"
urlpatterns = [
    path("", views.status, name="status"),
    path("start/", views.start, name="start"),
    path("pause/", views.pause, name="pause"),
    path("resume/", views.resume, name="resume"),
    path("age/", views.age, name="age"),
]
