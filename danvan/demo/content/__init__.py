"""Hand-written sample content of the fictional district "Quận Thanh Bình" (pure data, no Django)."""
