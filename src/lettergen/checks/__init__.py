"""Rules over a campaign that compare its tables with each other: one rule, one function, one code."""
