"""Caption files in and out: WebVTT, SRT and TTML are read; these, plain text and DOCX are written.

Read by what is in them, never by their names. Times are seconds, kept to the millisecond.
"""
