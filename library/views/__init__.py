"""What members read: rules, procedures and facts."""

from library.views.circulation import (
    acknowledge_circulation,
    answers,
    answers_file,
    ask_newcomer,
    circulated,
    circulations,
    remind_addressees,
)
from library.views.comparing import (
    changes,
    choose_editions,
    compared_chapter,
    comparison,
    editions,
)
from library.views.data import fact_csv, fact_json, facts_csv, series_csv, series_json
from library.views.downloads import download
from library.views.facts import fact, fact_versions, facts
from library.views.feeds import feed
from library.views.flags import flag, flags
from library.views.following import follow
from library.views.procedures import fill, procedure, procedures, template, version, versions
from library.views.reading import lineage, place, text_size, work, works
from library.views.series import series, series_list
from library.views.sharing import oembed, own_picture, picture, shared
from library.views.subjects import subjects
from library.views.words import words

__all__ = [
    "acknowledge_circulation",
    "answers",
    "answers_file",
    "ask_newcomer",
    "changes",
    "choose_editions",
    "circulated",
    "circulations",
    "compared_chapter",
    "comparison",
    "download",
    "editions",
    "fact",
    "fact_csv",
    "fact_json",
    "fact_versions",
    "facts",
    "facts_csv",
    "feed",
    "fill",
    "flag",
    "flags",
    "follow",
    "lineage",
    "oembed",
    "own_picture",
    "picture",
    "place",
    "procedure",
    "procedures",
    "remind_addressees",
    "series",
    "series_csv",
    "series_json",
    "series_list",
    "shared",
    "subjects",
    "template",
    "text_size",
    "version",
    "versions",
    "words",
    "work",
    "works",
]
