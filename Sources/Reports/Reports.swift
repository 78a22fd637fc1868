// Reports: to come.
