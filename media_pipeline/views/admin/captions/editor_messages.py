"""What the caption editor says, handed to its scripts as data."""

from django.utils.translation import gettext as _


def editor_messages() -> dict[str, str]:
    """Every sentence of the editor's scripts; `%(name)s` stands for what they fill in."""
    return {
        "active": _("Cue %(number)s of %(count)s."),
        "after_next": _("That is after the next cue begins. Move that one first, or merge them."),
        "before_previous": _("That is before the cue above begins. Move that one first."),
        "broken_many": _("%(count)s rules broken"),
        "broken_one": _("1 rule broken"),
        "busy": _(
            "The hub cannot save just now: what you wrote is kept in this window and sent again "
            "soon."
        ),
        "choose_cue": _("Choose cue %(number)s"),
        "chosen": _("%(count)s chosen"),
        "chosen_none": _("None chosen: the cue you are in"),
        "confidence": _("The recogniser was %(percent)s per cent sure of this word."),
        "conflict": _("Changed elsewhere: not saved."),
        "count": _("%(lengths)s characters, %(seconds)s s, %(speed)s characters a second"),
        "cue": _("Cue %(number)s, %(times)s"),
        "cue_short": _("Cue %(number)s"),
        "deleted": _("Cue deleted. Undo brings it back."),
        "end_at": _("End %(time)s"),
        "ends_before": _("A cue cannot end before it begins. The time is as it was."),
        "found_many": _("Found %(count)s times."),
        "found_none": _("Not found."),
        "found_one": _("Found once."),
        "hear_word": _("Hear “%(word)s”"),
        "inserted": _("Empty cue inserted."),
        "marked_right": _("The words of this cue are marked as right."),
        "merged": _("Merged with the next cue."),
        "more_broken": _("… and %(count)s more, in the cues further down."),
        "moved_on": _(
            "What you wrote here before was never saved, and the draft was changed elsewhere "
            "since. Keep it as a draft of its own, or let go of it."
        ),
        "no_broken": _("No rule is broken."),
        "no_cues": _("There are no cues yet. Insert the first one."),
        "no_text": _("no words yet"),
        "no_time": _("That is no time. Write it as 1:02.500. The time is as it was."),
        "no_unsure": _("No word is marked as unsure after this one."),
        "nothing_to_merge": _("This is the last cue: there is none to merge it with."),
        "nothing_to_redo": _("There is nothing to do again."),
        "nothing_to_split": _("Put the cursor between two words, then split."),
        "nothing_to_undo": _("There is nothing to undo."),
        "offline": _("No connection: what you wrote is kept in this window and sent again soon."),
        "outside": _("That lies outside the film. The time is as it was."),
        "redone": _("Done again."),
        "replaced_many": _("Replaced %(count)s times."),
        "replaced_none": _("Nothing to replace."),
        "replaced_one": _("Replaced once."),
        "restored": _("What was not saved before was brought back."),
        "saved": _("Saved"),
        "saved_at": _("Saved at %(time)s"),
        "saving": _("Saving …"),
        "score": _("%(score)s of 100"),
        "signed_out": _(
            "You are signed out, so nothing was saved. Sign in in another tab and come back: what "
            "you wrote is still here, and is saved then."
        ),
        "speaker_set": _("Speaker set."),
        "split": _("Split in two."),
        "start_at": _("Start %(time)s"),
        "too_long": _("That is longer than a cue can be. Split it first."),
        "too_many": _("There can be no more cues in one film."),
        "too_many_lines": _("A cue cannot have more lines. Split it first."),
        "undone": _("Undone."),
        "unsaved": _("Not saved yet"),
        "unsure_many": _("%(count)s words unsure"),
        "unsure_one": _("1 word unsure"),
    }


def shortcuts() -> list[dict[str, str]]:
    """Every shortcut: what it does, the keys as people read them, and as the browser names them."""
    rows = [
        ("play", "Alt+K", "Alt+KeyK", _("Play or pause")),
        ("back", "Alt+J", "Alt+KeyJ", _("Back 2 seconds")),
        ("forward", "Alt+L", "Alt+KeyL", _("Forward 2 seconds")),
        ("hear", "Alt+H", "Alt+KeyH", _("Hear this cue")),
        ("hear-word", "Alt+W", "Alt+KeyW", _("Hear the word at the cursor")),
        ("next", "Alt+↓", "Alt+ArrowDown", _("Next cue")),
        ("previous", "Alt+↑", "Alt+ArrowUp", _("Previous cue")),
        ("spoken", "Alt+G", "Alt+KeyG", _("Go to the cue at the film’s place")),
        ("broken", "Alt+N", "Alt+KeyN", _("Next cue that breaks a rule")),
        ("unsure", "Alt+U", "Alt+KeyU", _("Next unsure word")),
        ("right", "Alt+C", "Alt+KeyC", _("The words of this cue are right")),
        ("split", "Alt+Enter", "Alt+Enter", _("Split at the cursor")),
        ("merge", "Alt+M", "Alt+KeyM", _("Merge with the next cue")),
        ("insert", "Alt+I", "Alt+KeyI", _("Insert a cue after this one")),
        ("delete", "Alt+Delete", "Alt+Delete", _("Delete this cue")),
        ("start-here", "Alt+[", "Alt+BracketLeft", _("Start where the film is")),
        ("end-here", "Alt+]", "Alt+BracketRight", _("End where the film is")),
        ("start-earlier", "Alt+,", "Alt+Comma", _("Start 0.1 s earlier")),
        ("start-later", "Alt+.", "Alt+Period", _("Start 0.1 s later")),
        ("end-earlier", "Alt+Shift+,", "Alt+Shift+Comma", _("End 0.1 s earlier")),
        ("end-later", "Alt+Shift+.", "Alt+Shift+Period", _("End 0.1 s later")),
        ("find", "Alt+R", "Alt+KeyR", _("Find and replace")),
        ("choose", "Alt+X", "Alt+KeyX", _("Choose this cue, or no longer")),
        ("speakers", "Alt+S", "Alt+KeyS", _("Speaker of the chosen cues")),
        ("undo", "Ctrl+Z", "Ctrl+KeyZ", _("Undo")),
        ("redo", "Ctrl+Shift+Z", "Ctrl+Shift+KeyZ", _("Redo")),
        ("save", "Ctrl+S", "Ctrl+KeyS", _("Save now")),
        ("help", "?", "Alt+Slash", _("This list (outside a text; Alt+/ everywhere)")),
    ]
    return [dict(zip(("do", "keys", "code", "label"), row, strict=True)) for row in rows]
