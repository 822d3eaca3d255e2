"""Every control of `kiosk/ui/controls` in every state, theme and size of text."""
