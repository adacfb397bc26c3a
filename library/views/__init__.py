"""What members read: rules, procedures and facts."""

from library.views.facts import fact, facts
from library.views.reading import chapter, provision, work, works

__all__ = ["chapter", "fact", "facts", "provision", "work", "works"]
