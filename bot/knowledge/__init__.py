"""What the association has to say, and how the answer to a question is found."""
