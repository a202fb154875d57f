"""Addresses under /clients/<slug>/uploads/."""

from django.urls import path

from lexweb.uploads import receiving_views, views

app_name = "uploads"
urlpatterns = [
    path("", views.index, name="list"),
    path("add/", receiving_views.add, name="add"),
    path("decide/", views.decide, name="decide"),
    path("send/", views.send, name="send"),
    path("<uuid:upload_id>/", views.detail, name="detail"),
    path("<uuid:upload_id>/attach/", views.attach, name="attach"),
    path("<uuid:upload_id>/pages/<int:number>/", views.picture, name="picture"),
    path("<uuid:upload_id>/original/", views.original, name="original"),
]
