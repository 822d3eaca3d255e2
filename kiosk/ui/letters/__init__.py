"""Letters about oneself: what they say, for whom, until when, and how they end."""
