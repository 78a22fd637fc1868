#!/usr/bin/env python3
"""AttentionLab and PyTorch side by side: the same encoder-decoder, on this machine, one after the other.

For anyone who wants to check what the README says of speed. Needs a Python with PyTorch, which AttentionLab itself does not;
no test and no build runs it. It says how fast the two are here and now, not how well either translates,
and nothing of compiled or GPU PyTorch. See the README beside this file for what is counted.

    python3 Tests/Peers/side_by_side.py                              small and base, every scorer; five or six minutes
    python3 Tests/Peers/side_by_side.py --sizes small --rounds 1 --scorers bahdanau,luong-dot
    python3 Tests/Peers/side_by_side.py --what scores --json > scores.json

Only the standard library is imported here: PyTorch runs in processes of its own (pytorch_peer.py), so that its memory is its own.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn, Optional

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEER = HERE / "pytorch_peer.py"
GOLDEN_NUMBERS = HERE.parent / "Fixtures" / "model.json"


@dataclass(frozen=True)
class Size:
    """As in Sources/Experiments/ModelSpeed.swift."""

    name: str
    embedding: int
    hidden: int
    attention: int
    batch: int
    source: int
    target: int
    vocabulary: int


SIZES = {
    size.name: size
    for size in [
        Size("small", 64, 32, 64, 32, 12, 12, 200),
        Size("base", 128, 64, 128, 64, 20, 20, 2000),
        Size("long", 128, 128, 256, 16, 100, 50, 5000),
    ]
}
SCORERS = ["bahdanau", "luong-dot", "luong-general", "luong-concat", "scaled-dot", "projected-dot",
           "location", "location-sensitive", "coverage", "uniform", "none"]
WITHOUT_SCORES = {"uniform", "none"}
# What stands in a Transformer of the papers between encoder and decoder.
TRANSFORMER_SCORER = "multi-head-scaled-dot"
PARTS = {"train": "one training step", "decode": "greedy decoding of one batch",
         "transformer": "one training step with --body transformer; PyTorch's own Transformer layers", "scores": "the scores alone, there and back"}

# As in Sources/attention/Subcommands/BenchFigures.swift.
SCORES_BATCH, SCORES_WIDTH, SCORES_LENGTHS = 32, 128, [16, 64, 256, 1024]
# Scores take microseconds: they are repeated more often than whole steps.
SCORES_REPEATS = 4
MEMORY_REPEATS = 5


class Failure(Exception):
    """Something to tell the user in a sentence. Code 2: the input or the machine lacks something; 1: a run failed."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


# Running the two sides.


@dataclass(frozen=True)
class Run:
    """What one process printed, and the most memory it ever held."""

    output: Any
    peak_bytes: int


def bytes_of(maxrss: int) -> int:
    """Linux counts in KiB, macOS in bytes."""
    return maxrss if sys.platform == "darwin" else maxrss * 1024


def run(what: str, command: list[str]) -> Run:
    """Runs a command that writes JSON. Its memory comes from the system, which keeps account of each process that ends."""
    with tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT) as process:
            try:
                output = process.stdout.read()
                _, status, usage = os.wait4(process.pid, 0)
            except BaseException:
                process.kill()
                raise
            process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode != 0:
            raise Failure(f"{what} failed with code {process.returncode}: {last_line(errors.read())}")
    try:
        return Run(json.loads(output), bytes_of(usage.ru_maxrss))
    except json.JSONDecodeError:
        raise Failure(f"{what} did not write JSON; it began with “{output[:60].strip()}”") from None


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it wrote nothing to standard error"])[-1]


def run_pytorch(task: str, threads: int, **request: Any) -> Run:
    return run("PyTorch", [sys.executable, "-B", str(PEER), json.dumps({"task": task, "threads": threads, **request})])


def run_bench(attention: Path, what: str, threads: int, repeats: int, scorers: list[str], *more: str) -> Run:
    # Several threads work on one model's batch, as PyTorch's do; without --shards each would train a model of its own.
    shared = ["--threads", str(threads), "--shards", str(threads)] if threads > 1 else []
    return run("attention bench", [str(attention), "bench", "--what", what, "--scorers", ",".join(scorers), "--repeats", str(repeats),
                                   "--format", "json", "--quiet", *shared, *more])


