"""The shots of chapter 2, The mask, by theme."""
