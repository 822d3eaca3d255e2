"""Small programs behind the doors of kiosk.sh."""
