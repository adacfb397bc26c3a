"""What an editor may write into a procedure, block by block."""

import pytest
from django.core.exceptions import ValidationError

from library.procedures.models import ProcedurePage


def test_a_rule_that_is_in_no_edition_is_refused(book):
    block = ProcedurePage._meta.get_field("body").stream_block.child_blocks["rule"]

    assert block.clean(block.to_python({"work": "sample", "citation": "7.VIII.3"}))
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python({"work": "sample", "citation": "7.VIII.33"}))
    problem = refusal.value.block_errors["citation"]
    assert problem.message == "No published edition of “sample” has a rule 7.VIII.33."
