"""Addresses under /clients/<slug>/vouchers/."""

from django.urls import path

from lexweb.vouchers import views

app_name = "vouchers"
urlpatterns = [
    path("", views.index, name="list"),
    path("<uuid:voucher_id>/", views.detail, name="detail"),
    path("<uuid:voucher_id>/raw/", views.raw, name="raw"),
]
