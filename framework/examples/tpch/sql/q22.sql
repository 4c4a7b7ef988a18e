SELECT country_code, count(*), sum(c_acctbal)
FROM (SELECT substr(c_phone, 1, 2) AS country_code, c_acctbal
      FROM tpch_customer
      WHERE substr(c_phone, 1, 2) IN ('13', '31', '23', '29', '30', '18', '17')
        AND c_acctbal > (SELECT avg(c.c_acctbal) FROM tpch_customer c
                         WHERE c.c_acctbal > 0
                           AND substr(c.c_phone, 1, 2) IN ('13', '31', '23', '29', '30', '18', '17'))
        AND NOT EXISTS (SELECT 1 FROM tpch_orders WHERE o_custkey = c_custkey)) idle
GROUP BY country_code
ORDER BY country_code
