// TensorCore: to come.
