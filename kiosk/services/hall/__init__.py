"""The village's own words: places and sentences that a report can take."""
