"""What users and operators wrote: files are opened and texts parsed here, within bounds."""
