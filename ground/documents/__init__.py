"""Documents that we write: Word files and PDFs with their language, title and typeface."""
