"""From what a person types to a question, and from results to the passage worth quoting. Pure."""
