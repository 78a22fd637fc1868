// Seq2Seq: to come.
