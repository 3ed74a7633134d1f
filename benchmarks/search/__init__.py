"""Search measured: ranking, finding words, speed, beside other engines in the same run."""
