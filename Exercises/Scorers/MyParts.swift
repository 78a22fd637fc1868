// Your own parts of models beside scorers: each one listed here can be chosen by its name, in options and in experiment files.
//
// An encoder, a normaliser, an output layer or an objective is a file beside this one. Then append it to the list of its kind,
// which is `encoders`, `normalisers`, `outputs` or `objectives`:
//
//     public var myParts: PartList {
//         var parts = PartList.standard
//         parts.encoders.append(BagOfWords.self)
//         return parts
//     }

public import AttentionLab

public var myParts: PartList { .standard }
