"""Coverage → what is proven, and what nobody has checked."""
