"""Letters and coupons, made through the front doors and read back from the PDF."""
