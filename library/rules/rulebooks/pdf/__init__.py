"""Reads a rule book from a PDF: its blocks, from where and how the words are drawn.

A PDF says where characters stand, not what they are. Each module here decides one thing: which
words there are, what is furniture of the page, what is a table, in which order lines are read,
which are contents and footnotes, which belong to one paragraph, which of these are headings, and
how deep the items of lists stand. Every character that is drawn is in a block.
"""
