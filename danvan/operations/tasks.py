from celery import shared_task

from danvan.operations import retention as rules


@shared_task
def retention():
    rules.run()
