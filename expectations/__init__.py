"""What must be true: a Great Expectations suite for each stage, the gate that acts on it, and the reports."""
