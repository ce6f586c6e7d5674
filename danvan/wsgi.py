import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")
application = get_wsgi_application()

from danvan.access.startup import refuse_owner  # noqa: E402 - needs a set-up Django

refuse_owner()
