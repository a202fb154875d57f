"""Somebody of an organization at one of its pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from lexweb.sandbox import local
from lexweb.sandbox.office import figures, words
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call, Handler, Refused, as_page, redirect

# No scripts, nothing from elsewhere. Without a referrer browsers would send "Origin: null", which is refused.
SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; object-src 'self'; "
    "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# What every page can say.
LANGUAGE = {
    "money": figures.money,
    "number": figures.number,
    "plain": figures.plain,
    "day": figures.day,
    "status_word": partial(words.said, words.STATUSES),
    "voucher_word": partial(words.said, words.VOUCHERS),
    "sales_word": partial(words.said, words.SALES),
    "payment_word": partial(words.said, words.PAYMENTS),
    "sales_words": words.SALES,
}


@dataclass(frozen=True)
class Visit:
    """One request of an organization's own people. The state's lock is held."""

    state: State
    call: Call
    organization: Organization

    @property
    def home(self) -> str:
        """Where all addresses of the organization begin."""
        return f"/o/{self.organization.id}"

    def page(self, name: str, /, *, mistake: str = "", **values: object) -> Answer:
        """The page ``pages/<name>.html`` in the organization's frame; with a mistake it is 422."""
        done = words.DONE.get(self.call.params.get("done", ""), "")
        frame = {"organization": self.organization, "home": self.home, "here": self.call.path}
        return as_page(name, 422 if mistake else 200, **LANGUAGE, **frame, done=done, mistake=mistake, **values)

    def done(self, what: str, address: str | None = None) -> Answer:
        """Go on to an address, or stay; what happened is a key of ``words.DONE``."""
        return redirect(f"{address or self.call.path}?{urlencode({'done': what})}")

    def pressed(self, actions: Mapping[str, Callable[[], str]]) -> Answer:
        """
        Do what the pressed button says; each action returns what is done.

        :raises Mistake: it cannot be done
        """
        act = actions.get(self.call.form.get("action", ""))
        if act is None:
            raise Mistake("Das geht hier nicht, oder nicht mehr.")
        return self.done(act())


# Answers (visit, **parts of the address).
Page = Callable[..., Answer]
# Addresses below an organization's own, and what their methods do.
Routes = dict[str, dict[str, Page]]


def missing() -> Refused:
    """404 for what is not there."""
    return Refused(as_page("error", 404, title="Nicht gefunden", message="Diesen Eintrag gibt es hier nicht."))


def organization(state: State, organization_id: str) -> Organization:
    """
    An organization by its id.

    :raises Refused: 404
    """
    found = state.organizations.get(organization_id)
    if found is None:
        raise missing()
    return found


def mount(app: App, state: State, routes: Routes) -> None:
    """Add pages of organizations."""
    for rule, pages in routes.items():
        for method, page in pages.items():
            app.route(method, f"/o/<organization_id>{rule}", guarded(_visited(state, page)))


def guarded(handler: Handler) -> Handler:
    """For people at this machine only, and with the headers that keep contents from becoming programs."""

    def answered(call: Call, /, **parts: str) -> Answer:
        if local.objection(call):
            message = "Diese Seiten gibt es nur auf diesem Rechner und nicht für fremde Webseiten."
            answer = as_page("error", 403, title="Nicht erlaubt", message=message)
        else:
            answer = _answer(handler, call, parts)
        return Answer(answer.status, answer.body, SAFE | answer.headers)

    return answered


def _answer(handler: Handler, call: Call, parts: dict[str, str]) -> Answer:
    try:
        return handler(call, **parts)
    except Refused as refusal:
        return refusal.answer


def _visited(state: State, page: Page) -> Handler:
    def answered(call: Call, /, organization_id: str, **parts: str) -> Answer:
        with state.lock:
            return page(Visit(state, call, organization(state, organization_id)), **parts)

    return answered
