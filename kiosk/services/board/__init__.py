"""The notice board: what everybody may read, of the village and of nobody in particular."""
