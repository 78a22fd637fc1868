// Where the time of a training step goes.

/// The parts of a training step that a `PhaseClock` tells apart.
public enum Phase {
    /// Source embeddings and the recurrent layers over them.
    public static let encoder = "encoder"
    /// Target embeddings, what is fed, and the decoder's cell.
    public static let decoder = "decoder"
    /// Keys, scores, softmax and context.
    public static let scorer = "scorer"
    /// Readout, word scores and their cross-entropy.
    public static let output = "output"
    /// Clipping and Adam.
    public static let optimiser = "optimiser"

    public static let all = [encoder, decoder, scorer, output, optimiser]
}
