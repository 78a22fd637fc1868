import AttentionLab
import Foundation
let sizes: [(String, Int, Int, Int, Int, Int, Int, Int)] = [("small",64,32,64,32,12,12,200),("base",128,64,128,64,20,20,2000)]
for s in sizes {
    for type in Catalog.scorers {
        var m = ModelSettings(scorer: type.card.name); m.embedding = s.1; m.hidden = s.2; m.attention = s.3
        let model = TranslationModel(m, scorer: type, sourceVocabulary: s.7, targetVocabulary: s.7, seed: 1)
        var r = RandomSource(seed: 3)
        let pairs = try (0..<s.4).map { _ in try EncodedPair(source: (0..<s.5).map { _ in 4 + r.below(s.7-4) }, target: (0..<s.6-1).map { _ in 4 + r.below(s.7-4) }) }
        let batch = try Batch(pairs)
        var adam = Adam()
        var times: [Double] = [], fw = 0.0, bw = 0.0, op = 0.0
        for _ in 0..<25 {
            let t0 = DispatchTime.now().uptimeNanoseconds
            model.parameters.clearGradients()
            let l = try model.loss(batch)
            let t1 = DispatchTime.now().uptimeNanoseconds
            try model.parameters.tape.backward(from: l)
            let t2 = DispatchTime.now().uptimeNanoseconds
            model.parameters.clipGradients(toNorm: 1); adam.step(model.parameters)
            let t3 = DispatchTime.now().uptimeNanoseconds
            times.append(Double(t3-t0)*1e-6); fw = Double(t1-t0)*1e-6; bw = Double(t2-t1)*1e-6; op = Double(t3-t2)*1e-6
        }
        print(s.0, type.card.name, times.sorted()[12], fw, bw, op, model.parameters.tape.blocksAllocated)
    }
}
