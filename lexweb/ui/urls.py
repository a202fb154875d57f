"""Addresses under /ui/, in development and in the demo."""

from django.urls import path

from lexweb.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("toast/", views.toast, name="toast"),
    path("<slug:page>/", views.gallery, name="gallery_page"),
]
