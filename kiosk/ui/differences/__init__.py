"""The room where the office's yearly register is held beside the village's."""
