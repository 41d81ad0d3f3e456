"""Spreadsheets in and out: bytes to cells with addresses and back; pure."""
