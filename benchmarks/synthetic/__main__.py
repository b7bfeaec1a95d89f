"""``python -m benchmarks.synthetic --records 100000 --seed 1 --noise ordinary --out DIR``."""

import argparse
from pathlib import Path

from martyrolog.synthetic import generate, read_recipe


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic", description=__doc__)
    parser.add_argument("--records", type=int, required=True, help="how many records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--noise", choices=["ordinary", "heavy"], default="ordinary")
    parser.add_argument("--lists", type=int, default=6, help="3 to 6, the first of the recipe")
    parser.add_argument("--recipe", type=Path, help="another recipe than data/recipe.yaml")
    parser.add_argument("--names", type=Path, help="folder of the Parquet files of russiannames")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    asked = parser.parse_args()
    try:
        recipe = read_recipe(noise=asked.noise, lists=asked.lists, path=asked.recipe)
        made = generate(recipe, records=asked.records, seed=asked.seed, out=asked.out,
                        names=asked.names)  # fmt: skip
    except (FileNotFoundError, ValueError) as problem:
        parser.error(str(problem))
    print(
        f"{made.records:,} records of {made.captured_persons:,} persons, of {made.persons:,} "
        f"in all, in {made.seconds:.1f} s: {made.records / made.seconds:,.0f} records a second"
    )


if __name__ == "__main__":
    main()
