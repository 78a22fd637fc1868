"""Computes the golden numbers of this folder once more, by other means than those that wrote them.

The files were written with PyTorch 2.15 in float64, which drew the inputs (seed 7) and differentiated. This program
takes inputs, parameters, lengths and probes from a file, has the equations of the papers in NumPy, and differentiates
by the complex step: f'(x) = Im f(x + ih) / h with h = 1e-30, which subtracts nothing and so loses no digit.

    python3 Tests/Fixtures/make_goldens.py            compares with the stored files; exit code 1 where a number differs
    python3 Tests/Fixtures/make_goldens.py --write DIR   writes the computed files into DIR

Needs NumPy alone. For a new case write its inputs, parameters, lengths and probe into the file, with zeros for the rest,
and its equation here; --write computes the rest.
"""

import argparse
import json
import pathlib
import sys

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent
STEP = 1e-30
#: Of the size of the largest number of an array: float64 has 16 digits, and sums of many products lose one or two.
TOLERANCE = 1e-12
#: Cases of mechanisms that are no scorers of the library.
LEFT_OUT = ("local-p", "multi-head")


# MARK: cells. Gates of GRU: reset, update, new; of LSTM: input, forget, new, output. Rows of the matrices in that order.

def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def gru(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    r_x, z_x, n_x = np.split(x @ weight_ih.T + bias_ih, 3, axis=1)
    r_h, z_h, n_h = np.split(h @ weight_hh.T + bias_hh, 3, axis=1)
    z = sigmoid(z_x + z_h)
    return {"h": (1 - z) * np.tanh(n_x + sigmoid(r_x + r_h) * n_h) + z * h}


def lstm(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = np.split(x @ weight_ih.T + bias_ih + h @ weight_hh.T + bias_hh, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return {"h": sigmoid(o) * np.tanh(c), "c": c}


def cell(case, values):
    out = {"gru": gru, "lstm": lstm}[case["name"]](**values)
    out["loss"] = sum((part * np.array(case["probe"])).sum() for part in list(out.values()))
    return out


# MARK: scorers. s [B,D], h [B,S,D] → e [B,S].

def dot(s, h):
    return np.einsum("bd,bsd->bs", s, h)


def additive(v, inside):
    return np.tanh(inside) @ v


def cosine(s, h, beta):
    def unit(x):
        # Not np.linalg.norm, which takes absolute values and so is not complex differentiable.
        return x / np.sqrt((x * x).sum(-1, keepdims=True))
    return beta * dot(unit(s), unit(h))


def location_sensitive(s, h, previous, Ws, Wh, conv, U, b, v):
    """Chorowski et al. 2015, §2.1, eq. 8, 9: f = F ∗ α of the step before, zeros at both ends."""
    width = conv.shape[1]
    padded = np.pad(previous, ((0, 0), (width // 2, width // 2)))
    windows = np.stack([padded[:, k:k + previous.shape[1]] for k in range(width)], axis=-1)
    return additive(v, (s @ Ws.T)[:, None] + h @ Wh.T + (windows @ conv.T) @ U.T + b)


def scores(name, s, h, previous, coverage, p):
    """e of each scorer of one head, in its paper's equation."""
    if name == "bahdanau":
        return additive(p["v"], (s @ p["Ws"].T)[:, None] + h @ p["Wh"].T + p["b"])
    if name == "coverage":
        return additive(p["v"], (s @ p["Ws"].T)[:, None] + h @ p["Wh"].T + coverage[..., None] * p["wc"] + p["b"])
    if name == "luong-concat":
        both = np.concatenate([np.broadcast_to(s[:, None], h.shape), h], axis=-1)
        return additive(p["v"], both @ p["W"].T)
    if name == "location-sensitive":
        return location_sensitive(s, h, previous, **p)
    if name == "luong-general":
        return dot(s @ p["W"], h)
    if name == "luong-dot":
        return dot(s, h)
    if name == "scaled-dot":
        return dot(s, h) / np.sqrt(s.shape[-1])
    if name == "projected-dot":
        q = s @ p["Wq"].T
        return dot(q, h @ p["Wk"].T) / np.sqrt(q.shape[-1])
    if name == "uniform":
        return np.zeros(h.shape[:2])
    if name == "location":
        return (s @ p["W"].T)[:, :h.shape[1]]
    if name == "cosine":
        return cosine(s, h, p["beta"])
    raise KeyError(name)


def softmax(e, lengths):
    """Over the real words; padding has exactly 0."""
    real = np.arange(e.shape[1]) < np.array(lengths)[:, None]
    largest = np.where(real, e.real, -np.inf).max(axis=1, keepdims=True)
    powers = np.where(real, np.exp(np.where(real, e - largest, 0)), 0)
    return powers / powers.sum(axis=1, keepdims=True)


def attention(case, values):
    p = {name: values[name] for name in case["parameters"]}
    s, h = values["query"], values["states"]
    e = scores(case["name"], s, h, values["previous"], values["coverage"], p)
    weights = softmax(e, case["lengths"])
    context = np.einsum("bs,bsd->bd", weights, h)
    loss = (context * np.array(case["probe"])).sum()
    return {"scores": e, "weights": weights, "context": context, "loss": loss}


# MARK: the whole model. Bahdanau et al. 2015, §3, with the query after the cell (Luong et al. 2015, §3.1).

#: PyTorch's names of scorers in model.json → those of scorers.json, and of their parameters.
MODEL_SCORERS = {
    "additive": ("bahdanau", {"Ws": "w_query.weight", "Wh": "w_key.weight", "b": "w_query.bias", "v": "v.weight"}),
    "dot": ("luong-dot", {}),
    "general": ("luong-general", {"W": "w.weight"}),
    "concat": ("luong-concat", {"s": "w_query.weight", "h": "w_key.weight", "v": "v.weight"}),
    "scaled": ("scaled-dot", {}),
    "location": ("location", {"W": "w.weight"}),
    "none": ("none", {}),
    # No peer in PyTorch: drawn and computed here, with the names of scorers.json.
    "projected-dot": ("projected-dot", {"Wq": "Wq", "Wk": "Wk"}),
    "location-sensitive": ("location-sensitive", {name: name for name in ("Ws", "Wh", "conv", "U", "b", "v")}),
    "coverage": ("coverage", {name: name for name in ("Ws", "Wh", "wc", "b", "v")}),
    "uniform": ("uniform", {}),
}
#: Shapes of the parameters of those four: D = 6, A = 4, eight filters of width 5.
DRAWN = {
    "projected-dot": {"Wq": (4, 6), "Wk": (4, 6)},
    "location-sensitive": {"Ws": (4, 6), "Wh": (4, 6), "conv": (8, 5), "U": (4, 8), "b": (4,), "v": (4,)},
    "coverage": {"Ws": (4, 6), "Wh": (4, 6), "wc": (4,), "b": (4,), "v": (4,)},
    "uniform": {},
}


def scorer_parameters(scorer, values):
    """Those of `scores`: v is a vector there, and W of the concatenation one matrix."""
    p = {ours: values["scorer." + theirs] for ours, theirs in MODEL_SCORERS[scorer][1].items()}
    if "v" in p:
        p["v"] = p["v"].reshape(-1)
    if scorer == "concat":
        p["W"] = np.concatenate([p.pop("s"), p.pop("h")], axis=1)
    return p


def encode(source, lengths, values):
    """h [B,S,D], zero in the padding, and the last state of each direction [B,D]."""
    x = values["source.weight"][source]
    directions, last = [], []
    for suffix, backward in (("l0", False), ("l0_reverse", True)):
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        weights = [values[f"encoder.{name}_{suffix}"] for name in names]
        states = np.zeros(source.shape + (weights[1].shape[1],), dtype=x.dtype)
        state = states[:, 0]
        for step in reversed(range(source.shape[1])) if backward else range(source.shape[1]):
            real = (step < lengths)[:, None]
            # Padding leaves the state where it is: at 0 where a direction begins with it, at the last where it ends.
            state = np.where(real, gru(x[:, step], state, *weights)["h"], state)
            states[:, step] = np.where(real, state, 0)
        directions.append(states)
        last.append(state)
    return np.concatenate(directions, axis=-1), np.concatenate(last, axis=-1)


def model(case, values):
    """Mean cross-entropy of the real target words, each predicted from r = tanh(Wr [c ; s] + b)."""
    source, target_in, target_out = (np.array(case[name]) for name in ("source", "target_in", "target_out"))
    lengths = (source != case["pad"]).sum(axis=1)
    h, summary = encode(source, lengths, values)
    name, p = MODEL_SCORERS[case["scorer"]][0], scorer_parameters(case["scorer"], values)
    state = np.tanh(summary @ values["bridge.weight"].T + values["bridge.bias"])
    # Without attention the context is the summary at every step.
    context = summary if name == "none" else np.zeros_like(summary)
    cell_weights = [values[f"cell.{part}"] for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    # α of the step before, and the sum of all before, which location-sensitive and coverage look at.
    weights = coverage = np.zeros(source.shape)
    total, words = 0, (target_out != case["pad"]).sum()
    for step in range(target_in.shape[1]):
        word = values["target.weight"][target_in[:, step]]
        state = gru(np.concatenate([word, context], axis=1), state, *cell_weights)["h"]
        if name != "none":
            weights = softmax(scores(name, state, h, weights, coverage, p), lengths)
            coverage = coverage + weights
            context = np.einsum("bs,bsd->bd", weights, h)
        readout = np.tanh(np.concatenate([context, state], axis=1) @ values["readout.weight"].T + values["readout.bias"])
        logits = readout @ values["output.weight"].T + values["output.bias"]
        logits = logits - logits.real.max(axis=1, keepdims=True)
        surprise = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(word)), target_out[:, step]]
        total = total + surprise[target_out[:, step] != case["pad"]].sum()
    return {"loss": total / words}


def drawn(cases):
    """The cases of DRAWN that the file lacks: batch and model of the first case, the scorer's parameters from seed 7."""
    first, there = cases[0], {case["scorer"] for case in cases}
    for scorer, shapes in DRAWN.items():
        random = np.random.default_rng(7)
        own = {f"scorer.{name}": random.uniform(-0.7, 0.7, shape) for name, shape in shapes.items()}
        model = {name: value for name, value in first["parameters"].items() if not name.startswith("scorer.")}
        if scorer not in there:
            parameters = {**model, **own}
            yield plain({**first, "scorer": scorer, "by": "make_goldens.py, NumPy", "loss": 0.0, "parameters": parameters,
                         "gradients": {name: np.zeros(np.shape(value)) for name, value in parameters.items()}})


# MARK: gradients and files

def gradient(compute, case, values, name):
    """d loss / d values[name], number by number."""
    result = np.zeros(values[name].shape)
    for place in np.ndindex(values[name].shape):
        moved = {key: value.astype(complex) for key, value in values.items()}
        moved[name][place] += 1j * STEP
        result[place] = compute(case, moved)["loss"].imag / STEP
    return result


def computed(compute, case):
    """The case with every number computed anew. A gradient that is stored as null is of an input that is not read."""
    values = {k: np.array(v, dtype=float) for k, v in {**case.get("inputs", {}), **case["parameters"]}.items()}
    new = dict(case)
    new.update({name: value.real for name, value in compute(case, values).items()})
    new["gradients"] = {}
    for name, stored in case["gradients"].items():
        found = gradient(compute, case, values, name)
        if stored is None and found.any():
            raise SystemExit(f"{case.get('name')}: the gradient of {name} is not zero, but the file has none")
        new["gradients"][name] = None if stored is None else found
    return new


def plain(value):
    """For JSON."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def difference(case, stored, new, name):
    """The largest, of the size of the largest stored number; the scores of the padding are of no interest."""
    stored, new = np.array(stored, dtype=float), np.array(new, dtype=float)
    if stored.shape != new.shape:
        raise SystemExit(f"{case.get('name')}, {name}: the file has the shape {stored.shape}, expected {new.shape}")
    apart = np.abs(stored - new)
    if name == "scores":
        apart = apart[np.arange(stored.shape[1]) < np.array(case["lengths"])[:, None]]
    return apart.max(initial=0) / max(np.abs(stored).max(initial=0), 1e-300)


def compare(case, new):
    """Largest difference of a case, with its name."""
    names = ("h", "c", "scores", "weights", "context", "loss")
    pairs = [(name, case[name], new[name]) for name in names if name in case]
    pairs += [(f"gradient of {name}", value, new["gradients"][name])
              for name, value in case["gradients"].items() if value is not None]
    return max((difference(case, stored, found, name), name) for name, stored, found in pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", metavar="DIR", type=pathlib.Path, help="write the computed files there")
    options = parser.parse_args()
    worst = 0
    files = (("cells.json", cell), ("scorers.json", attention), ("model.json", model))
    for name, compute in files:
        file = json.loads((FOLDER / name).read_text())
        new_cases = list(drawn(file["cases"])) if compute is model and options.write else []
        file["cases"] += new_cases
        for index, case in enumerate(file["cases"]):
            title = case.get("name") or case["scorer"]
            if title in LEFT_OUT:
                print(f"{name:<14}{title:<20}left out: no equation here")
                continue
            new = computed(compute, case)
            # What is new has nothing to be compared with.
            apart, where = (0, "drawn") if case in new_cases else compare(case, new)
            worst = max(worst, apart)
            print(f"{name:<14}{title:<20}{apart:.1e}  {where}")
            file["cases"][index] = plain(new)
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            (options.write / name).write_text(json.dumps({**file, "generator": "make_goldens.py"}))
    print(f"largest difference {worst:.1e} of the size, allowed {TOLERANCE:.0e}")
    sys.exit(0 if worst <= TOLERANCE else 1)


if __name__ == "__main__":
    main()
