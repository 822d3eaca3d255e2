"""The room of notices: what a person has to be told, may reply to, or may put right."""
