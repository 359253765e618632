"""What makes the project's own data and pictures; none of it runs in the product."""
