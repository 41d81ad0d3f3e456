"""Xianfeng: points that a branch can trust, in a chat."""
