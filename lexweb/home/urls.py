"""The start page's address."""

from django.urls import path

from lexweb.home import views

app_name = "home"
urlpatterns = [path("", views.start, name="start")]
