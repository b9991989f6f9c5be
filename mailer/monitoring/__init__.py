"""What those who run the program watch: whether it is ready, and its figures for Prometheus."""
