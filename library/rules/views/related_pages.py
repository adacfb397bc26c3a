"""What else stands on the list of rule books: an app above registers a template for it."""

_templates: list[str] = []


def register(template: str) -> None:
    """Draw a template below the introduction of the list; an app calls this when it is ready."""
    if template not in _templates:
        _templates.append(template)


def templates() -> list[str]:
    """Return the templates registered, in their order."""
    return list(_templates)
