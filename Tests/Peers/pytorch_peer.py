"""The reference model of AttentionLab in PyTorch: the other column of side_by_side.py, which runs this file in a process of its own.

Written from the model's definition (Sources/Seq2Seq, Sources/AttentionScorers), as somebody who uses PyTorch would write it:
plain eager modules on the CPU, nn.GRU over the whole source, everything over all steps at once that does not have to wait
for the step before. It is a peer to measure against, not a way to train models.

Axes: B batch, S source length, T target length, E embedding, H encoder units a direction, D = 2H, A attention width, V vocabulary.

    python3 pytorch_peer.py '{"task": "models", …}'     reads a request, writes JSON; side_by_side.py has the requests
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any, Callable, NamedTuple, Optional

import torch
from torch import Tensor, nn
from torch.nn import functional as F

IMPORTED_RSS = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # before any model, with all libraries

PAD, BEGIN, END, SPECIALS = 0, 1, 2, 4


class Past(NamedTuple):
    """What scorers may know of earlier steps, both [B,S]."""

    previous: Tensor
    coverage: Tensor


class ScorerSizes(NamedTuple):
    state: int  # D
    attention: int  # A
    maximum_source: int  # M
    filters: int = 8
    filter_width: int = 5


# Scorers: one class for each family, one line for each name in SCORERS.


class Scorer(nn.Module):
    """e [B,S] of a query s [B,D]. Baseline `uniform`: e = 0."""

    reads_coverage = False

    def __init__(self, sizes: ScorerSizes) -> None:
        super().__init__()

    def keys(self, states: Tensor) -> Tensor:
        """What depends on the states h [B,S,D] alone, once a batch."""
        return states

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        return query.new_zeros(keys.shape[:2])


class NoAttention(Scorer):
    """Baseline: the context is the summary at every step; the model never asks for scores."""


class Additive(Scorer):
    """vᵀ tanh(W s + U hᵢ + b), Bahdanau et al. 2015."""

    has_bias = True

    def __init__(self, sizes: ScorerSizes) -> None:
        super().__init__(sizes)
        self.of_query = nn.Linear(sizes.state, sizes.attention, bias=self.has_bias)
        self.of_state = nn.Linear(sizes.state, sizes.attention, bias=False)
        self.v = nn.Linear(sizes.attention, 1, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        return self.of_state(states)

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        return self.v(torch.tanh(keys + self.of_query(query).unsqueeze(1))).squeeze(2)


class Concat(Additive):
    """vᵀ tanh(W [s ; hᵢ]), Luong et al. 2015: W's two halves, the state's half computed once."""

    has_bias = False


class Coverage(Additive):
    """vᵀ tanh(W s + U hᵢ + w covᵢ + b), See et al. 2017."""

    reads_coverage = True

    def __init__(self, sizes: ScorerSizes) -> None:
        super().__init__(sizes)
        self.of_coverage = nn.Linear(1, sizes.attention, bias=False)

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        return super().forward(query, keys + self.of_coverage(past.coverage.unsqueeze(2)), past)


class LocationSensitive(Additive):
    """vᵀ tanh(W s + U hᵢ + X fᵢ + b), f = F ∗ α of the step before, Chorowski et al. 2015."""

    def __init__(self, sizes: ScorerSizes) -> None:
        super().__init__(sizes)
        self.filters = nn.Conv1d(1, sizes.filters, sizes.filter_width, padding=sizes.filter_width // 2, bias=False)
        self.of_filters = nn.Linear(sizes.filters, sizes.attention, bias=False)

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        seen = self.filters(past.previous.unsqueeze(1)).transpose(1, 2)
        return super().forward(query, keys + self.of_filters(seen), past)


class Dot(Scorer):
    """sᵀ hᵢ, Luong et al. 2015."""

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        # torch.bmm(keys, query.unsqueeze(2)) says the same; there and back it takes one and a half to two and a half times as long.
        return (keys * query.unsqueeze(1)).sum(2)


class ScaledDot(Dot):
    """sᵀ hᵢ / √D, Vaswani et al. 2017."""

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        return super().forward(query / query.shape[1] ** 0.5, keys, past)


class General(Dot):
    """sᵀ W hᵢ, Luong et al. 2015."""

    def __init__(self, sizes: ScorerSizes) -> None:
        super().__init__(sizes)
        self.of_state = nn.Linear(sizes.state, sizes.state, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        return self.of_state(states)


class ProjectedDot(ScaledDot):
    """(W s)ᵀ (U hᵢ) / √A, one head of Vaswani et al. 2017 without its value projection."""

    def __init__(self, sizes: ScorerSizes) -> None:
        super().__init__(sizes)
        self.of_query = nn.Linear(sizes.state, sizes.attention, bias=False)
        self.of_state = nn.Linear(sizes.state, sizes.attention, bias=False)

    def keys(self, states: Tensor) -> Tensor:
        return self.of_state(states)

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        return super().forward(self.of_query(query), keys, past)


class Location(Scorer):
    """(W s)ᵢ, Luong et al. 2015."""

    def __init__(self, sizes: ScorerSizes) -> None:
        super().__init__(sizes)
        self.of_query = nn.Linear(sizes.state, sizes.maximum_source, bias=False)

    def forward(self, query: Tensor, keys: Tensor, past: Past) -> Tensor:
        return self.of_query(query)[:, : keys.shape[1]]


SCORERS: dict[str, type[Scorer]] = {
    "bahdanau": Additive,
    "luong-dot": Dot,
    "luong-general": General,
    "luong-concat": Concat,
    "scaled-dot": ScaledDot,
    "projected-dot": ProjectedDot,
    "location": Location,
    "location-sensitive": LocationSensitive,
    "coverage": Coverage,
    "uniform": Scorer,
    "none": NoAttention,
}


# The model.


class Memory(NamedTuple):
    """The encoded source of one batch."""

    states: Tensor  # h [B,S,D]
    keys: Tensor  # [B,S,·]
    summary: Tensor  # [B,D]
    padding: Optional[Tensor]  # [B,S], true in the padding; None where no sentence has any, and no step has to mask


class Model(nn.Module):
    """Encoder, attention, decoder; the equations are those of Sources/Seq2Seq/Encoder.swift and Decoder.swift."""

    def __init__(self, scorer: str, sizes: ScorerSizes, embedding: int, vocabulary: int) -> None:
        super().__init__()
        d = sizes.state
        self.source = nn.Embedding(vocabulary, embedding)
        self.target = nn.Embedding(vocabulary, embedding)
        self.encoder = nn.GRU(embedding, d // 2, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(d, d)
        self.scorer = SCORERS[scorer](sizes)
        self.cell = nn.GRUCell(embedding + d, d)
        self.readout = nn.Linear(2 * d, d)
        self.output = nn.Linear(d, vocabulary)
        self.attends = scorer != "none"

    def remember(self, source: Tensor, lengths: Tensor) -> Memory:
        """[B,S], [B] → states, keys, summary."""
        words, padding = self.source(source), None
        if int(lengths.min()) < source.shape[1]:
            packed = nn.utils.rnn.pack_padded_sequence(words, lengths, batch_first=True, enforce_sorted=False)
            outputs, last = self.encoder(packed)
            states, _ = nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=source.shape[1])
            padding = torch.arange(source.shape[1]) >= lengths.unsqueeze(1)
        else:
            states, last = self.encoder(words)
        # `last` holds the last state of each direction: the forward one at the last word, the backward one at the first.
        summary = torch.cat([last[0], last[1]], 1)
        return Memory(states, self.scorer.keys(states), summary, padding)

    def begin(self, memory: Memory) -> tuple[Tensor, Tensor, Past]:
        """s₀, c₀ and a past without steps."""
        context = torch.zeros_like(memory.summary) if self.attends else memory.summary
        nowhere = memory.states.new_zeros(memory.states.shape[:2])
        return torch.tanh(self.bridge(memory.summary)), context, Past(nowhere, nowhere)

    def step(self, word: Tensor, state: Tensor, context: Tensor, past: Past, memory: Memory) -> tuple[Tensor, Tensor, Past]:
        """s_t, c_t from the last word's embedding [B,E], s_{t−1} and c_{t−1}."""
        state = self.cell(torch.cat([word, context], 1), state)
        if not self.attends:
            return state, context, past
        scores = self.scorer(state, memory.keys, past)
        if memory.padding is not None:
            scores = scores.masked_fill(memory.padding, -torch.inf)
        weights = torch.softmax(scores, 1)
        context = torch.bmm(weights.unsqueeze(1), memory.states).squeeze(1)
        return state, context, Past(weights, past.coverage + weights if self.scorer.reads_coverage else past.coverage)

    def logits(self, context: Tensor, state: Tensor) -> Tensor:
        """[…,D], […,D] → […,V]"""
        return self.output(torch.tanh(self.readout(torch.cat([context, state], -1))))

    def loss(self, source: Tensor, lengths: Tensor, target_input: Tensor, target_output: Tensor) -> Tensor:
        """Teacher forcing; mean cross-entropy over the real words."""
        memory = self.remember(source, lengths)
        state, context, past = self.begin(memory)
        states, contexts = [], []
        for word in self.target(target_input.t()).unbind(0):  # time first: a step's words are one block
            state, context, past = self.step(word, state, context, past, memory)
            states.append(state)
            contexts.append(context)
        logits = self.logits(torch.stack(contexts), torch.stack(states))
        return F.cross_entropy(logits.flatten(0, 1), target_output.t().flatten(), ignore_index=PAD)

    @torch.no_grad()
    def greedy(self, source: Tensor, lengths: Tensor, steps: int) -> Tensor:
        """The most probable words, [steps,B]. Runs to the last step: a random model rarely ends a sentence before."""
        memory = self.remember(source, lengths)
        state, context, past = self.begin(memory)
        words = torch.full((source.shape[0],), BEGIN)
        produced = []
        for _ in range(steps):
            state, context, past = self.step(self.target(words), state, context, past, memory)
            words = self.logits(context, state)[:, END:].argmax(1) + END  # never padding or begin
            produced.append(words)
        return torch.stack(produced)


