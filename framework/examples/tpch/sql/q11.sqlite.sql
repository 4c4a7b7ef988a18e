SELECT ps_partkey, azoth_sum(azoth_multiply(ps_supplycost, ps_availqty)) AS value
FROM tpch_partsupp
JOIN tpch_supplier ON s_suppkey = ps_suppkey
JOIN tpch_nation ON n_nationkey = s_nationkey
WHERE n_name = 'GERMANY'
GROUP BY ps_partkey
HAVING azoth_sum(azoth_multiply(ps_supplycost, ps_availqty)) COLLATE azoth_decimal >
       (SELECT azoth_multiply(azoth_sum(azoth_multiply(ps_supplycost, ps_availqty)), :fraction)
        FROM tpch_partsupp
        JOIN tpch_supplier ON s_suppkey = ps_suppkey
        JOIN tpch_nation ON n_nationkey = s_nationkey
        WHERE n_name = 'GERMANY')
ORDER BY value COLLATE azoth_decimal DESC, ps_partkey
