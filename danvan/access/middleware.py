from django.db import transaction

from danvan.access import rows


def row_scope(get_response):
    """One transaction per request of an account, in its scope; an answer from 500 on takes back what was written.

    Without an account there is no transaction and no row: what a failed login leaves stays.
    """

    def middleware(request):
        if not rows.enforced() or not request.user.is_authenticated:
            return get_response(request)
        with rows.seen_by(request.user):
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return middleware
