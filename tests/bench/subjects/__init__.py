"""What is measured, a program each: `python -m tests.bench.subjects.<name> INBOX HOME --repeat N`.

A subject takes the files of INBOX to published tables in HOME/1, HOME/2, … and says how long each took. None
imports more than it needs: its start is part of what is measured.
"""
