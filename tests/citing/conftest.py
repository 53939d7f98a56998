from __future__ import annotations

from golden.snapshots import golden


__all__ = ["golden"]
