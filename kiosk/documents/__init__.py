"""Papers: a frozen dataclass goes in, a PDF or a 1-bit raster comes out. No SQL, Qt or clock."""
