SELECT n1.n_name AS supp_nation, n2.n_name AS cust_nation, CAST(EXTRACT(YEAR FROM l_shipdate) AS INTEGER) AS l_year, sum(l_extendedprice * (1 - l_discount))
FROM tpch_supplier
JOIN tpch_lineitem ON l_suppkey = s_suppkey
JOIN tpch_orders ON o_orderkey = l_orderkey
JOIN tpch_customer ON c_custkey = o_custkey
JOIN tpch_nation n1 ON n1.n_nationkey = s_nationkey
JOIN tpch_nation n2 ON n2.n_nationkey = c_nationkey
WHERE ((n1.n_name = 'FRANCE' AND n2.n_name = 'GERMANY') OR (n1.n_name = 'GERMANY' AND n2.n_name = 'FRANCE'))
  AND l_shipdate BETWEEN '1995-01-01' AND '1996-12-31'
GROUP BY n1.n_name, n2.n_name, CAST(EXTRACT(YEAR FROM l_shipdate) AS INTEGER)
ORDER BY supp_nation, cust_nation, l_year
