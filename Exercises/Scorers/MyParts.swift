// Your own parts of models beside scorers: each one listed here can be chosen by its name, in options and in experiment
// files.
//
// An encoder or a normaliser is a file beside this one. Then append it to the list of its kind:
//
//     public var myParts: PartList {
//         var parts = PartList.standard
//         parts.encoders.append(BagOfWords.self)
//         return parts
//     }

public import AttentionLab

public var myParts: PartList { .standard }
