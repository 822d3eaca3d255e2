"""The printing room: papers are queued with the entry they prove, and followed to the end.

`queue` (what is to be printed, and what became of it), `papers` (plain values to a paper),
`spooler` (from the queue to the printers), `reprints` (who may have a paper again, and that it is
a look), `archive` (the papers of this terminal, one line each).
"""
