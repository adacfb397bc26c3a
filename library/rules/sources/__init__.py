"""What search is told of rules: the provisions in force, and how to find what is cited."""
