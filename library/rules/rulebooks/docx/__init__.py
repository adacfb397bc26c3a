"""Reads rules from a DOCX file, with the numbers that Word draws by itself."""
