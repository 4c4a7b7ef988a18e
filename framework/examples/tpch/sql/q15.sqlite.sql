WITH revenue AS (
  SELECT l_suppkey AS supplier_no, azoth_sum(azoth_multiply(l_extendedprice, azoth_subtract(1, l_discount))) AS total_revenue
  FROM tpch_lineitem
  WHERE l_shipdate >= '1996-01-01' AND l_shipdate < '1996-04-01'
  GROUP BY l_suppkey)
SELECT s_suppkey, s_name, s_address, s_phone, total_revenue
FROM tpch_supplier
JOIN revenue ON supplier_no = s_suppkey
WHERE total_revenue = (SELECT max(total_revenue COLLATE azoth_decimal) FROM revenue)
ORDER BY s_suppkey
