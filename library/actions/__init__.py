"""What may change the library. Each action is one transaction and tells the search index."""

from library.actions.circulating import (
    acknowledge,
    add_addressee,
    circulate,
    open_circulation,
    remind,
)
from library.actions.citing import citations_in, cited_in, flag_citing, look_at_flag
from library.actions.descending import Choice, confirm_lineage, propose_lineage
from library.actions.fact_life import (
    keep_fact,
    publish_fact,
    review_fact,
    supersede_fact,
    withdraw_fact,
)
from library.actions.fact_sheets import import_sheet, read_sheet
from library.actions.facts import delete_fact, review_falls_due, save_fact
from library.actions.following import follow, tell_followers, unfollow
from library.actions.importing import import_edition
from library.actions.linking import link_edition
from library.actions.mending import (
    change_introduction,
    change_kind,
    change_words,
    clear_doubt,
    demote_provision,
    join_provision,
    leave_out_provision,
    move_provision,
    promote_provision,
    put_in_left_out,
    renumber_provision,
    split_provision,
    undo_mend,
)
from library.actions.procedures import issue_version, remind_owner
from library.actions.publishing import publish_edition, update_search
from library.actions.reading import (
    discard_draft,
    keep_reading,
    perform_import,
    remove_import,
    request_import,
    retry_import,
    take_up_lost_import,
)
from library.actions.recording import FACTS, PROCEDURES, PROVISIONS, Refused
from library.actions.remembering import state_of
from library.actions.restricting import restrict_provision
from library.actions.series import delete_series, hide_series, publish_series, save_series
from library.actions.sharing import share_fact, tell_sharers
from library.actions.subjects import delete_subject, propose_subjects, save_subject
from library.actions.works import save_work

__all__ = [
    "FACTS",
    "PROCEDURES",
    "PROVISIONS",
    "Choice",
    "Refused",
    "acknowledge",
    "add_addressee",
    "change_introduction",
    "change_kind",
    "change_words",
    "circulate",
    "citations_in",
    "cited_in",
    "clear_doubt",
    "confirm_lineage",
    "delete_fact",
    "delete_series",
    "delete_subject",
    "demote_provision",
    "discard_draft",
    "flag_citing",
    "follow",
    "hide_series",
    "import_edition",
    "import_sheet",
    "issue_version",
    "join_provision",
    "keep_fact",
    "keep_reading",
    "leave_out_provision",
    "link_edition",
    "look_at_flag",
    "move_provision",
    "open_circulation",
    "perform_import",
    "promote_provision",
    "propose_lineage",
    "propose_subjects",
    "publish_edition",
    "publish_fact",
    "publish_series",
    "put_in_left_out",
    "read_sheet",
    "remind",
    "remind_owner",
    "remove_import",
    "renumber_provision",
    "request_import",
    "restrict_provision",
    "retry_import",
    "review_fact",
    "review_falls_due",
    "save_fact",
    "save_series",
    "save_subject",
    "save_work",
    "share_fact",
    "split_provision",
    "state_of",
    "supersede_fact",
    "take_up_lost_import",
    "tell_followers",
    "tell_sharers",
    "undo_mend",
    "unfollow",
    "update_search",
    "withdraw_fact",
]
