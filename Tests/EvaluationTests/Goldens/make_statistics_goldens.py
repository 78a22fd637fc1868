#!/usr/bin/env python3
"""Makes statistics.json: what SciPy, statsmodels, NetworkX and sacreBLEU say about the tests of a comparison.

    pip install scipy==1.17.1 statsmodels==0.15.0 sacrebleu==2.6.0 networkx==3.6.1 numpy==2.4.6
    python3 make_statistics_goldens.py [seed] > statistics.json

The figures in the repository are of seed 1. The bootstrap and the randomisation test draw random numbers: here once with the
generator of the library written again (xoshiro256**), which must agree to the last digit, and once by SciPy with draws of its own,
which must agree within the luck of the draws.
"""
import itertools
import json
import sys

import networkx
import numpy as np
from sacrebleu.metrics import BLEU
from scipy import integrate, optimize, special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower

rng = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
MASK = (1 << 64) - 1


class Xoshiro:
    def __init__(self, seed, purpose):
        h = 0xCBF29CE484222325
        for byte in purpose.encode():
            h = ((h ^ byte) * 0x100000001B3) & MASK
        x, self.s = seed ^ h, []
        for _ in range(4):
            x = (x + 0x9E3779B97F4A7C15) & MASK
            z = x
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.s.append(z ^ (z >> 31))

    def next(self):
        s = self.s
        rotate = lambda x, k: ((x << k) | (x >> (64 - k))) & MASK
        result = (rotate((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 45)
        return result

    def below(self, n):
        product = self.next() * n
        if product & MASK < n:
            threshold = (1 << 64) % n
            while product & MASK < threshold:
                product = self.next() * n
        return product >> 64


def resampling(n, lift):
    a = rng.random(n).round(3)
    b = np.clip(a + rng.normal(lift, 0.25, n), 0, 1).round(3)
    observed, k = b.mean() - a.mean(), 1000
    source = Xoshiro(12345, "paired bootstrap")
    d = np.array([np.mean((b - a)[[source.below(n) for _ in range(n)]]) for _ in range(k)])
    cut = np.sort(d)
    own = stats.bootstrap((b - a,), np.mean, n_resamples=20000, method="percentile", rng=rng)
    permuted = stats.permutation_test((a, b), lambda x, y, axis: np.mean(y - x, axis=axis), permutation_type="samples", vectorized=True,
                                      n_resamples=50000, rng=rng)
    centred = own.bootstrap_distribution - own.bootstrap_distribution.mean()
    return dict(a=a.tolist(), b=b.tolist(), difference=observed, p=(np.sum(np.abs(d - d.mean()) >= abs(observed) - 1e-12) + 1) / (k + 1),
                lower=cut[k // 40], upper=cut[k - k // 40 - 1], wins_b=float(np.mean(d > 0)),
                scipy_p=float(np.mean(np.abs(centred) >= abs(observed))), scipy_lower=own.confidence_interval.low,
                scipy_upper=own.confidence_interval.high, scipy_permutation_p=permuted.pvalue)


def bleu(sums):
    """Of one corpus, by the sums hypothesis length, reference length, correct 1-4, total 1-4: sacreBLEU's own arithmetic."""
    x = [int(v) for v in sums]
    return BLEU.compute_bleu(correct=x[2:6], total=x[6:10], sys_len=x[0], ref_len=x[1], smooth_method="exp").score


def seeds_resampling(n, lift, seeds=(3, 3)):
    """Two systems of several seeds: on every draw the mean over seeds of each seed's BLEU."""
    draw = np.random.default_rng(n)
    reference = draw.integers(5, 12, n)

    def system(quality):
        length = np.maximum(1, reference + draw.integers(-1, 2, n))
        total = np.stack([np.maximum(0, length - k) for k in range(4)], 1)
        correct = np.stack([draw.binomial(total[:, k], quality ** (k + 1)) for k in range(4)], 1)
        return np.concatenate([length[:, None], reference[:, None], correct, total], 1)

    a = [system(0.8 + 0.02 * s) for s in range(seeds[0])]
    b = [system(0.8 + lift + 0.05 * s) for s in range(seeds[1])]
    mean = lambda systems, rows: float(np.mean([bleu(s[rows].sum(0)) for s in systems]))
    everything, k = np.arange(n), 1000
    observed = mean(b, everything) - mean(a, everything)
    source = Xoshiro(12345, "paired bootstrap")
    draws = [[source.below(n) for _ in range(n)] for _ in range(k)]
    d = np.array([mean(b, rows) - mean(a, rows) for rows in draws])
    cut = np.sort(d)
    pooled = bleu(sum(s.sum(0) for s in b)) - bleu(sum(s.sum(0) for s in a))
    return dict(a=[s.tolist() for s in a], b=[s.tolist() for s in b], difference=observed, pooled=pooled,
                p=(int(np.sum(np.abs(d - d.mean()) >= abs(observed) - 1e-12)) + 1) / (k + 1),
                lower=float(cut[k // 40]), upper=float(cut[k - k // 40 - 1]), wins_b=float(np.mean(d > 0)))


def detectable(n, alpha):
    """By the densities: statsmodels says NaN where the noncentrality is large and the level small."""
    df = 2 * n - 2
    critical, chi = stats.t.ppf(1 - alpha / 2, df), stats.chi(df, scale=1 / np.sqrt(df))

    def power(effect):
        delta = effect * np.sqrt(n / 2)
        found = lambda s: (stats.norm.sf(critical * s - delta) + stats.norm.cdf(-critical * s - delta)) * chi.pdf(s)
        return integrate.quad(found, 0, 8, epsabs=1e-13, epsrel=1e-12, limit=500)[0]

    return optimize.brentq(lambda e: power(e) - 0.8, 0.1, 20, xtol=1e-12)


def hedges(a, b):
    a, b = np.array(a), np.array(b)
    na, nb = len(a), len(b)
    df = na + nb - 2
    sp = np.sqrt(((na - 1) * a.var(ddof=1) + (nb - 1) * b.var(ddof=1)) / df)
    t = stats.ttest_ind(b, a).statistic
    j = np.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / np.sqrt(df / 2)
    scale = np.sqrt(1 / na + 1 / nb)
    # By the densities, not by scipy.stats.nct.cdf, which loses digits far out: T ≤ t for each χ, integrated over χ.
    chi = stats.chi(df, scale=1 / np.sqrt(df))
    def cdf(delta):
        # Where Φ rises from 0 to 1, by quadrature; beyond, Φ is 1.
        low, high = sorted(((delta - 9) / t, (delta + 9) / t))
        low, high = max(low, 0), max(high, 0)
        middle = integrate.quad(lambda s: stats.norm.cdf(t * s - delta) * chi.pdf(s), low, min(high, 40), epsabs=1e-13, epsrel=1e-12, limit=500)[0]
        return middle + (chi.sf(high) if t > 0 else chi.cdf(low))

    ends = [optimize.brentq(lambda x: cdf(x) - p, t - 20 - abs(t) * 3, t + 20 + abs(t) * 5, xtol=1e-12) for p in (0.975, 0.025)]
    return dict(a=a.tolist(), b=b.tolist(), g=j * (b.mean() - a.mean()) / sp, lower=j * scale * ends[0], upper=j * scale * ends[1])


def welch(a, b):
    test = stats.ttest_ind(a, b, equal_var=False)
    one, other = test.confidence_interval(0.95), test.confidence_interval(0.99)
    return dict(a=a, b=b, p=float(test.pvalue), lower95=float(one.low), upper95=float(one.high), lower99=float(other.low), upper99=float(other.high))


def letters(n, share):
    differs = [[i, j] for i, j in itertools.combinations(range(n), 2) if rng.random() < share]
    graph = networkx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(p for p in itertools.combinations(range(n), 2) if list(p) not in differs)
    groups = sorted(sorted(c) for c in networkx.find_cliques(graph))
    return dict(count=n, differs=differs, groups=groups)


samples = [rng.normal(m, s, n).round(4).tolist() for m, s, n in
           [(0.9, 0.02, 5), (0.85, 0.05, 5), (0.1, 0.001, 5), (97, 1.5, 2), (60, 10, 3), (95, 3, 20), (30, 0.01, 2)]]
pairs = list(itertools.combinations(samples, 2))
ps = [rng.random(m).round(5) ** 2 for m in (1, 4, 10, 55)]
power = TTestIndPower()
json.dump(dict(
    noncentral_t=[dict(t=t, df=df, delta=d, p=float(stats.nct.cdf(t, df, d)))
                  for t in (-2.5, -0.3, 0.0, 0.7, 2.306, 6.0) for df in (1, 2, 3, 8, 8.5, 38, 400) for d in (-1.5, 0.0, 0.4, 2.0, 5.0)],
    power=[dict(n=n, effect=e, alpha=al, power=float(power.power(e, n, al))) for n in (2, 3, 5, 10, 20, 64) for e in (0.2, 0.5, 1, 2, 4) for al in (0.05, 0.01)
           if e * np.sqrt(n / 2) < 8],  # beyond, the power is 1 and statsmodels says NaN
    detectable=[dict(n=n, effect=optimize.brentq(lambda e: power.power(e, n, 0.05) - 0.8, 0.1, 8 / np.sqrt(n / 2), xtol=1e-13)) for n in (2, 3, 4, 5, 6, 8, 10, 20, 50)],
    detectable_corrected=[dict(n=n, pairs=m, effect=detectable(n, 0.05 / m)) for n in (5, 10, 20) for m in (10, 36, 55)],
    hedges=[hedges(a, b) for a, b in pairs],
    welch=[welch(a, b) for a, b in pairs],
    holm=[dict(p=p.tolist(), adjusted=multipletests(p, method="holm")[1].tolist()) for p in ps],
    letters=[letters(n, share) for n in (1, 2, 3, 5, 8, 11, 14) for share in (0.0, 0.3, 0.5, 0.7, 1.0)],
    resampling=[resampling(n, lift) for n, lift in ((12, 0.05), (60, 0.02), (60, 0.05), (200, 0.01), (200, 0.1))],
    seeds_resampling=[seeds_resampling(30, 0.01), seeds_resampling(60, 0.04), seeds_resampling(40, -0.03, (4, 2))],
), sys.stdout, indent=None, allow_nan=False, separators=(",", ":"))
