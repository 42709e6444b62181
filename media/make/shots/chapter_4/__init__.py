"""The shots of chapter 4, The reading, by theme."""
