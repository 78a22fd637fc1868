// Experiments: to come.
