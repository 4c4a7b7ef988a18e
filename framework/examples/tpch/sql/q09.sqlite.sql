SELECT nation, o_year, azoth_sum(amount)
FROM (SELECT n_name AS nation, CAST(strftime('%Y', o_orderdate) AS INTEGER) AS o_year,
             azoth_subtract(azoth_multiply(l_extendedprice, azoth_subtract(1, l_discount)),
                            azoth_multiply(ps_supplycost, l_quantity)) AS amount
      FROM tpch_part
      JOIN tpch_lineitem ON l_partkey = p_partkey
      JOIN tpch_partsupp ON ps_partkey = l_partkey AND ps_suppkey = l_suppkey
      JOIN tpch_supplier ON s_suppkey = l_suppkey
      JOIN tpch_orders ON o_orderkey = l_orderkey
      JOIN tpch_nation ON n_nationkey = s_nationkey
      WHERE p_name LIKE '%green%') profit
GROUP BY nation, o_year
ORDER BY nation, o_year DESC
