"""The custody log: who did what with which package and when, in lines that nobody can change, cut or fork unseen.

The door for a program is `archive.custody.log`: `Log(path).append(event)`.
"""
