"""The film and the lab on one port, or inside somebody's Jupyter server."""
