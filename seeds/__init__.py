"""What a fresh graph starts with: articles, curated claims and a lexicon, as JSON."""
