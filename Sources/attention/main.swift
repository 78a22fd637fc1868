import AttentionLab
import Corpora
import Experiments
import Seq2Seq
import Foundation

// attention TASK scorers seeds steps train share hidden lr
let a = CommandLine.arguments
var e = Experiment(tasks: [a[1]], scorers: a[2].split(separator: ",").map(String.init))
e.seeds = Int(a[3])!
e.training.steps = Int(a[4])!
var o = ToyTasks.named(a[1])!.defaults
o.trainPairs = Int(a[5])!; o.lexiconShare = Double(a[6])!
e.model.hidden = Int(a[7])!
e.model.embedding = 2 * e.model.hidden; e.model.attention = 2 * e.model.hidden
e.training.learningRate = Double(a[8])!
if a.count > 9 { e.training.batchSize = Int(a[9])! }
e.data[a[1]] = o
let c = try Comparison(e, scorers: Catalog.scorers)
let start = Date()
let r = try c.run(continuing: ResultsFile(experiment: e), path: "/tmp/r.json", threads: 2, isCancelled: { false }) { _ in }
func f(_ x: Double?) -> String { x.map { String(format: "%.3f", $0) } ?? "-" }
for l in (try Summary(r)).lines { print(l.scorer.padding(toLength: 20, withPad: " ", startingAt: 0), f(l.bleu.mean), "acc", f(l.testAccuracy.mean), "tok", f(l.tokenAccuracy.mean), "long", f(l.longAccuracy.mean), "aer", f(l.aer.mean), "±", f(l.aer.halfWidth), "content", f(l.contentAER.mean), "longAER", f(l.longAER.mean), f(l.trainingTokensPerSecond.mean), l.leads.map { $0.rawValue }) }
for b in c.baselines { print(b.name, f(b.test?.all.links.aer ?? b.expectedTestAER)) }
for r in r.rows.prefix(2) { print(r.scorer, r.steps, r.speed.trainingSeconds, r.history.map { f($0.devLoss) }) }
print(Date().timeIntervalSince(start))
