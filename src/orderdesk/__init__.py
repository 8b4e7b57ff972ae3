"""OrderDesk turns each backorder of a one-person shop into a loyal customer, and makes backorders rare."""
