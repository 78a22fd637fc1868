#!/usr/bin/env python3
"""Makes bleu.json: corpora, and what sacreBLEU says about them.

    pip install sacrebleu==2.6.0
    python3 make_bleu_goldens.py [seed] [random cases] > bleu.json

The figures in the repository are of seed 1 and 260 random cases.
"""
import json
import random
import sys

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF

seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
random_cases = int(sys.argv[2]) if len(sys.argv) > 2 else 260
rng = random.Random(seed)

SPACES = [" "] * 12 + ["  ", "\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\xa0", "\u1680",
          "\u2000", "\u2005", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000",
          # No whitespace for Python, though some call them so.
          "\u200b", "\u180e", "\ufeff", "\u2060", "\u0000"]
WORDS = """the a cat sat on mat . , ! ? The CAT it's don't l'homme d'eau state-of-the-art 1-2 3-year 1,000.50 3.14 .5 5. 1. ,7 7, 1.2.3 ...
 .. ,, ., ,. a.b a,b 9.a a.9 10- -10 --- - -- 2--3 1-a a-1 $5.00 50% (x) [y] {z} "q" 'q' `q` ~ ^ _ | \\ / @user #tag & &amp; &lt; &gt; &quot;
 &amp;lt; &amp;amp;quot; &amp;gt;b &apos; &#39; &nbsp; <skipped> <skip<skipped>ped> a<skipped>b x-<skipped> <unk> </s> = + * ; : http://a.b/c?d=e&f=1,2
 été été naïve naïve Ärger ÄRGER straße ŒUVRE œuvre “quoted” ‘it’ « oui » ¿qué? ¡no! … – — ‑ 1–2 3−4 ١٢.٣ ١,٢ ٣-٤ ²,³ ½.5 Ⅳ.
 我 我们 喜欢。 日本語 テスト、 ガ ガ 안녕 안녕 नमस्ते สวัสดี 😀 👩‍👩‍👧 👍🏽 🇫🇷 🇫🇷🇩🇪 ❤️ e\u0301 \u0301 a\u0308.b \u0301. .\u0301 ,é é, Å Å Å ﬁ fi
 ΣΑΣ ΟΔΟΣ ΌΣΟΣ. Σ aΣ aΣ' aΣb Σ. İstanbul ISTANBUL ı ǅ Ǆ ẞ DŽ Жук ЖУК ԱՐԵՎ \u007f \u0080 \ud7ff \ue000 \ufffd \uffff \U0001F600 \U0010FFFF 𝐀 𐐀 𐐨""".split()
PLAIN = "the a cat dog sat on mat sees red big house green of it , .".split()
CHARACTERS = list("aab.,,..--0123456789 &;<>'\"()/é\u0301\u00e9—…我😀\n\t\u2028")


def scalar():
    """Any scalar of the older scripts: whether a letter has a lower case must not depend on the Unicode version."""
    return chr(rng.randrange(0x1C80))


def plain():
    return " ".join(rng.choice(PLAIN) for _ in range(rng.randrange(0, 14)))


def odd():
    words = [rng.choice(WORDS) for _ in range(rng.randrange(0, 12))]
    text = "".join(w + rng.choice(SPACES) for w in words)
    return rng.choice(["", "", " ", "\t", "\u3000"]) + (text if rng.random() < .3 else text.rstrip(" "))


def soup():
    return "".join(scalar() if rng.random() < .1 else rng.choice(CHARACTERS) for _ in range(rng.randrange(0, 40)))


def changed(text):
    """A noisy copy, so that there is something to match."""
    if rng.random() < .15:
        return text
    words = text.split(" ")
    for _ in range(rng.randrange(1, 4)):
        k = rng.randrange(len(words))
        action = rng.randrange(4)
        if action == 0:
            words.pop(k)
        elif action == 1:
            words.insert(k, rng.choice(PLAIN + WORDS))
        elif action == 2:
            words[k] = rng.choice(PLAIN)
        else:
            j = rng.randrange(len(words))
            words[j], words[k] = words[k], words[j]
        if not words:
            words = [""]
    return " ".join(words)


def options():
    smoothing = rng.choice(["exp"] * 4 + ["floor", "floor", "add-k", "add-k", "none"])
    value = None
    if smoothing == "floor":
        value = rng.choice([None, 0.1, 0.01, 0.5])
    elif smoothing == "add-k":
        value = rng.choice([None, 1, 2, 0.5])
    return dict(smoothing=smoothing, value=value, lowercase=rng.random() < .3, effective=rng.random() < .25)


DEFAULT = dict(smoothing="exp", value=None, lowercase=False, effective=False)


