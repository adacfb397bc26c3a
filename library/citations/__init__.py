"""Citations of the rule book, in every form in which people write them.

The shape is Chapter N › Clause ROMAN › 1. › A. › i. › a.; the normal form is "7.VIII.3.A.i.a".
Chapters and clauses may be written in Roman or arabic numerals, or as words. The normal form of an
appendix is "appendix-1.2", or "4.appendix-1.2" where a chapter counts its own.
"""
