"""
The pieces of the interface as template tags; each one draws a template of `templates/ui/`, whose head shows its use.

All of them are builtins: no `{% load %}`. They are on show, in every state, at /ui/.
"""
