"""The makers of the media are scripts beside each other; here they are imported as such."""

import sys
from pathlib import Path

MEDIA = Path(__file__).resolve().parents[2] / "media"

if str(MEDIA / "make") not in sys.path:
    sys.path.insert(0, str(MEDIA / "make"))
