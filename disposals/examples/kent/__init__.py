"""Kent County Council's published disposals of autumn 2021."""
