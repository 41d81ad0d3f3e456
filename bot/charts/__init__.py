"""Numbers become pictures (PNG) and papers become PDF; pure.

`facts` costs nothing to import; `standings`, `overview` and `portrait` bring matplotlib with them.
"""
