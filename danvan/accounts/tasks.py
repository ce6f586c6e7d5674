from celery import shared_task
from django.conf import settings

from danvan.accounts.managing import disable_idle


@shared_task
def disable_idle_accounts():
    disable_idle(settings.ACCOUNT_IDLE_DAYS)
