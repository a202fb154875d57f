"""Addresses under /clients/."""

from django.urls import path

from lexweb.clients import connect_views, connection_views, views

app_name = "clients"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.create, name="create"),
    path("switch/", views.switch, name="switch"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/settings/", views.edit, name="edit"),
    path("<slug:slug>/history/", views.history, name="history"),
    path("<slug:slug>/connect/", connect_views.connect, name="connect"),
    path("<slug:slug>/connect/start/", connect_views.start, name="start"),
    path("<slug:slug>/connect/key/", connect_views.connect_key, name="connect_key"),
    path("<slug:slug>/connect/<int:pk>/", connect_views.settle, name="settle"),
    path("<slug:slug>/connection/", connection_views.connection, name="connection"),
    path("<slug:slug>/connection/link/", connection_views.invite, name="invite"),
    path("<slug:slug>/connection/link/withdraw/", connection_views.withdraw, name="withdraw"),
    path("<slug:slug>/disconnect/", connect_views.disconnect, name="disconnect"),
]
