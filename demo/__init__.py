"""The demonstration: its texts, films and people, and what loads and serves them."""
