"""The room where anybody holds a sign or slip before the scanner and learns what it is."""
