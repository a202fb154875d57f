"""Mail to the people responsible: who, when, once, in their language, and without a client's name."""

import smtplib
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.db import transaction
from django.utils import timezone

from lexweb.clients import guardian_mails, states
from lexweb.clients.models import Assignment, Connection, Invitation, Letter
from lexweb.firm.models import Staff
from tests.cast import Cast
from tests.clients.test_guardian import row
from tests.clients.threads import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 21, 12))
TODAY = date(2026, 11, 21)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
Box = list[EmailMessage]


@pytest.fixture
def connection(cast: Cast) -> Connection:
    """A connection that is well; Klaus is responsible."""
    Staff.objects.update(language="de")
    return row(cast.client, connected_at=NOW - timedelta(days=400))


def change(connection: Connection, **values: object) -> None:
    """Let something be so."""
    Connection.objects.filter(pk=connection.pk).update(**values)


def lose(connection: Connection, at: datetime = NOW) -> None:
    """Let Lexware Office end it."""
    change(connection, state="reconnect", state_reason="refused", state_since=at)


def test_nothing_to_say_writes_nothing(connection: Connection, mailoutbox: Box) -> None:
    assert guardian_mails.send_due(NOW) == 0
    assert not Letter.objects.exists()


def test_a_lost_connection_is_told_once_and_names_nobody(cast: Cast, connection: Connection, mailoutbox: Box) -> None:
    lose(connection)

    sent = [guardian_mails.send_due(NOW + n * DAY) for n in range(20)]

    assert sent == [1] + 19 * [0]
    [mail] = mailoutbox
    assert mail.to == [cast.klaus.email]
    assert mail.subject == "lexweb: Eine Verbindung zu Lexware Office muss erneuert werden"
    for word in (cast.client.name, connection.company_name, cast.client.number):
        assert word not in mail.subject
    for word in (cast.client.name, connection.company_name):
        assert word not in mail.body
    assert "Mandantennummer: 10010" in mail.body
    assert f"http://testserver{cast.client.url}connection/" in mail.body
    assert "Lexware Office akzeptiert" in mail.body or "nicht mehr" in mail.body


def test_in_the_language_of_the_person(cast: Cast, connection: Connection, mailoutbox: Box) -> None:
    Staff.objects.filter(pk=cast.klaus.pk).update(language="en")
    lose(connection)

    guardian_mails.send_due(NOW)

    assert mailoutbox[0].subject == "lexweb: A connection to Lexware Office has to be renewed"
    assert "Client number: 10010" in mailoutbox[0].body


def test_all_who_work_for_the_client_and_may_connect_get_one_each(
    cast: Cast, connection: Connection, mailoutbox: Box
) -> None:
    Assignment.objects.create(client=cast.client, staff=cast.paula)
    lose(connection)

    guardian_mails.send_due(NOW)

    assert sorted(mail.to for mail in mailoutbox) == [[cast.klaus.email], [cast.paula.email]]


def test_who_is_assigned_later_does_not_hear_of_old_events(cast: Cast, connection: Connection, mailoutbox: Box) -> None:
    lose(connection)
    guardian_mails.send_due(NOW)
    Assignment.objects.create(client=cast.client, staff=cast.paula)

    assert guardian_mails.send_due(NOW + DAY) == 0


def test_the_end_is_announced_at_each_step_once(connection: Connection, mailoutbox: Box) -> None:
    change(connection, expires_on=TODAY + timedelta(days=65))

    told = [
        65 - n for n in range(70) if guardian_mails.send_due(NOW + n * DAY) + guardian_mails.send_due(NOW + n * DAY)
    ]

    assert told == [60, 30, 14, 7, 1]
    assert len(mailoutbox) == 5
    assert {mail.subject for mail in mailoutbox} == {"lexweb: Eine Verbindung zu Lexware Office läuft bald ab"}
    assert "Die Autorisierung eines Mandanten endet am 25.01.2027" in mailoutbox[0].body.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_after_a_long_stop_only_the_last_step_is_told(connection: Connection, mailoutbox: Box) -> None:
    change(connection, expires_on=TODAY + timedelta(days=5))

    assert guardian_mails.send_due(NOW) == 1
    assert Letter.objects.get().cause == "expiring-7"


def test_a_renewed_connection_is_announced_again_in_two_years(connection: Connection, mailoutbox: Box) -> None:
    change(connection, expires_on=TODAY + DAY)
    guardian_mails.send_due(NOW)
    change(connection, expires_on=TODAY + timedelta(days=730), connected_at=NOW)

    assert guardian_mails.send_due(NOW + timedelta(days=300)) == 0
    assert guardian_mails.send_due(NOW + timedelta(days=729)) == 1


def test_a_plan_that_is_too_small_is_told_after_an_hour(connection: Connection, mailoutbox: Box) -> None:
    change(connection, trouble="plan", trouble_since=NOW)

    assert guardian_mails.send_due(NOW + 59 * MINUTE) == 0
    assert guardian_mails.send_due(NOW + 61 * MINUTE) == 1
    assert "reicht nicht" in mailoutbox[0].subject


