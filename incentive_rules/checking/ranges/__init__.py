"""What is known of terms: bounds, facts, and proofs from them."""
