"""The main job by touch on a fresh demo village, with pictures, papers and a page to read."""