class Transformer(nn.Module):
    """PyTorch's own Transformer layers at the size of `--body transformer`: two on each side, four heads, F = 2D, norms first, no dropout.

    Its attention has biases that AttentionLab's has not.
    """

    LAYERS, HEADS = 2, 4

    def __init__(self, d: int, embedding: int, vocabulary: int, longest: int) -> None:
        super().__init__()
        if embedding != d:
            raise ValueError("PyTorch's layers read embeddings as wide as they are: E = D")
        shape: dict[str, Any] = {"d_model": d, "nhead": self.HEADS, "dim_feedforward": 2 * d, "dropout": 0.0, "batch_first": True, "norm_first": True}
        self.source = nn.Embedding(vocabulary, d)
        self.target = nn.Embedding(vocabulary, d)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(**shape), self.LAYERS, nn.LayerNorm(d), enable_nested_tensor=False)
        self.decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(**shape), self.LAYERS, nn.LayerNorm(d))
        self.output = nn.Linear(d, vocabulary)
        angle = torch.arange(longest)[:, None] / 10000 ** (torch.arange(0, d, 2) / d)
        self.register_buffer("places", torch.stack([angle.sin(), angle.cos()], -1).flatten(1))
        self.register_buffer("later", nn.Transformer.generate_square_subsequent_mask(longest))

    def placed(self, words: Tensor) -> Tensor:
        return words * words.shape[2] ** 0.5 + self.places[:words.shape[1]]

    def loss(self, source: Tensor, lengths: Tensor, target_input: Tensor, target_output: Tensor) -> Tensor:
        """Teacher forcing; no sentence of the batch is padded."""
        steps = target_input.shape[1]
        states = self.encoder(self.placed(self.source(source)))
        read = self.decoder(self.placed(self.target(target_input)), states, tgt_mask=self.later[:steps, :steps], tgt_is_causal=True)
        return F.cross_entropy(self.output(read).flatten(0, 1), target_output.flatten(), ignore_index=PAD)


