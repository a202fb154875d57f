"""Addresses under /clients/<slug>/files/ of what knows the vouchers; the others are in files/urls.py."""

from django.urls import path

from lexweb.vouchers import file_views

urlpatterns = [
    path("", file_views.index, name="list"),
    path("archive/", file_views.pack, name="archive"),
]
