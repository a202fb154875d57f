"""The entry for web servers: gunicorn lexweb.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lexweb.settings")

application = get_wsgi_application()
