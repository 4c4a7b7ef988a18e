SELECT azoth_round(azoth_divide(
         azoth_multiply(100, azoth_sum(CASE WHEN p_type LIKE 'PROMO%'
                                            THEN azoth_multiply(l_extendedprice, azoth_subtract(1, l_discount))
                                            ELSE 0 END)),
         azoth_sum(azoth_multiply(l_extendedprice, azoth_subtract(1, l_discount)))), 4)
FROM tpch_lineitem
JOIN tpch_part ON p_partkey = l_partkey
WHERE l_shipdate >= '1995-09-01' AND l_shipdate < '1995-10-01'
