"""Lengths and offsets in UTF-16 code units, in which Telegram counts."""


def utf16_len(text: str) -> int:
    """Return the number of UTF-16 units; a lone surrogate counts as one."""
    if text.isascii():
        return len(text)
    return len(text) + sum(char > "\uffff" for char in text)


def utf16_index(text: str, index: int) -> int:
    """Return the UTF-16 offset of the character at `index`."""
    return utf16_len(text[:index])


def utf16_cut(text: str, offset: int, length: int) -> str:
    """Return the piece of the text that an entity covers."""
    data = text.encode("utf-16-le", "surrogatepass")
    return data[offset * 2 : (offset + length) * 2].decode("utf-16-le", "surrogatepass")