# Measuring.


def settle_memory() -> None:
    """Lets glibc's malloc keep large blocks instead of returning each to the system and asking for new pages in the next step.

    It learns that from the largest block, up to 32 MiB, that was ever freed. Without it the same step took up to eight times as long
    at one moment as at another; this gives every process PyTorch's best conditions. Elsewhere it does nothing.
    """
    torch.zeros(31 * 2**20, dtype=torch.uint8)


def median_seconds(repeats: int, work: Callable[[], Any]) -> float:
    """As `attention bench` does it: a fifth of the repeats is not counted, then the median."""
    for _ in range(max(1, repeats // 5)):
        work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


class Probe:
    """A model with a batch of random sentences, all of full length."""

    def __init__(self, scorer: Optional[str], size: dict[str, Any]) -> None:
        """`scorer` None: PyTorch's own Transformer."""
        sizes = ScorerSizes(2 * size["hidden"], size["attention"], max(64, size["source"]))
        torch.manual_seed(1)
        if scorer is None:
            self.model = Transformer(sizes.state, size["embedding"], size["vocabulary"], max(size["source"], size["target"]))
        else:
            self.model = Model(scorer, sizes, size["embedding"], size["vocabulary"])
        self.adam = torch.optim.Adam(self.model.parameters())
        self.steps = size["target"]
        self.source = torch.randint(SPECIALS, size["vocabulary"], (size["batch"], size["source"]))
        self.lengths = torch.full((size["batch"],), size["source"])
        words = torch.randint(SPECIALS, size["vocabulary"], (size["batch"], size["target"] - 1))
        edge = torch.ones((size["batch"], 1), dtype=torch.long)
        self.target_input = torch.cat([edge * BEGIN, words], 1)
        self.target_output = torch.cat([words, edge * END], 1)

    def train(self) -> None:
        self.adam.zero_grad()
        self.model.loss(self.source, self.lengths, self.target_input, self.target_output).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.adam.step()

    def decode(self) -> None:
        self.model.greedy(self.source, self.lengths, self.steps)

    @property
    def parameters(self) -> int:
        return sum(p.numel() for p in self.model.parameters())


def measure_models(request: dict[str, Any]) -> list[dict[str, Any]]:
    """Milliseconds of training steps and decoding, for each scorer at one size."""
    rows = []
    for scorer in request["scorers"]:
        probe, repeats = Probe(scorer, request["size"]), request["repeats"]
        row: dict[str, Any] = {"scorer": scorer, "parameters": probe.parameters}
        if "decode" in request["what"]:
            row["decode"] = median_seconds(max(3, repeats // 3), probe.decode) * 1e3
        if "train" in request["what"]:
            row["train"] = median_seconds(repeats, probe.train) * 1e3
        rows.append(row)
    return rows


def measure_transformer(request: dict[str, Any]) -> dict[str, Any]:
    """Milliseconds of a training step of PyTorch's own Transformer at one size."""
    return {"train": median_seconds(request["repeats"], Probe(None, request["size"]).train) * 1e3}


def measure_scores(request: dict[str, Any]) -> list[dict[str, Any]]:
    """Microseconds of the scores alone, forward and backward as far as query, keys and the scorer's own parameters."""
    batch, width, rows = request["batch"], request["width"], []
    for name in request["scorers"]:
        for length in request["lengths"]:
            torch.manual_seed(1)
            scorer = SCORERS[name](ScorerSizes(width, width, max(64, length)))
            query = torch.rand(batch, width, requires_grad=True)
            with torch.no_grad():
                keys = torch.rand_like(scorer.keys(torch.rand(batch, length, width)))
            keys.requires_grad_()
            nowhere = torch.zeros(batch, length)
            past, trained = Past(nowhere, nowhere), [query, keys, *scorer.parameters()]

            def there_and_back() -> None:
                for one in trained:
                    one.grad = None
                scorer(query, keys, past).sum().backward()

            rows.append({"scorer": name, "source": length, "scores": median_seconds(request["repeats"], there_and_back) * 1e6})
    return rows


def train_a_little(request: dict[str, Any]) -> dict[str, Any]:
    """A few training steps and nothing else, for a look at the memory they take."""
    probe = Probe(request["scorer"], request["size"])
    for _ in range(request["repeats"]):
        probe.train()
    return {"imported_rss": IMPORTED_RSS}


# Is it the same model? The golden numbers that the tests hold AttentionLab against.

GOLDEN_NAMES = {"additive": "bahdanau", "dot": "luong-dot", "general": "luong-general", "concat": "luong-concat",
                "scaled": "scaled-dot", "location": "location", "none": "none"}
GOLDEN_PARAMETERS = {"scorer.w_query.": "scorer.of_query.", "scorer.w_key.": "scorer.of_state."}


def golden_name(scorer: str, name: str) -> str:
    """The golden file's name of a parameter → this file's."""
    for theirs, ours in GOLDEN_PARAMETERS.items():
        name = name.replace(theirs, ours)
    return name.replace("scorer.w.", "scorer.of_query." if scorer == "location" else "scorer.of_state.")


def check_golden_numbers(request: dict[str, Any]) -> dict[str, Any]:
    """The largest relative error of loss and gradients of this model in float64, padding included, for each scorer with golden numbers."""
    errors: dict[str, float] = {}
    for case in json.loads(Path(request["path"]).read_text())["cases"]:
        scorer = GOLDEN_NAMES.get(case["scorer"])
        if scorer is None:
            continue
        tensors = {golden_name(scorer, name): torch.tensor(value, dtype=torch.float64) for name, value in case["parameters"].items()}
        vocabulary, embedding = tensors["source.weight"].shape
        state = tensors["bridge.bias"].numel()
        attention = tensors.get("scorer.of_query.weight", torch.empty(1)).shape[0]
        model = Model(scorer, ScorerSizes(state, attention, attention), embedding, vocabulary).double()
        model.load_state_dict(tensors)
        source = torch.tensor(case["source"])
        loss = model.loss(source, (source != PAD).sum(1), torch.tensor(case["target_in"]), torch.tensor(case["target_out"]))
        loss.backward()
        gradients = {name: p.grad for name, p in model.named_parameters()}
        error = abs(loss.item() - case["loss"]) / abs(case["loss"])
        for name, value in case["gradients"].items():
            expected = torch.tensor(value, dtype=torch.float64)
            got = gradients[golden_name(scorer, name)]
            scale = expected.abs().max().clamp_min(1e-12)
            error = max(error, ((torch.zeros_like(expected) if got is None else got) - expected).abs().max().div(scale).item())
        errors[scorer] = error
    return {"errors": errors, "torch": torch.__version__, "instructions": torch.backends.cpu.get_cpu_capability()}


TASKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "models": measure_models, "transformer": measure_transformer, "scores": measure_scores, "memory": train_a_little, "golden": check_golden_numbers,
}


def main() -> None:
    if len(sys.argv) != 2 or not sys.argv[1].startswith("{"):
        sys.exit("This is the PyTorch half of side_by_side.py; run that instead: python3 Tests/Peers/side_by_side.py --help")
    request = json.loads(sys.argv[1])
    torch.set_num_threads(request["threads"])
    if request["task"] in ("models", "transformer", "scores"):
        settle_memory()
    print(json.dumps(TASKS[request["task"]](request)))


if __name__ == "__main__":
    main()
