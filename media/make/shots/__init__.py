"""The shots of the film: a package for each chapter, and beside them what they share."""
