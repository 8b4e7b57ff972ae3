"""What must survive a sudden end: kills at any moment, and several programs at one coupon."""
