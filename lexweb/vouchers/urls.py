"""Addresses under /clients/<slug>/vouchers/."""

from django.urls import path

from lexweb.vouchers import views
from lexweb.vouchers.bulk import views as bulk_views
from lexweb.vouchers.duplicates import views as twin_views
from lexweb.vouchers.form import views as editing_views

app_name = "vouchers"
urlpatterns = [
    path("", views.index, name="list"),
    path("bulk/", bulk_views.bulk, name="bulk"),
    path("bulk/under-way/", bulk_views.under_way, name="under_way"),
    path("assigning/<uuid:move>/undo/", bulk_views.undo, name="undo_assigning"),
    path("new/", editing_views.create, name="create"),
    path("contacts/", editing_views.contacts, name="contacts"),
    path("earlier/", editing_views.earlier, name="earlier"),
    path("<uuid:voucher_id>/edit/", editing_views.edit, name="edit"),
    path("<uuid:voucher_id>/copy/", editing_views.copy, name="copy"),
    path("<uuid:voucher_id>/", views.detail, name="detail"),
    path("<uuid:voucher_id>/raw/", views.raw, name="raw"),
    path("<uuid:voucher_id>/differences/", twin_views.differences, name="differences"),
    path("<uuid:voucher_id>/compare/<uuid:other_id>/", twin_views.compare, name="compare"),
    path("<uuid:voucher_id>/compare/<uuid:other_id>/distinct/", twin_views.distinct, name="distinct"),
    path("<uuid:voucher_id>/compare/<uuid:other_id>/distinct/undo/", twin_views.distinct_undo, name="distinct_undo"),
]
