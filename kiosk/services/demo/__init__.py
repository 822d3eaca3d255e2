"""The demo village: 1,200 people and a year of their deeds, made through the real services."""

from kiosk.services.demo.cards import DemoCard, demo_cards
from kiosk.services.demo.making import DemoVillage, make_demo

__all__ = ["DemoCard", "DemoVillage", "demo_cards", "make_demo"]
