"""How much a file may hold that is read in."""

FILE_BYTES_AT_MOST = 20 * 1024 * 1024
"""A bot is given no larger ones: https://core.telegram.org/bots/api#getfile"""
UNPACKED_BYTES_AT_MOST = 80 * 1024 * 1024
PARTS_AT_MOST = 2_000
"""Files inside a spreadsheet."""
ROWS_AT_MOST = 5_000
"""Rows with anything in them, over all sheets: what comes of more of them would hold up the database for too long."""
ROWS_ABOVE_AT_MOST = 100
"""Titles, notes and headings above them, which come on top."""
BLANK_ROWS_AT_MOST = 200_000
"""Spreadsheets often end in many rows that are only formatted."""
COLUMNS_AT_MOST = 200
CELL_AT_MOST = 32_767
"""Characters; a spreadsheet has no room for more."""
