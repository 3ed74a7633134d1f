"""The parts of a tagger: what texts become, what is fitted on it, and what the fitted parts say."""
