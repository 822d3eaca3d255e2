"""The room where anybody finds a neighbour's household by name, pinyin or house number."""
