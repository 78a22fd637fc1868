#!/usr/bin/env python3
"""Makes tokenizers.json: lines, and what sacreBLEU's tokenisers and scores make of them.

    pip install sacrebleu==2.6.0
    python3 make_tokenizer_goldens.py [seed] [random cases of each tokeniser] > tokenizers.json

The figures in the repository are of seed 1 and 24 random cases. Characters are of Unicode 13 or older: whether a newer
one is a symbol depends on the Unicode version of the language.
"""
import json
import random
import sys

import sacrebleu
from sacrebleu.metrics import BLEU

seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
random_cases = int(sys.argv[2]) if len(sys.argv) > 2 else 24
rng = random.Random(seed)

NAMES = ["13a", "none", "char", "intl", "zh"]
SPACES = [" "] * 10 + ["", "", "  ", "\t", "\u00a0", "\u2003", "\u2028", "\u3000", "\u200b", "\r", "\x1c", "\x85"]
WORDS = """the cat sat on mats . , ! ? don't l'homme state-of-the-art 1,000.50 3.14 .5 5. 1. ,7 7, a.b 9.a a.9 10- 2--3 $5.00 50% (x) [y] "q" 'q'
 &amp; &lt; <skipped> été e\u0301te\u0301 “quoted” ‘it’ « oui » ¿qué? … – — ‑ 1–2 3−4 €5 5€ £ ¥100 °C №5 ½ ²,³ Ⅳ. ١٢.٣ ١,٢ ٪ ، ؟ א׳ב नमस्ते। 5।6 한국어, 안녕.
 我喜欢猫。 我,你 一二三 一1二 １２３ ＡＢＣ！ 日本語テスト、です。 ｶﾅ 「猫」 《书》 ・ 〇 𠀀𠮷 丽 ☃ ✓ ♥ 😀👍🏽 + = < > | ~ ^ ` _ # @ * / \\ ± × ÷ ∑ → ⇒ ⸺ \u2010 \u00ad
 \u0301 a\u0308. ,\u0301 \ufeff \u0000 a_b __ -- . . .. ...""".split()


def line():
    return "".join(rng.choice(WORDS) + rng.choice(SPACES) for _ in range(rng.randrange(0, 14)))


def soup():
    characters = "ab1२.,-—。、我龥“”€+😀\u0301 \u3000\u2009"
    return "".join(rng.choice(characters) for _ in range(rng.randrange(0, 30)))


def changed(text):
    pieces = list(text)
    for _ in range(rng.randrange(0, 4)):
        if pieces:
            pieces[rng.randrange(len(pieces))] = rng.choice(["", " ", "a", "我", ".", "1"])
    return "".join(pieces)


def evaluate(name, hypotheses, references, lowercase=False):
    metric = BLEU(tokenize=name, lowercase=lowercase, trg_lang="xx", force=True)
    score = metric.corpus_score(hypotheses, references)
    sums = [sum(x) for x in zip(*metric._extract_corpus_statistics(hypotheses, references))]
    sentence = BLEU(tokenize=name, lowercase=lowercase, trg_lang="xx", effective_order=True)
    return dict(tokenizer=name, lowercase=lowercase, hypotheses=hypotheses, references=references,
                tokens=metric.tokenizer(hypotheses[0].rstrip()).split(), score=score.score, counts=sums,
                signature=str(metric.get_signature()),
                sentences=[sentence.sentence_score(h, [r[k] for r in references]).score for k, h in enumerate(hypotheses)])


cases = []
for name in NAMES:
    for word in WORDS:
        cases.append(evaluate(name, [f"a{word}b 1{word}2 {word}"], [[f"a {word} b 1 {word} 2 {word}"]]))
    for _ in range(random_cases):
        make = rng.choice([line, line, soup])
        reference = [make() for _ in range(rng.choice([1, 2, 4]))]
        references = [reference] + ([[changed(x) for x in reference]] if rng.random() < .3 else [])
        cases.append(evaluate(name, [changed(x) for x in reference], references, rng.random() < .2))
print('{"generator": %s,\n "cases": [' % json.dumps(f"make_tokenizer_goldens.py, sacreBLEU {sacrebleu.__version__}, seed {seed}"))
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
