"""Frames and sound, in and out."""
