"""Files and hand-written claims, checked and made into rows."""
