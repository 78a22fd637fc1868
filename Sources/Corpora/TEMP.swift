public enum Vocabulary { public static let pad = 0, begin = 1, end = 2, unknown = 3 }
public struct Batch { public var source: [Int] = [], sourceLengths: [Int] = [], targetInput: [Int] = [], targetOutput: [Int] = [], targetLengths: [Int] = [], targetSteps = 0, count = 0
 public init(){} }
