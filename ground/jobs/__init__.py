"""Work that runs later or beside: rows a person can read, held by one worker at a time."""
