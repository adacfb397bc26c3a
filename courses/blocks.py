"""What a lesson and a quiz consist of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.questions.kinds import KINDS
from library.procedures.blocks import BodyField

__all__ = ["BodyField"]  # where the migrations look for it

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    items = blocks.ListBlock(blocks.CharBlock(label=_("thing to do")), label=_("things to do"))

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "courses/blocks/checklist.html"


class LawBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("what the law says, in plain words"))
    citation = blocks.CharBlock(label=_("citation"))
    url = blocks.URLBlock(label=_("address of the law"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Law")
        template = "courses/blocks/law.html"


class ExampleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    situation = blocks.RichTextBlock(label=_("situation"), features=TEXT_FEATURES)
    response = blocks.RichTextBlock(label=_("what a good moderator does"), features=TEXT_FEATURES)

    class Meta:
        icon = "comment"
        label = _("Example")
        template = "courses/blocks/example.html"


class ProvisionBlock(blocks.StructBlock):
    """A rule quoted in a lesson; the page looks up all its citations at once."""

    work = blocks.CharBlock(label=_("work"), default="sample", search_index=False)
    citation = blocks.CharBlock(label=_("citation"), help_text=_("For example 7.II.3.A"))
    note = blocks.CharBlock(label=_("why it matters here"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Rule")
        template = "courses/blocks/provision.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        found = (parent_context or {}).get("provisions") or {}
        context["provision"] = found.get((value["work"], value["citation"]))
        return context


class TemplateTextBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    value = blocks.TextBlock(label=_("text to copy"))

    class Meta:
        icon = "copy"
        label = _("Text to copy")
        template = "courses/blocks/template_text.html"


class LessonBody(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", template="courses/blocks/heading.html"
    )
    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, template="courses/blocks/text.html"
    )
    checklist = ChecklistBlock()
    law = LawBlock()
    example = ExampleBlock()
    provision = ProvisionBlock()
    template_text = TemplateTextBlock()


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("answer"))
    correct = blocks.BooleanBlock(label=_("correct"), required=False)
    feedback = blocks.CharBlock(label=_("feedback"))


class QuestionBlock(blocks.StructBlock):
    """A question with its answers; a learner's responses name them by the blocks' own ids."""

    text = blocks.TextBlock(label=_("question"))
    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[(kind.name, kind.label) for kind in KINDS.values()],
        default=next(iter(KINDS)),
    )
    answers = blocks.ListBlock(AnswerBlock(), label=_("answers"), min_num=2, max_num=8)

    class Meta:
        icon = "help"
        label = _("Question")

    def clean(self, value: Any) -> Any:
        """Refuse a question that nobody could answer rightly."""
        cleaned = super().clean(value)
        correct = sum(1 for answer in cleaned["answers"] if answer["correct"])
        if sentence := KINDS[cleaned["kind"]].problem(correct):
            problem = ListBlockValidationError(non_block_errors=[ValidationError(sentence)])
            raise StructBlockValidationError(block_errors={"answers": problem})
        return cleaned


class QuizBody(blocks.StreamBlock):
    question = QuestionBlock()


class OutcomeBody(blocks.StreamBlock):
    outcome = blocks.CharBlock(label=_("what you will be able to do"), icon="tick")
