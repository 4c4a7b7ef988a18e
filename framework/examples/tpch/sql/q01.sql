SELECT l_returnflag, l_linestatus, sum(l_quantity), sum(l_extendedprice),
       sum(l_extendedprice * (1 - l_discount)),
       sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)),
       CAST(avg(l_quantity) AS DECIMAL(18, 4)),
       CAST(avg(l_extendedprice) AS DECIMAL(18, 4)),
       CAST(avg(l_discount) AS DECIMAL(18, 4)),
       count(*)
FROM tpch_lineitem
WHERE l_shipdate <= '1998-09-02'
GROUP BY l_returnflag, l_linestatus
ORDER BY l_returnflag, l_linestatus
