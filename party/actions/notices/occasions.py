"""What members are notified of. A new notice begins with a line here."""

import enum


class Occasion(enum.StrEnum):
    """Begins a notice's key; with what it is about, it makes sure that nobody is told twice.

    The values are stored: rename one and everybody is told again.
    """

    CIRCULATION_SENT = "circulation"
    CIRCULATION_REMINDER = "circulation-reminder"
    PROCEDURE_REVIEW_SOON = "procedure-review-soon"
    PROCEDURE_REVIEW_DUE = "procedure-review-due"
    FACT_REVIEW_DUE = "fact-review-due"
    FACT_CHANGED = "fact-changed"
    EDITION_PUBLISHED = "edition-published"
    CITATIONS_FLAGGED = "citations-flagged"
    CERTIFICATE_ISSUED = "certificate-issued"
