"""The room of an appeal: a person says why a decision is wrong, and gets a slip."""
