"""A person's own settings."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lexweb.firm import forms, services
from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.ui.http import Request


@staff_view(Permission.CLIENT_VIEW)
def settings(request: Request) -> HttpResponse:
    """Who I am here, how pages look, and the way to password and second factors."""
    return render(request, "firm/settings.html")


@require_POST
@staff_view(Permission.CLIENT_VIEW)
def preferences(request: Request) -> HttpResponse:
    """Store theme, density or language, and go back to where the person was."""
    form = forms.PreferencesForm(request.POST)
    if form.is_valid():
        services.prefer(request.user, **form.cleaned_data)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else "/")
