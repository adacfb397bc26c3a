"""What is raised where something is still missing."""

from ground.refusals import Refused


class CriteriaNotMet(Refused):
    """Something is missing before this can be done; the sentence tells the learner what."""
