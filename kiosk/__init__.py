"""The village-hall kiosk: a Good-Deed Book that people can trust."""

__version__ = "0.1.0"
