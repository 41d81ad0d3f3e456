"""Papers for the printer: typst makes PDF of data; no text from outside is ever read as its code."""
