"""What it costs, beside the peers; `bench/README.md` tells what is measured."""
