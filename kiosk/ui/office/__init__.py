"""The officials' start: what there is to do, by the offices one holds; and the papers."""
