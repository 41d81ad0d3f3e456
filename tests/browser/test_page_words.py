"""The page's words, without a browser."""

import re
from pathlib import Path

STATIC = Path("sandbox/static")
SAID = re.compile(r'\bt\("((?:[^"\\]|\\.)*)"')
KNOWN = re.compile(r'^\s+(?:"((?:[^"\\]|\\.)*)"|([A-Za-z]+)):\s+"', re.MULTILINE)


def test_every_sentence_has_its_chinese() -> None:
    """Nobody meets an English sentence on the Chinese page."""
    known = {quoted or bare for quoted, bare in KNOWN.findall((STATIC / "js/words_zh.js").read_text("utf-8"))}
    said = {sentence for file in STATIC.glob("js/*.js") for sentence in SAID.findall(file.read_text("utf-8"))}
    assert len(said) > 80
    assert said <= known


def test_the_page_asks_nothing_of_the_outside() -> None:
    """The page works without a network: no file names another host."""
    for file in STATIC.rglob("*.*"):
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://[a-z]", text), file


def test_data_never_becomes_markup() -> None:
    """No script writes HTML."""
    for file in STATIC.glob("js/*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", file.read_text("utf-8")), file
