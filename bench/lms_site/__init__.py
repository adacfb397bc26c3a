"""A small site that teaches with the package wagtail-lms, for `bench/pages.py` alone."""
