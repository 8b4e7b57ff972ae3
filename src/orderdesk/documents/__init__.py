"""Letters and coupons: what they say (compose_*) and how they are drawn (render_*). The only room that knows fonts and PDF."""
