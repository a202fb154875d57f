"""Composition: which context answers which address."""

from django.conf import settings
from django.urls import include, path

from lexweb.clients import connect_views, reconnect_views
from lexweb.files import urls as files
from lexweb.sync import views as sync_views
from lexweb.sync import webhook_views
from lexweb.ui import views as ui_views
from lexweb.uploads import views as upload_views
from lexweb.vouchers.files import urls as files_of_vouchers

urlpatterns = [
    path("", include("lexweb.home.urls")),
    path("clients/", include("lexweb.clients.urls")),
    path("clients/<slug:slug>/contacts/", include("lexweb.contacts.urls")),
    path("clients/<slug:slug>/vouchers/", include("lexweb.vouchers.urls")),
    path("clients/<slug:slug>/files/", include(([*files_of_vouchers.urlpatterns, *files.urlpatterns], files.app_name))),
    path("clients/<slug:slug>/uploads/", include("lexweb.uploads.urls")),
    path("uploads/", upload_views.firm, name="all-uploads"),
    path("review/", include("lexweb.review.urls")),
    path("clients/<slug:slug>/api/", include("lexweb.console.urls")),
    path("clients/<slug:slug>/sync/", include("lexweb.sync.urls")),
    path("outbox/", include("lexweb.outbox.urls")),
    path("sync/", sync_views.firm, name="syncs"),
    path("connect/callback/", connect_views.callback, name="connect-callback"),
    path("reconnect/", reconnect_views.result, name="reconnect-result"),
    path("reconnect/<str:token>/", reconnect_views.reconnect, name="reconnect"),
    path("webhooks/<slug:key>/", webhook_views.receive, name="webhook"),
    path("staff/", include("lexweb.firm.urls")),
    # A person's address is the firm's business: changed here, it would be a way to take over the account.
    path("accounts/email/", ui_views.nothing_here),
    path("accounts/confirm-email/", ui_views.nothing_here),
    path("accounts/confirm-email/<str:key>/", ui_views.nothing_here),
    path("accounts/", include("allauth.urls")),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("ui/", include("lexweb.ui.urls")))

handler400 = ui_views.bad_request
handler403 = ui_views.forbidden
handler404 = ui_views.not_found
handler500 = ui_views.server_error
