"""The Bot API methods, one file a family; importing this package registers them all."""

from sandbox.methods import (
    account,
    callbacks,
    chats,
    copying,
    deleting,
    editing,
    ephemeral,
    files,
    members,
    pins,
    polling,
    polls,
    reactions,
    sending,
)

__all__ = [
    "account",
    "callbacks",
    "chats",
    "copying",
    "deleting",
    "editing",
    "ephemeral",
    "files",
    "members",
    "pins",
    "polling",
    "polls",
    "reactions",
    "sending",
]
