"""Addresses under /outbox/."""

from django.urls import path

from lexweb.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.index, name="list"),
    path("counter/", views.counter, name="counter"),
    path("groups/<uuid:group_id>/", views.group, name="group"),
    path("groups/<uuid:group_id>/undo/", views.undo_group, name="undo_group"),
    path("groups/<uuid:group_id>/retry/", views.retry_group, name="retry_group"),
    path("<uuid:batch_id>/", views.detail, name="detail"),
    path("<uuid:batch_id>/undo/", views.undo, name="undo"),
    path("<uuid:batch_id>/pause/", views.pause, name="pause"),
    path("<uuid:batch_id>/resume/", views.resume, name="resume"),
    path("<uuid:batch_id>/retry/", views.retry_refused, name="retry_refused"),
    path("<uuid:batch_id>/<int:number>/retry/", views.retry, name="retry"),
    path("<uuid:batch_id>/<int:number>/cancel/", views.cancel, name="cancel"),
]
