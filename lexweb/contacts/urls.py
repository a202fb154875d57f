"""Addresses under /clients/<slug>/contacts/."""

from django.urls import path

from lexweb.contacts import bulk_views, views

app_name = "contacts"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.create, name="create"),
    path("check/", views.check, name="check"),
    path("bulk/", bulk_views.change, name="bulk"),
    path("under-way/", bulk_views.under_way, name="under_way"),
    path("<uuid:contact_id>/", views.detail, name="detail"),
    path("<uuid:contact_id>/raw/", views.raw, name="raw"),
    path("<uuid:contact_id>/edit/", views.edit, name="edit"),
]
