"""The reports room: cases from handing in to their end.

`handing_in` (a person reports), `notices` (a person is told and answers), `confirmations`
(somebody else saw it), `own_cases` (what became of it), `desk` (officers decide), `deadlines`
(time moves a case). `flow` is the one state machine behind them all, as data.
"""
