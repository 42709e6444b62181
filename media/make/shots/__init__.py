"""The shots of the film, by theme, and what they are drawn with."""
