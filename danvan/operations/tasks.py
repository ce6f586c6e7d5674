from celery import shared_task

from danvan.access.rows import whole_office
from danvan.operations import retention as rules


@shared_task
@whole_office("what is past its time goes, whosever it is")
def retention():
    rules.run()
