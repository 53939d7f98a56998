"""
What a release carries for programs that know nothing of dateline: tables, and descriptors of all its files.

One small module a file, each with its name and a function that writes it; :mod:`~dateline.descriptors.whole`
has them all.
"""
