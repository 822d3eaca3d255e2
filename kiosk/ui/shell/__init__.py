"""What every screen stands in: window, bar, navigation, session, texts, input, time."""