def bench_models(attention: Path, size: Size, options: Options, scorers: list[str], repeats: int, *more: str) -> Run:
    return run_bench(attention, "models", options.threads, repeats, scorers, "--sizes", size.name, "--batch", str(size.batch), *more)


# What was asked for.


@dataclass(frozen=True)
class Options:
    parts: list[str]
    sizes: list[Size]
    scorers: list[str]
    threads: int
    rounds: int
    repeats: int
    attention: Optional[Path]
    memory: bool
    as_json: bool


def names(text: str, what: str, known: list[str]) -> list[str]:
    """Names between commas, in the order in which they are known."""
    given = known if text == "all" else [name.strip() for name in text.split(",")]
    for name in given:
        if name not in known:
            raise Failure(f"there is no {what} “{name}”; there are {', '.join(known)}, or all", 2)
    return [name for name in known if name in given]


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Failure(f"{message}; see --help", 2)


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of at least 1")
    return int(text)


def parse(arguments: list[str]) -> Options:
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--what", metavar="A,B", default="all", help=f"{', '.join(PARTS)}, or all (all)")
    parser.add_argument("--sizes", metavar="A,B", default="small,base",
                        help=f"{', '.join(SIZES)}, or all; of the models, for train and decode (small,base)")
    parser.add_argument("--scorers", metavar="A,B", default="all", help="as `attention scorers` lists them (all)")
    parser.add_argument("--batch", metavar="N", type=positive, help="sentences side by side in the models (as the size says: 32, 64, 16)")
    parser.add_argument("--threads", metavar="N", type=positive, default=1, help="of either side, all for one model (1)")
    parser.add_argument("--rounds", metavar="N", type=positive, default=3, help="PyTorch, then AttentionLab, so many times; the median counts (3)")
    parser.add_argument("--repeats", metavar="N", type=positive, default=15,
                        help="timed steps a figure and round; a third as many for decode, four times as many for scores (15)")
    parser.add_argument("--attention", metavar="PATH", type=Path, help="an `attention` that is built already (builds .build/debug/attention)")
    parser.add_argument("--no-memory", action="store_true", help="leave out the peak memory of training")
    parser.add_argument("--json", action="store_true", help="for a program, every round's figures included")
    given = parser.parse_args(arguments)
    parts, scorers = names(given.what, "part", list(PARTS)), names(given.scorers, "scorer", SCORERS)
    if parts == ["scores"] and set(scorers) <= WITHOUT_SCORES:
        raise Failure(f"{' and '.join(scorers)} compute no scores; add another scorer, or --what train", 2)
    cores = os.cpu_count() or 1
    if given.threads > cores:
        raise Failure(f"--threads is {given.threads}, but this machine has {cores}", 2)
    sizes = [SIZES[name] for name in names(given.sizes, "size", list(SIZES))]
    if given.batch:
        sizes = [replace(size, batch=given.batch) for size in sizes]
    return Options(parts, sizes, scorers, given.threads, given.rounds, given.repeats, given.attention, not given.no_memory, given.json)


def need_pytorch() -> None:
    if importlib.util.find_spec("torch") is None:
        raise Failure(f"PyTorch is not installed for {sys.executable}. Install it outside the project and use that Python: "
                      "`python3 -m venv ~/torch && ~/torch/bin/pip install torch`, then `~/torch/bin/python Tests/Peers/side_by_side.py`.", 2)


