"""The shop in plain Python: money, products, orders, allocation, goodwill, coupons. No window, no SQL, no files, no clock."""
