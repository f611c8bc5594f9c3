"""Land: boundaries, parts that are proven to fit, what burdens them, and maps in and out."""
