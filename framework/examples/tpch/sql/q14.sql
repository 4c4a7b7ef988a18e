SELECT CAST(100.00 * sum(CASE WHEN p_type LIKE 'PROMO%' THEN l_extendedprice * (1 - l_discount) ELSE 0 END)
            / sum(l_extendedprice * (1 - l_discount)) AS DECIMAL(18, 4))
FROM tpch_lineitem
JOIN tpch_part ON p_partkey = l_partkey
WHERE l_shipdate >= '1995-09-01' AND l_shipdate < '1995-10-01'
