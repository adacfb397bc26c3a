"""The demonstration's films: their scripts, and what is said while the worker prepares them."""

import pytest

from demo.loader.films import describe, script_of
from media_pipeline.models import Film, Job


def test_a_script_is_what_is_said_on_each_slide_a_paragraph_each():
    slides = [{"narration": "Keep a copy.\n"}, {"narration": " Then act. "}]
    assert script_of({"slides": slides}) == "Keep a copy.\n\nThen act."


@pytest.mark.parametrize(("progress", "percent"), [(0, 0), (0.39, 20), (0.99, 80), (1, 100)])
def test_progress_is_said_in_steps_of_a_fifth(progress, percent):
    job = Job(film=Film(title="Keeping a record"), step="probe", progress=progress)
    step = job.get_step_display().lower()
    assert describe(job) == f"“Keeping a record”: {step}, {percent} %"
