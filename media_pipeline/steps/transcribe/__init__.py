"""From speech to words: engines behind one class, and the choice between them."""
