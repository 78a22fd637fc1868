// Your own parts of models beside scorers, and your own tasks: each one listed here can be chosen by its name, in
// options and in experiment files.
//
// A task, a normaliser, an encoder, a decoder, an output layer or a term of the loss is a file beside this one. Then
// append it to the list of its kind, which is `myTasks` below, or `normalisers`, `encoders`, `decoders`, `outputs` or
// `terms`:
//
//     public var myParts: PartList {
//         var parts = PartList.standard
//         parts.encoders.append(BagOfWords.self)
//         return parts
//     }
//
//     public var myTasks: [any MeasuredTask] { [MoodTask()] }

public import AttentionLab

public var myParts: PartList { .standard }

public var myTasks: [any MeasuredTask] { [] }