def random_case():
    make = rng.choice([plain, plain, odd, odd, soup])
    lines = rng.choice([1, 1, 2, 3, 5, 12])
    count = rng.choice([1, 1, 1, 2, 3])
    first = [make() if rng.random() > .05 else "" for _ in range(lines)]
    others = [[changed(x) if rng.random() > .1 else "" for x in first] for _ in range(count - 1)]
    hypotheses = [changed(x) if rng.random() > .05 else rng.choice(["", make()]) for x in first]
    return hypotheses, [first] + others, options() if rng.random() < .6 else dict(DEFAULT)


def fixed_cases():
    yes = dict(DEFAULT, effective=True)
    for hypotheses, references, chosen in [
        ([""], [[""]], DEFAULT),
        ([""], [["a b c d"]], DEFAULT),
        (["", "", ""], [["a", "b c", "d"]], DEFAULT),
        (["a b c d"], [[""]], DEFAULT),
        (["the cat sat"], [["the cat sat"]], DEFAULT),
        (["the cat sat"], [["the cat sat"]], yes),
        (["the"], [["the"]], yes),
        (["the cat sat on"], [["the cat sat on"]], DEFAULT),
        (["a b c d e"], [["a b c d", "a b c d e f"][:1], ["a b c d e f"]], DEFAULT),
        (["a b c"], [["a b"], ["a b c d"]], yes),
        (["a b c d e f"], [[""], ["a b c d e"]], DEFAULT),
        (["a a a a a a a"], [["a a b c"], ["a b a b a"]], DEFAULT),
        (["x y z w"], [["a b c d"]], DEFAULT),
        (["a x y z w"], [["a b c d"]], DEFAULT),
        (["e\u0301te\u0301 a b c"], [["\u00e9t\u00e9 a b c"]], DEFAULT),
        (["\u212b \u00c5 A\u030a b"], [["\u00c5 \u00c5 \u00c5 b"]], DEFAULT),
        (["a\u2028b c d"], [["a b c d"]], DEFAULT),
        (["a\x1cb\x85c\xa0d"], [["a b c d"]], DEFAULT),
        (["a\u200bb c d e"], [["a b c d e"]], DEFAULT),
        (["a b c foo-\n"], [["a b c foo -"]], DEFAULT),
        (["a b foo-\nbar c"], [["a b foobar c"]], DEFAULT),
        (["a b foo-\r\nbar c"], [["a b foobar c"]], DEFAULT),
        (["&amp;lt; b &amp;quot; c"], [["< b &quot; c"]], DEFAULT),
        (["<skipped> a b c d"], [["a b c d"]], DEFAULT),
        (["-<skipped>\na b c d"], [["a b c d"]], DEFAULT),
        (["1,000.5 2-3 4.-5 .6"], [["1,000.5 2 - 3 4 . - 5 . 6"]], DEFAULT),
        (["a.,.,b ,, .."], [["a . , . , b , , . ."]], DEFAULT),
        (["ΟΔΟΣ ΣΑΣ' aΣb Σ"], [["οδος σας' aσb σ"]], dict(DEFAULT, lowercase=True)),
        (["İSTANBUL ẞ Ǆ B"], [["i̇stanbul ß ǆ b"]], dict(DEFAULT, lowercase=True)),
        (["\x00a b \x00\x00 c"], [["a b \x00 c"]], DEFAULT),
        ([" . . . . "], [[". . . ."]], DEFAULT),
    ]:
        yield hypotheses, references, dict(chosen)


def evaluate(hypotheses, references, chosen):
    metric = BLEU(smooth_method=chosen["smoothing"], smooth_value=chosen["value"], lowercase=chosen["lowercase"],
                  effective_order=chosen["effective"], force=True)
    score = metric.corpus_score(hypotheses, references)
    # The score's own counts are changed by add-k smoothing, so they are summed here.
    sums = [sum(x) for x in zip(*metric._extract_corpus_statistics(hypotheses, references))]
    sentence = BLEU(effective_order=True).sentence_score(hypotheses[0], [r[0] for r in references])
    case = dict(hypotheses=hypotheses, references=references, **chosen)
    case["tokens"] = BLEU().tokenizer(hypotheses[0].rstrip()).split()
    case["bleu"] = dict(score=score.score, precisions=score.precisions, penalty=score.bp, lengths=sums[:2],
                        correct=sums[2:6], total=sums[6:], signature=str(metric.get_signature()))
    case["sentence"] = sentence.score
    for name, order in [("chrf", 0), ("chrfpp", 2)]:
        chrf = CHRF(word_order=order, lowercase=chosen["lowercase"])
        case[name] = chrf.corpus_score(hypotheses, references).score
        case[name + "_signature"] = str(chrf.get_signature())
    return case


cases = [evaluate(*case) for case in fixed_cases()] + [evaluate(*random_case()) for _ in range(random_cases)]
print('{"generator": %s,\n "cases": [' % json.dumps(f"make_bleu_goldens.py, sacreBLEU {sacrebleu.__version__}, seed {seed}"))
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
