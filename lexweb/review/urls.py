"""Addresses of the review queue."""

from django.urls import path

from lexweb.review import bulk_views, views

app_name = "review"
urlpatterns = [
    path("", views.index, name="list"),
    path("bulk/", bulk_views.bulk, name="bulk"),
    path("bulk/under-way/", bulk_views.under_way, name="under_way"),
    path("assigning/<uuid:move>/undo/", bulk_views.undo, name="undo_assigning"),
    path("count/", views.count, name="count"),
    path("clients/", views.clients, name="clients"),
    path("views/new/", views.save_view, name="save_view"),
    path("views/<int:pk>/", views.change_view, name="change_view"),
    path("views/<int:pk>/delete/", views.delete_view, name="delete_view"),
    path("<slug:slug>/<uuid:voucher_id>/", views.voucher, name="voucher"),
    path("<slug:slug>/<uuid:voucher_id>/assign/", views.assign, name="assign"),
    path("<slug:slug>/<uuid:voucher_id>/assignee/", views.assignee, name="assignee"),
]