def test_of_the_same_cause_nobody_hears_twice_in_seven_days(connection: Connection, mailoutbox: Box) -> None:
    """The plan comes and goes, with a new beginning each time."""
    for day in (0, 2, 5):
        change(connection, trouble="plan", trouble_since=NOW + day * DAY)
        guardian_mails.send_due(NOW + day * DAY + 2 * timedelta(hours=1))
    quiet = len(mailoutbox)

    guardian_mails.send_due(NOW + 8 * DAY)

    assert (quiet, len(mailoutbox)) == (1, 2)


def test_lost_again_after_somebody_connected_is_news(connection: Connection, mailoutbox: Box) -> None:
    lose(connection)
    guardian_mails.send_due(NOW)
    change(connection, state="connected", connected_at=NOW + DAY)
    guardian_mails.send_due(NOW + DAY)
    lose(connection, NOW + 2 * DAY)

    assert guardian_mails.send_due(NOW + 2 * DAY) == 1


def test_the_gateways_word_is_enough(connection: Connection, mailoutbox: Box) -> None:
    states.mark_lost(Connection.objects.select_related("client").get(), "refused")

    assert guardian_mails.send_due() == 1


def test_renewed_by_the_client_is_told(cast: Cast, connection: Connection, mailoutbox: Box) -> None:
    Invitation.objects.create(connection=connection, digest="d", expires_at=NOW + DAY, used_at=NOW)

    assert [guardian_mails.send_due(NOW + n * MINUTE) for n in range(3)] == [1, 0, 0]
    assert mailoutbox[0].subject == "lexweb: Ein Mandant hat die Verbindung erneuert"


# --- half, twice, not at all ---------------------------------------------------------------------------------------


class Dead(locmem.EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Box) -> int:
        """Take nothing."""
        raise smtplib.SMTPServerDisconnected


def test_a_mail_that_fails_is_tried_again_later_and_later(
    connection: Connection, mailoutbox: Box, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "tests.clients.test_guardian_mails.Dead"
    lose(connection)
    tried = [n for n in range(40) if _attempts(lambda n=n: guardian_mails.send_due(NOW + n * MINUTE))]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    late = guardian_mails.send_due(NOW + timedelta(hours=2))

    assert tried == [0, 5, 15, 35]
    assert late == 1
    assert guardian_mails.send_due(NOW + timedelta(hours=9)) == 0
    assert len(mailoutbox) == 1


def test_a_mail_that_never_goes_out_ends(connection: Connection, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "tests.clients.test_guardian_mails.Dead"
    lose(connection)

    for n in range(100):
        guardian_mails.send_due(NOW + n * timedelta(hours=12))

    letter = Letter.objects.get()
    assert (letter.attempts, letter.due_at, letter.sent_at) == (guardian_mails.ATTEMPTS, None, None)


def test_one_failure_does_not_hold_up_the_others_nor_repeat_them(
    cast: Cast, connection: Connection, mailoutbox: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    Assignment.objects.create(client=cast.client, staff=cast.paula)
    lose(connection)
    mail = guardian_mails._mail

    def refuse_klaus(letter: Letter) -> None:
        if letter.staff == cast.klaus:
            raise smtplib.SMTPRecipientsRefused({})
        mail(letter)

    monkeypatch.setattr(guardian_mails, "_mail", refuse_klaus)
    first = guardian_mails.send_due(NOW)
    monkeypatch.setattr(guardian_mails, "_mail", mail)
    second = guardian_mails.send_due(NOW + 6 * MINUTE)

    assert (first, second) == (1, 1)
    assert [mail.to for mail in mailoutbox] == [[cast.paula.email], [cast.klaus.email]]


@pytest.mark.parametrize("meanwhile", ["connected again", "left the firm", "works for others"])
def test_what_became_pointless_is_not_sent(
    meanwhile: str, cast: Cast, connection: Connection, mailoutbox: Box, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "tests.clients.test_guardian_mails.Dead"
    lose(connection)
    guardian_mails.send_due(NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    if meanwhile == "connected again":
        change(connection, state="connected", connected_at=NOW)
    elif meanwhile == "left the firm":
        Staff.objects.filter(pk=cast.klaus.pk).update(is_active=False)
    else:
        cast.client.staff.clear()

    assert guardian_mails.send_due(NOW + DAY) == 0
    assert (mailoutbox, Letter.objects.get().due_at) == ([], None)


def test_not_inside_a_transaction(connection: Connection) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        guardian_mails.send_due(NOW)


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_one(connection: Connection, mailoutbox: Box) -> None:
    lose(connection)

    sent = at_once(lambda number: guardian_mails.send_due(NOW), workers=6)

    assert sum(sent) == 1
    assert len(mailoutbox) == 1


def _attempts(send: Callable[[], object]) -> int:
    before = sum(Letter.objects.values_list("attempts", flat=True))
    send()
    return sum(Letter.objects.values_list("attempts", flat=True)) - before
