"""What a procedure or policy consists of; `procedures/blocks/outline.html` draws all of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField

from library.rules.models.provisions import Provision

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


class BodyField(StreamField):
    """A StreamField whose blocks stay out of migrations, since they never change a table."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "library.procedures.blocks.BodyField", [[]], kwargs


class FieldBlock(blocks.StructBlock):
    """Something that a local party fills in. Its key stands in the texts as [[key]]."""

    key = blocks.RegexBlock(
        label=_("key"),
        regex=r"^[a-z][a-z0-9_]{0,39}$",
        help_text=_("Small letters, such as party_name; the text then says [[party_name]]."),
    )
    label = blocks.CharBlock(label=_("question"), max_length=200)
    help = blocks.CharBlock(label=_("help"), required=False, max_length=300)
    long = blocks.BooleanBlock(label=_("several lines"), required=False)
    example = blocks.CharBlock(label=_("example"), required=False, max_length=300)

    class Meta:
        icon = "form"
        label = _("To be filled in")


class FieldsBody(blocks.StreamBlock):
    field = FieldBlock()

    class Meta:
        max_num = 40


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    items = blocks.ListBlock(blocks.CharBlock(label=_("thing to do")), label=_("things to do"))

    class Meta:
        icon = "tasks"
        label = _("Checklist")


class RuleBlock(blocks.StructBlock):
    """A rule that the text rests on."""

    work = blocks.CharBlock(label=_("work"), default="sample", search_index=False)
    citation = blocks.CharBlock(label=_("citation"), help_text=_("For example 7.II.3.A"))

    class Meta:
        icon = "openquote"
        label = _("Rule")

    def clean(self, value: Any) -> Any:
        """Refuse a citation that leads nowhere, in no published edition."""
        cleaned = super().clean(value)
        named = Provision.objects.published().cited(cleaned["work"], cleaned["citation"])
        if cleaned["citation"] and not named.exists():
            sentence = _("No published edition of “%(work)s” has a rule %(citation)s.")
            problem = ValidationError(sentence % cleaned)
            raise StructBlockValidationError(block_errors={"citation": problem})
        return cleaned


class ProcedureBody(blocks.StreamBlock):
    """Paragraphs under numbered headings: `section` begins a new number, `text` goes on."""

    section = blocks.CharBlock(label=_("Section"), icon="title")
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    numbered = blocks.ListBlock(
        blocks.TextBlock(label=_("paragraph")), label=_("Numbered paragraphs"), icon="list-ol"
    )
    checklist = ChecklistBlock()
    rule = RuleBlock()
