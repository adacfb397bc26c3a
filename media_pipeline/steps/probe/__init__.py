"""What an uploaded file is, and whether it is a film this site can use. Decides before all else."""
