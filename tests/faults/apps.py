"""Makes waits short that are long for good reasons, as a test cannot wait out a minute."""

import os
from datetime import timedelta

from django.apps import AppConfig


class HurryConfig(AppConfig):
    """`FLEET_HURRY`: seconds until a dead process's claims are free and a failed step is tried again."""

    name = "tests.faults"
    label = "hurry"

    def ready(self) -> None:
        if seconds := float(os.environ.get("FLEET_HURRY", "0")):
            from lexweb.clients import tokens
            from lexweb.contacts import acts
            from lexweb.lexware import retry
            from lexweb.outbox import claims, sending, submissions
            from lexweb.sync import crew, engine, events

            wait = timedelta(seconds=seconds)
            tokens.LEASE = claims.IN_FLIGHT = submissions.IN_FLIGHT = acts.LATE = wait
            engine.FIRST_RETRY = engine.LONGEST_RETRY = wait / 10
            crew.LOOK_EVERY = seconds / 10
            events.FIRST_RETRY = sending.FIRST_RETRY = sending.LAST_RETRY = wait / 4
            retry.backoff = lambda attempt: seconds / 100
            retry.penalty = lambda error, attempt: seconds / 100
