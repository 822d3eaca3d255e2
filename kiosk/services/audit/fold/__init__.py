"""The state that ought to stand, made anew from the log alone and held against every table.

A table says beside its columns how the log gives it (`kiosk.models.about.Projected`). `state` is a
scratch database of these tables; `replay` takes the entries in, in their order, each by the one
taker of its kind, which stands in the module of its room; `compare` holds whole tables against the
state, both ways. A taker says what rows an entry makes, changes or ends (`State.put`, `change`,
`drop`), and notes what the rules do not allow (`State.not_allowed`).
"""
