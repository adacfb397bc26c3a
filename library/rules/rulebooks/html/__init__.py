"""Reads rules from a page of HTML: as a browser draws it, numbers included."""
