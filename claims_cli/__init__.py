"""claims: keeps track of claims and reconciles them."""
