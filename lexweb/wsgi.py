"""The entry for web servers: gunicorn lexweb.wsgi."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lexweb.settings")

application = get_wsgi_application()

# What is loaded now stays as long as the process: 190,000 objects that each full collection would walk through, 90 ms
# in the middle of somebody's request.
_ = get_resolver().url_patterns  # loads all views
gc.collect()
gc.freeze()
