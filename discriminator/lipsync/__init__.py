"""A photo and a voice become a talking face."""