def attention_program(given: Optional[Path]) -> Path:
    """The program to measure, built unless it is given."""
    if given is not None:
        if not os.access(given, os.X_OK) or given.is_dir():
            raise Failure(f"--attention: {given} is not a program; leave it out to build one", 2)
        return given.resolve()
    remark("swift build --product attention")
    try:
        build = subprocess.run(["swift", "build", "--product", "attention"], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except FileNotFoundError:
        raise Failure("there is no `swift` to build AttentionLab with; install it from swift.org, or name a program that is built: --attention PATH",
                      2) from None
    if build.returncode != 0:
        raise Failure(f"swift build failed:\n{build.stdout.strip()}")
    return ROOT / ".build" / "debug" / "attention"


def warn_if_busy(threads: int) -> None:
    """Threads that share a core with other work wait for one another: PyTorch's can then take a hundred times as long."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load + threads > cores + 0.5:
        remark(f"Other programs keep {load:.1f} of {cores} cores busy, and this needs {threads}: "
               + ("times will vary." if threads == 1 else "with more than one thread the figures say nothing of either side."))


def remark(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# Measuring.


@dataclass
class Pair:
    """The same thing measured on both sides, once a round."""

    part: str
    scorer: str
    where: str  # the size's name; for scores the source length
    unit: str
    attention: list[float] = field(default_factory=list)
    pytorch: list[float] = field(default_factory=list)
    attention_parameters: int = 0
    pytorch_parameters: int = 0

    @property
    def ratio(self) -> float:
        """How many times as fast AttentionLab is."""
        return statistics.median(self.pytorch) / statistics.median(self.attention)

    @property
    def ratios(self) -> list[float]:
        return [theirs / ours for theirs, ours in zip(self.pytorch, self.attention)]


@dataclass
class Memory:
    """Peak resident bytes of a process that trains."""

    size: str
    scorer: str
    attention: int
    pytorch: int
    pytorch_imported: int


class Measurement:
    def __init__(self, options: Options, attention: Path) -> None:
        self.options, self.attention = options, attention
        self.pairs: dict[tuple[str, str, str], Pair] = {}
        self.memory: list[Memory] = []
        self.machine: dict[str, Any] = {}
        self.peak = 0.0
        remark("PyTorch, golden numbers")
        self.golden = run_pytorch("golden", 1, path=str(GOLDEN_NUMBERS)).output

    def measure(self) -> None:
        options = self.options
        for round_ in range(options.rounds):
            if {"train", "decode"} & set(options.parts):
                for size in options.sizes:
                    remark(f"round {round_ + 1} of {options.rounds}, {size.name} model")
                    self.measure_models(size)
            if "transformer" in options.parts:
                for size in options.sizes:
                    remark(f"round {round_ + 1} of {options.rounds}, {size.name} Transformer")
                    self.measure_transformer(size)
            if "scores" in options.parts and set(options.scorers) - WITHOUT_SCORES:
                remark(f"round {round_ + 1} of {options.rounds}, scores")
                self.measure_scores()
        if options.memory and "train" in options.parts:
            for size in options.sizes:
                remark(f"memory, {size.name} model")
                self.measure_memory(size)

    def pair(self, part: str, scorer: str, where: str, unit: str) -> Pair:
        return self.pairs.setdefault((part, where, scorer), Pair(part, scorer, where, unit))

    def bench_figures(self, output: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """One list of bench's figures; machine and peak are kept as well."""
        self.machine = output["machine"]
        self.peak = max(self.peak, output["peak"]["one_core_gflop_per_second"])
        return output[key]

    def measure_models(self, size: Size) -> None:
        options = self.options
        parts = [part for part in options.parts if part in ("train", "decode")]
        theirs = run_pytorch("models", options.threads, what=parts, scorers=options.scorers, size=asdict(size), repeats=options.repeats).output
        ours = self.bench_figures(bench_models(self.attention, size, options, options.scorers, options.repeats).output, "models")
        keys = {"train": "training_step_milliseconds", "decode": "decoding_milliseconds"}
        for part in parts:
            for one in ours:
                pair = self.pair(part, one["scorer"], size.name, "ms")
                pair.attention.append(one[keys[part]])
                pair.attention_parameters = one["parameters"]
            for one in theirs:
                pair = self.pair(part, one["scorer"], size.name, "ms")
                pair.pytorch.append(one[part])
                pair.pytorch_parameters = one["parameters"]

    def measure_transformer(self, size: Size) -> None:
        """PyTorch's layers read embeddings as wide as they are."""
        if size.embedding != 2 * size.hidden:
            return remark(f"the {size.name} size is left out of transformer: its E is not D")
        options = self.options
        theirs = run_pytorch("transformer", options.threads, size=asdict(size), repeats=options.repeats).output
        ours = self.bench_figures(
            bench_models(self.attention, size, options, [TRANSFORMER_SCORER], options.repeats, "--body", "transformer").output, "models")
        pair = self.pair("transformer", TRANSFORMER_SCORER, size.name, "ms")
        pair.attention.append(ours[0]["training_step_milliseconds"])
        pair.pytorch.append(theirs["train"])

    def measure_scores(self) -> None:
        scorers = [scorer for scorer in self.options.scorers if scorer not in WITHOUT_SCORES]
        repeats = self.options.repeats * SCORES_REPEATS
        # One thread on both sides, as bench has it.
        theirs = run_pytorch("scores", 1, scorers=scorers, batch=SCORES_BATCH, width=SCORES_WIDTH, lengths=SCORES_LENGTHS, repeats=repeats).output
        ours = run_bench(self.attention, "scorers", 1, repeats, scorers, "--lengths", ",".join(map(str, SCORES_LENGTHS))).output
        for one in self.bench_figures(ours, "scorers"):
            self.pair("scores", one["scorer"], str(one["source"]), "µs").attention.append(one["scores_backward_microseconds"])
        for one in theirs:
            self.pair("scores", one["scorer"], str(one["source"]), "µs").pytorch.append(one["scores"])

    def measure_memory(self, size: Size) -> None:
        scorer = self.options.scorers[0]
        theirs = run_pytorch("memory", self.options.threads, scorer=scorer, size=asdict(size), repeats=MEMORY_REPEATS)
        ours = bench_models(self.attention, size, self.options, [scorer], MEMORY_REPEATS)
        self.memory.append(Memory(size.name, scorer, ours.peak_bytes, theirs.peak_bytes, bytes_of(theirs.output["imported_rss"])))

    def of_part(self, part: str) -> list[Pair]:
        return [pair for pair in self.pairs.values() if pair.part == part]


# Telling.


def number(value: float) -> str:
    """Three digits or more."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head: list[str], groups: list[list[list[str]]], left: int = 2) -> str:
    """Columns under their names, the first `left` of them to the left; a blank line between groups of rows."""
    widths = [max(map(len, column)) for column in zip(head, *(row for group in groups for row in group))]

    def line(cells: list[str]) -> str:
        padded = [cell.ljust(width) if i < left else cell.rjust(width) for i, (cell, width) in enumerate(zip(cells, widths))]
        return ("  " + "  ".join(padded)).rstrip()

    body = "\n\n".join("\n".join(map(line, group)) for group in groups)
    return "\n".join([line(head), line(["─" * width for width in widths]), body])


def models_table(pairs: list[Pair]) -> str:
    """A group for each size."""
    several = len(pairs[0].ratios) > 1
    groups: dict[str, list[list[str]]] = {}
    for pair in pairs:
        row = [pair.scorer, pair.where, number(statistics.median(pair.attention)), number(statistics.median(pair.pytorch)), number(pair.ratio)]
        groups.setdefault(pair.where, []).append(row + ([f"{number(min(pair.ratios))} – {number(max(pair.ratios))}"] if several else []))
    head = ["scorer", "size", "AttentionLab ms", "PyTorch ms", "times as fast"] + (["in the rounds"] if several else [])
    return table(head, list(groups.values()))


def scores_table(pairs: list[Pair]) -> str:
    """A group for each scorer, a line for each side, a column for each source length."""
    groups: dict[str, list[list[str]]] = {}
    for pair in pairs:
        group = groups.setdefault(pair.scorer, [[pair.scorer, "AttentionLab"], ["", "PyTorch"], ["", "times as fast"]])
        for row, value in zip(group, [statistics.median(pair.attention), statistics.median(pair.pytorch), pair.ratio]):
            row.append(number(value))
    return table(["scorer", "µs, source words:"] + [str(length) for length in SCORES_LENGTHS], list(groups.values()))


def memory_table(memory: list[Memory]) -> str:
    rows = [[one.scorer, one.size] + [f"{count / 2**20:.0f}" for count in (one.attention, one.pytorch, one.pytorch_imported)] for one in memory]
    return table(["scorer", "size", "AttentionLab MiB", "PyTorch MiB", "of it before the model"], [rows])


def sameness(measurement: Measurement) -> list[str]:
    """Whether both sides are the same model, in sentences."""
    errors = measurement.golden["errors"]
    worst = max(errors.values())
    if worst < 1e-9:
        text = [f"PyTorch's model gives the golden numbers that AttentionLab's tests ask for: losses and gradients of {len(errors)} scorers, "
                f"to {worst:.0e}."]
    else:
        text = [f"PyTorch's model is not the same: it misses the golden numbers by up to {worst:.0e}."]
    differing = {(p.scorer, p.where): p for p in measurement.pairs.values() if p.attention_parameters != p.pytorch_parameters}
    compared = {(p.scorer, p.where) for p in measurement.pairs.values() if p.attention_parameters}
    for pair in differing.values():
        text.append(f"{pair.scorer}, {pair.where}: AttentionLab has {pair.attention_parameters} parameters, PyTorch {pair.pytorch_parameters}.")
    if compared and not differing:
        text.append(f"Both sides have the same number of parameters in all {len(compared)} models.")
    return text


def versions(measurement: Measurement) -> str:
    machine, golden = measurement.machine, measurement.golden
    threads = measurement.options.threads
    return (f"{machine['processor']}, {machine['cores']} cores, {machine['system']}; AttentionLab {attention_version(measurement)}, "
            f"Swift {machine['swift']}, {machine['build']}; PyTorch {golden['torch']}, {golden['instructions']}, Python {sys.version.split()[0]}; "
            f"{threads} {'thread' if threads == 1 else 'threads'}; peak of one core {measurement.peak:.0f} GFLOP/s; {datetime.date.today()}")


def attention_version(measurement: Measurement) -> str:
    """The program's own version, and the commit if it was built here and git knows."""
    def said(*command: str) -> str:
        try:
            return subprocess.run(command, cwd=ROOT, text=True, capture_output=True).stdout.strip()
        except OSError:
            return ""

    own, commit = said(str(measurement.attention), "--version").removeprefix("attention "), said("git", "rev-parse", "--short", "HEAD")
    return f"{own} ({commit})" if commit and measurement.options.attention is None else own


def as_text(measurement: Measurement) -> str:
    options = measurement.options
    blocks = [versions(measurement), "\n".join(sameness(measurement))]
    for part in options.parts:
        pairs, title = measurement.of_part(part), PARTS[part]
        if part == "scores":
            title += f"; {SCORES_BATCH} sentences, D = A = {SCORES_WIDTH}, one thread"
        elif part == "decode" and options.threads > 1:
            title += "; AttentionLab on one thread"
        if pairs:
            blocks.append(f"{part}: {title}\n\n" + (scores_table(pairs) if part == "scores" else models_table(pairs)))
    if measurement.memory:
        blocks.append("memory: the most that a training process ever held, libraries included\n\n" + memory_table(measurement.memory))
    return "\n\n".join(blocks)


def as_json(measurement: Measurement) -> str:
    figures = [{**asdict(pair), "times_as_fast": pair.ratio} for pair in measurement.pairs.values()]
    return json.dumps({
        "machine": measurement.machine, "attention": attention_version(measurement), "pytorch": measurement.golden["torch"],
        "pytorch_instructions": measurement.golden["instructions"], "golden_errors": measurement.golden["errors"],
        "date": str(datetime.date.today()), "threads": measurement.options.threads, "rounds": measurement.options.rounds,
        "repeats": measurement.options.repeats, "peak_gflop_per_second": measurement.peak, "figures": figures,
        "peak_bytes": [asdict(one) for one in measurement.memory],
    }, indent=2)


def main() -> int:
    try:
        options = parse(sys.argv[1:])
        need_pytorch()
        warn_if_busy(options.threads)
        measurement = Measurement(options, attention_program(options.attention))
        measurement.measure()
        print(as_json(measurement) if options.as_json else as_text(measurement), flush=True)
        return 0
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Failure as failure:
        remark(f"side_by_side: {failure}")
        return failure.code
    except KeyboardInterrupt:
        remark("side_by_side: interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main())
