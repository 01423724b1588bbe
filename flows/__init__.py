"""What runs, in which order: the Prefect flows, the command line and the settings."""
