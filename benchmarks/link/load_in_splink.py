"""Whether Splink itself loads the exported model; run in an environment that has Splink.

    martyrolog model export splink.json
    python benchmarks/link/load_in_splink.py splink.json resaved.json
    martyrolog model import resaved.json --out link_model.parquet

Last run: Splink 5.0.0, 24 November 2026: loaded, weighed three records, saved; the saved model came
back with every m and u that SQL can say as it was, to the last bit. The rest is said as lost.
"""

import sys

import pandas as pd
from splink import DuckDBAPI, Linker

COLUMNS = (
    "record_id", "surname", "surname_key", "given_name", "patronymic", "sex", "birth_date",
    "birth_place", "death_date", "arrest_date", "residence", "occupation", "nationality",
)  # fmt: skip
ROWS = [
    {"record_id": "1", "surname": "Тухачевский", "surname_key": "tuhachevski", "sex": "m",
     "given_name": "Михаил", "birth_date": "1893-02-16", "death_date": "1937-06-12"},
    {"record_id": "2", "surname": "Tukhachevsky", "surname_key": "tuhachevski", "sex": "m",
     "given_name": "Mikhail", "birth_date": "1893", "death_date": "1937-06-12"},
    {"record_id": "3", "surname": "Якир", "surname_key": "iakir", "sex": "m",
     "given_name": "Иона", "birth_date": "1896", "death_date": "1937-06-12"},
]  # fmt: skip


def main() -> None:
    """Load, weigh, save."""
    database = DuckDBAPI()
    frame = pd.DataFrame([{name: row.get(name) for name in COLUMNS} for row in ROWS])
    linker = Linker(database.register(frame), sys.argv[1])
    found = linker.inference.predict().as_pandas_dataframe()
    print(found[["record_id_l", "record_id_r", "match_weight"]].to_string(index=False))
    linker.misc.save_model_to_json(sys.argv[2], overwrite=True)


if __name__ == "__main__":
    main()
