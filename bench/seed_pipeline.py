"""The mission's program as a pipeline file; {data} and {out} are to be filled in."""

PIPELINE = """inputs: {{prices: {{format: parquet, path: {data}}}}}
steps:
  daily:
    from: prices
    do:
      - group_by: {{by: [ticker, date], aggregate: {{avg_price: avg(close_price), max_volume: max(volume)}}}}
      - order_by: [date]
outputs: {{daily: {{path: {out}}}}}
"""
