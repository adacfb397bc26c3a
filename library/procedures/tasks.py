"""What is done later about procedures."""

from django.utils import timezone
from django_tasks import task

from library.procedures.actions import reviews
from library.procedures.models import ProcedurePage


@task()
def remind_review_due(page_id: int) -> None:
    """Tell a procedure's owner that its review draws near, or that its day has come."""
    page = ProcedurePage.objects.filter(pk=page_id).first()
    if page:
        reviews.remind_review_due(page, now=timezone.now())
