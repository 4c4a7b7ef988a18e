SELECT o_year,
       azoth_round(azoth_divide(azoth_sum(CASE WHEN nation = 'BRAZIL' THEN volume ELSE 0 END), azoth_sum(volume)), 4)
FROM (SELECT CAST(strftime('%Y', o_orderdate) AS INTEGER) AS o_year, azoth_multiply(l_extendedprice, azoth_subtract(1, l_discount)) AS volume, n2.n_name AS nation
      FROM tpch_part
      JOIN tpch_lineitem ON l_partkey = p_partkey
      JOIN tpch_supplier ON s_suppkey = l_suppkey
      JOIN tpch_orders ON o_orderkey = l_orderkey
      JOIN tpch_customer ON c_custkey = o_custkey
      JOIN tpch_nation n1 ON n1.n_nationkey = c_nationkey
      JOIN tpch_region ON r_regionkey = n1.n_regionkey
      JOIN tpch_nation n2 ON n2.n_nationkey = s_nationkey
      WHERE r_name = 'AMERICA' AND p_type = 'ECONOMY ANODIZED STEEL'
        AND o_orderdate BETWEEN '1995-01-01' AND '1996-12-31') all_nations
GROUP BY o_year
ORDER BY o_year
