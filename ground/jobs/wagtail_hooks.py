"""Background work in Wagtail's admin: its page, its place on the first page, who may see it."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from ground.jobs.permissions import can_retry_jobs
from ground.jobs.views import JobsView, retry_job, workers_panel


class JobsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_retry_jobs(request.user)


class JobsViewSet(ViewSet):
    """“Background work”, among the reports."""

    name = "jobs"
    url_prefix = "background-work"
    icon = "cogs"
    menu_label = _("Background work")
    menu_item_class = JobsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", JobsView.as_view(), name="index"),
            path("<str:kind>/<int:pk>/retry/", retry_job, name="retry"),
        ]


@hooks.register("register_admin_viewset")
def register_jobs() -> JobsViewSet:
    return JobsViewSet()


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return JobsViewSet().get_menu_item(order=50)


@hooks.register("construct_homepage_panels")
def say_what_is_wrong(request: HttpRequest, panels: list[Any]) -> None:
    """Say on the first page that no worker is there, or that something needs attention."""
    if panel := workers_panel(request.user):
        panels.append(panel)


@hooks.register("register_permissions")
def permission() -> QuerySet[Permission]:
    """Let an administrator give “change background job” to a group."""
    return Permission.objects.filter(content_type__app_label="jobs", codename="change_taskjob")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("jobs.retry", _("Do a job again"), _("Job done again"))
