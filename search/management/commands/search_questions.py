"""Forget the questions that were kept long enough, and choose those that are offered."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.actions.question_log import choose_frequent_questions, delete_old_questions
from search.engines.engine import EngineUnavailable, IndexMissing


class Command(BaseCommand):
    help = (
        "Deletes what was asked more than 90 days ago, and chooses the questions that are offered "
        "to whoever begins to type them. The workers do so once an hour."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = delete_old_questions(today=timezone.localdate())
        try:
            offered = f"{choose_frequent_questions()} questions are offered."
        except (IndexMissing, EngineUnavailable):
            offered = "Those offered are as they were: the index cannot be asked just now."
        if options["verbosity"]:
            self.stdout.write(f"Searches forgotten: {forgotten}. {offered}")
