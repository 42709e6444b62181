"""Slow work runs elsewhere: a queue of jobs, and workers that stay warm between them.

`Office` takes jobs in and hands results out, `Engine` has them done, and `client` is the office as
a viewer's kernel sees it. Nothing is imported here, because that kernel must stay small.
"""
