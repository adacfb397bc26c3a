"""Captions in the editors' admin: the editor, its autosave, versions, comparison and files."""

from media_pipeline.views.admin.captions.autosave import save
from media_pipeline.views.admin.captions.comparison import CompareView
from media_pipeline.views.admin.captions.editor import AsTextView, BeginView, EditorView
from media_pipeline.views.admin.captions.versions import (
    DiscardView,
    PublishView,
    ReviewView,
    captions_context,
    export,
)

__all__ = [
    "AsTextView",
    "BeginView",
    "CompareView",
    "DiscardView",
    "EditorView",
    "PublishView",
    "ReviewView",
    "captions_context",
    "export",
    "save",
]
