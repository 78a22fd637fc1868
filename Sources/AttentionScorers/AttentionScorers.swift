// AttentionScorers: to come.
