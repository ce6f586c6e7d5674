from celery import shared_task
from django.conf import settings

from danvan.access.rows import whole_office
from danvan.accounts.managing import disable_idle


@shared_task
@whole_office("accounts of every unit that nobody uses")
def disable_idle_accounts():
    disable_idle(settings.ACCOUNT_IDLE_DAYS)
