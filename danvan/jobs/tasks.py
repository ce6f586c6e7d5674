from celery import shared_task

from danvan.jobs import services, worker


@shared_task
def run(job_id):
    if job := services.claim(job_id):
        worker.work(job)


@shared_task
def sweep():
    services.sweep()
