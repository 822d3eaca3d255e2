"""Letters of residents about themselves: facts they chose, for whom they chose, until a day."""
