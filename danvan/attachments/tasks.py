from celery import shared_task

from danvan.attachments import services


@shared_task
def scan():
    services.scan_pending()
