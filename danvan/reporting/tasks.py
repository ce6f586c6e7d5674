from danvan.jobs.registry import handler
from danvan.reporting.production import make_version
from danvan.reporting.services import PRODUCE


@handler(PRODUCE)
def produce_report(job, progress):
    return make_version(job, progress)
