"""What `benchmarks/extract.py` is made of: labelled pages, extractors, figures of accuracy, and measured cost."""
