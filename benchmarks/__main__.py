"""All measurements, one after the other: `python -m benchmarks`."""

from benchmarks import classifiers, end_to_end, isolation, kinds, reading, tokenizers, unseen

for part in (tokenizers, reading, isolation, kinds, classifiers, unseen, end_to_end):
    print(f"\n== {part.__name__} ==")
    part.main()
