SELECT l_returnflag, l_linestatus, azoth_sum(l_quantity), azoth_sum(l_extendedprice),
       azoth_sum(azoth_multiply(l_extendedprice, azoth_subtract(1, l_discount))),
       azoth_sum(azoth_multiply(azoth_multiply(l_extendedprice, azoth_subtract(1, l_discount)), azoth_add(1, l_tax))),
       azoth_round(azoth_avg(l_quantity), 4),
       azoth_round(azoth_avg(l_extendedprice), 4),
       azoth_round(azoth_avg(l_discount), 4),
       count(*)
FROM tpch_lineitem
WHERE l_shipdate <= '1998-09-02'
GROUP BY l_returnflag, l_linestatus
ORDER BY l_returnflag, l_linestatus
