SELECT azoth_round(azoth_divide(azoth_sum(l_extendedprice), 7), 4)
FROM tpch_lineitem
JOIN tpch_part ON p_partkey = l_partkey
WHERE p_brand = 'Brand#23' AND p_container = 'MED BOX'
  AND l_quantity < (SELECT 0.2 * avg(l.l_quantity) FROM tpch_lineitem l WHERE l.l_partkey = p_partkey)
