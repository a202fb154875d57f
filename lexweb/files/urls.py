"""Addresses under /clients/<slug>/files/ of a file itself; the list is in vouchers/file_urls.py."""

from django.urls import path

from lexweb.files import invoice_views, views

app_name = "files"
urlpatterns = [
    path("<uuid:file_id>/", views.show, name="show"),
    path("<uuid:file_id>/pages/<int:number>/", views.picture, name="picture"),
    path("<uuid:file_id>/original/", views.original, name="original"),
    path("<uuid:file_id>/invoice/", invoice_views.invoice, name="invoice"),
]
