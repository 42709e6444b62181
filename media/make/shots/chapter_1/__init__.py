"""The shots of chapter 1, The photograph, by theme."""
