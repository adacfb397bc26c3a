"""What is below everything: it imports nothing of ours and knows nothing of the party."""
