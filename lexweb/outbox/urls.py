"""Addresses under /outbox/."""

from django.urls import path

from lexweb.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.index, name="list"),
    path("counter/", views.counter, name="counter"),
    path("<uuid:batch_id>/", views.detail, name="detail"),
    path("<uuid:batch_id>/undo/", views.undo, name="undo"),
    path("<uuid:batch_id>/retry/", views.retry_refused, name="retry_refused"),
    path("<uuid:batch_id>/<int:number>/retry/", views.retry, name="retry"),
    path("<uuid:batch_id>/<int:number>/cancel/", views.cancel, name="cancel"),
]
