"""The screen floor: QML screens and thin view-models, one room each. See README.md beside this."""
