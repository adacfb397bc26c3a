"""What search does: `changes` hears what changed and `indexing` keeps the index true to it,
`index_state` says whether it is, `answers` asks it, `database_fallback` asks the database instead,
`suggestions` says what may be meant, `vocabulary` holds what editors teach it, `question_log`
remembers what was asked.
"""
