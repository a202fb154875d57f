"""Addresses under /clients/<slug>/files/ of what knows the vouchers; the others are in files/urls.py."""

from django.urls import path

from lexweb.vouchers.files import views

urlpatterns = [
    path("", views.index, name="list"),
    path("archive/", views.pack, name="archive"),
]
