// What is asked of pg_catalog. Casts to TEXT and BIGINT keep the driver's own forms of "name", "char" and "oid" out of it.
#include "catalogue_queries.hpp"

#include <fmt/format.h>

namespace azoth::postgresql {

using std::string_view;

namespace {

/// The names of columns whose numbers are in an array, in its order.
std::string columns_named(string_view numbers, string_view relation) {
    return fmt::format(
        "ARRAY(SELECT CAST(a.attname AS TEXT) FROM pg_catalog.unnest({}) WITH ORDINALITY k (number, place) "
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = {} AND a.attnum = k.number ORDER BY k.place)",
        numbers, relation);
}

}  // namespace

string_view catalogue_queries::place() noexcept {
    return "SELECT CAST(pg_catalog.current_schema() AS TEXT), CAST(n.oid AS BIGINT), CAST(n.nspname AS TEXT) "
           "FROM pg_catalog.pg_namespace n WHERE CAST(n.nspname AS TEXT) = COALESCE(CAST($1 AS TEXT), pg_catalog.current_schema())";
}

string_view catalogue_queries::temporary_place() noexcept {
    return "SELECT CAST(pg_catalog.current_schema() AS TEXT), CAST(n.oid AS BIGINT), CAST(n.nspname AS TEXT) "
           "FROM pg_catalog.pg_namespace n WHERE n.oid = pg_catalog.pg_my_temp_schema()";
}

string_view catalogue_queries::relations() noexcept {
    return "SELECT CAST(c.oid AS BIGINT), CAST(c.relname AS TEXT), CAST(c.relkind AS TEXT), c.relpersistence = 'u', "
           "pg_catalog.obj_description(c.oid, 'pg_class'), "
           "c.reloptions || ARRAY(SELECT 'toast.' || o FROM pg_catalog.pg_class s CROSS JOIN pg_catalog.unnest(s.reloptions) o "
           "WHERE s.oid = c.reltoastrelid), CAST(t.spcname AS TEXT), CAST(m.amname AS TEXT), "
           "CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END, "
           "(SELECT string_agg(CAST(CAST(i.inhparent AS pg_catalog.regclass) AS TEXT), ', ' ORDER BY i.inhseqno) "
           "FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid), "
           "(SELECT count(*) FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid), c.relrowsecurity, "
           "CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END, "
           "CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END, "
           "CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END "
           "FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace "
           "LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam AND m.amname <> 'heap' "
           "WHERE c.relnamespace = CAST($1 AS pg_catalog.oid) AND c.relkind IN ('r', 'p', 'f', 'v', 'm') "
           "AND (CAST($2 AS TEXT[]) IS NULL OR CAST(c.relname AS TEXT) = ANY (CAST($2 AS TEXT[]))) ORDER BY c.relname COLLATE \"C\"";
}

string_view catalogue_queries::types() noexcept {
    return "WITH RECURSIVE used (oid) AS (SELECT a.atttypid FROM pg_catalog.pg_attribute a "
           "WHERE a.attrelid = ANY (CAST($1 AS pg_catalog.oid[])) AND a.attnum > 0 AND NOT a.attisdropped "
           "UNION SELECT x.oid FROM used u JOIN pg_catalog.pg_type t ON t.oid = u.oid "
           "CROSS JOIN LATERAL (VALUES (t.typelem), (t.typbasetype)) x (oid) WHERE x.oid <> 0) "
           "SELECT CAST(t.oid AS BIGINT), CAST(t.typname AS TEXT), CAST(n.nspname AS TEXT), CAST(t.typtype AS TEXT), "
           "CASE WHEN e.typarray = t.oid THEN CAST(e.oid AS BIGINT) END, CAST(t.typbasetype AS BIGINT), "
           "CAST(t.typtypmod AS BIGINT), pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull, "
           "(SELECT array_agg(CAST(l.enumlabel AS TEXT) ORDER BY l.enumsortorder) FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid) "
           "FROM used u JOIN pg_catalog.pg_type t ON t.oid = u.oid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
           "LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem";
}

string_view numbers_a_column() noexcept {
    return "EXISTS (SELECT FROM pg_catalog.pg_depend p LEFT JOIN pg_catalog.pg_attrdef e ON e.adrelid = p.refobjid "
           "AND e.adnum = p.refobjsubid WHERE p.classid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND p.objid = q.seqrelid "
           "AND p.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND p.refobjsubid > 0 AND (p.deptype = 'i' "
           "OR p.deptype = 'a' AND pg_catalog.pg_get_expr(e.adbin, e.adrelid) ~ '^nextval[(]''([^'']|'''')*''::regclass[)]$' "
           "AND EXISTS (SELECT FROM pg_catalog.pg_depend u WHERE u.classid = CAST('pg_catalog.pg_attrdef' AS pg_catalog.regclass) "
           "AND u.objid = e.oid AND u.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND u.refobjid = q.seqrelid)))";
}

std::string catalogue_queries::columns() const {
    return fmt::format(
        "SELECT CAST(a.attrelid AS BIGINT), CAST(a.attname AS TEXT), CAST(a.atttypid AS BIGINT), CAST(a.atttypmod AS BIGINT), "
        "pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid), "
        "CAST(a.attidentity AS TEXT), CAST({0} AS TEXT), CASE WHEN a.attcollation <> t.typcollation THEN CAST(l.collname AS TEXT) END, "
        "pg_catalog.col_description(a.attrelid, a.attnum), CAST(a.attndims AS BIGINT), "
        "a.attstorage <> t.typstorage OR {2}, "
        "CAST(s.seqtypid AS BIGINT), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, "
        "s.schema, s.name FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
        "LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
        "LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation "
        "LEFT JOIN (SELECT o.refobjid, o.refobjsubid, q.*, CASE WHEN o.deptype = 'a' THEN CAST(n.nspname AS TEXT) END AS schema, "
        "CASE WHEN o.deptype = 'a' THEN CAST(c.relname AS TEXT) END AS name FROM pg_catalog.pg_depend o "
        "JOIN pg_catalog.pg_sequence q ON q.seqrelid = o.objid JOIN pg_catalog.pg_class c ON c.oid = o.objid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE o.classid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND o.deptype IN ('i', 'a') "
        "AND o.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND o.refobjid = ANY (CAST($1 AS pg_catalog.oid[])) "
        "AND {1}) s ON s.refobjid = a.attrelid AND s.refobjsubid = a.attnum "
        "WHERE a.attrelid = ANY (CAST($1 AS pg_catalog.oid[])) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum",
        since(12, "a.attgenerated", "''"), numbers_a_column(), since(14, "a.attcompression <> ''", "FALSE"));
}

std::string catalogue_queries::constraints() const {
    return fmt::format(
        "SELECT CAST(c.conrelid AS BIGINT), CAST(c.contype AS TEXT), CAST(c.conname AS TEXT), {0}, CAST(n.nspname AS TEXT), "
        "CAST(r.relname AS TEXT), {1}, CAST(c.confdeltype AS TEXT), CAST(c.confupdtype AS TEXT), c.confmatchtype = 'f', c.condeferrable, "
        "c.condeferred, CASE WHEN c.contype = 'c' THEN pg_catalog.pg_get_expr(c.conbin, c.conrelid) END, {2}, c.convalidated, "
        "c.connoinherit AND c.contype = 'c', {3}, {4}, pg_catalog.obj_description(c.oid, 'pg_constraint') FROM pg_catalog.pg_constraint c "
        "LEFT JOIN pg_catalog.pg_class r ON r.oid = c.confrelid LEFT JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace "
        "LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u') "
        "WHERE c.conrelid = ANY (CAST($1 AS pg_catalog.oid[])) AND c.contype IN ('p', 'u', 'f', 'c', 'x') AND (c.contype <> 'f' OR {5}) "
        "ORDER BY c.conrelid, c.oid",
        columns_named("c.conkey", "c.conrelid"), columns_named("c.confkey", "c.confrelid"),
        since(15, "COALESCE(i.indnullsnotdistinct, FALSE)", "FALSE"), since(11, "COALESCE(i.indnatts > i.indnkeyatts, FALSE)", "FALSE"),
        since(15, "c.confdelsetcols IS NOT NULL", "FALSE"), since(11, "c.conparentid = 0", "TRUE"));
}

std::string catalogue_queries::indexes() const {
    return fmt::format(
        "SELECT CAST(i.indrelid AS BIGINT), CAST(i.indexrelid AS BIGINT), CAST(x.relname AS TEXT), i.indisunique, "
        "CASE WHEN m.amname <> 'btree' THEN CAST(m.amname AS TEXT) END, pg_catalog.pg_get_expr(i.indpred, i.indrelid), {0}, "
        "i.indisvalid, array_to_string(x.reloptions, ', '), CAST(s.spcname AS TEXT), pg_catalog.obj_description(x.oid, 'pg_class'), "
        "k.place <= {1}, CAST(a.attname AS TEXT), "
        "CASE WHEN i.indkey[k.place - 1] = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.place, TRUE) END, "
        "i.indoption[k.place - 1] & 1 = 1, i.indoption[k.place - 1] & 2 = 2, CAST(l.collname AS TEXT), CAST(o.opcname AS TEXT), {2} "
        "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid JOIN pg_catalog.pg_am m ON m.oid = x.relam "
        "LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace "
        "CROSS JOIN LATERAL pg_catalog.generate_series(1, CAST(i.indnatts AS INTEGER)) k (place) "
        "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1] AND a.attnum <> 0 "
        "LEFT JOIN pg_catalog.pg_attribute y ON y.attrelid = i.indexrelid AND y.attnum = k.place "
        "LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[k.place - 1] "
        "AND l.oid <> COALESCE(a.attcollation, 100) "
        "LEFT JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[k.place - 1] AND NOT o.opcdefault "
        "WHERE i.indrelid = ANY (CAST($1 AS pg_catalog.oid[])) AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c "
        "WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')) ORDER BY i.indrelid, i.indexrelid, k.place",
        since(15, "i.indnullsnotdistinct", "FALSE"), since(11, "i.indnkeyatts", "i.indnatts"),
        since(13, "y.attoptions IS NOT NULL", "FALSE"));
}

string_view catalogue_queries::sources() noexcept {
    return "SELECT DISTINCT CAST(r.ev_class AS BIGINT), CAST(n.nspname AS TEXT), CAST(c.relname AS TEXT) FROM pg_catalog.pg_rewrite r "
           "JOIN pg_catalog.pg_depend d ON d.classid = CAST('pg_catalog.pg_rewrite' AS pg_catalog.regclass) AND d.objid = r.oid "
           "AND d.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND d.refobjid <> r.ev_class "
           "JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND c.relkind IN ('r', 'p', 'f', 'v', 'm') "
           "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE r.ev_class = ANY (CAST($1 AS pg_catalog.oid[])) "
           "ORDER BY 1, 2, 3";
}

string_view catalogue_queries::triggers() noexcept {
    return "SELECT CAST(t.tgrelid AS BIGINT), array_agg(CAST(t.tgname AS TEXT) ORDER BY t.tgname) FROM pg_catalog.pg_trigger t "
           "JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal "
           "AND t.tgrelid = ANY (CAST($1 AS pg_catalog.oid[])) GROUP BY t.tgrelid, c.relname ORDER BY c.relname COLLATE \"C\"";
}

string_view catalogue_queries::sequences() noexcept {
    static const std::string sql = fmt::format(
        "SELECT CAST(c.relname AS TEXT), pg_catalog.obj_description(c.oid, 'pg_class'), "
        "q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle, "
        "(SELECT CAST(CAST(a.attrelid AS pg_catalog.regclass) AS TEXT) || '.' || a.attname FROM pg_catalog.pg_depend d "
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid "
        "WHERE d.classid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND d.objid = c.oid AND d.deptype = 'a' "
        "AND d.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) LIMIT 1) "
        "FROM pg_catalog.pg_sequence q JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid "
        "WHERE c.relnamespace = CAST($1 AS pg_catalog.oid) AND NOT {} ORDER BY c.relname COLLATE \"C\"",
        numbers_a_column());
    return sql;
}

string_view catalogue_queries::counters() noexcept {
    static const std::string sql = fmt::format(
        "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), CAST(COALESCE(o.relname, c.relname) AS TEXT), CAST(o.attname AS TEXT), "
        "q.seqincrement, q.seqmin, q.seqmax, q.seqcycle "
        "FROM pg_catalog.pg_sequence q JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN (SELECT d.objid, t.relname, a.attname "
        "FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class t ON t.oid = d.refobjid "
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid "
        "WHERE d.classid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass) AND d.deptype IN ('i', 'a') "
        "AND d.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass)) o ON o.objid = q.seqrelid AND {} "
        "WHERE c.relnamespace = CAST($1 AS pg_catalog.oid) AND pg_catalog.has_table_privilege(c.oid, 'SELECT') "
        "AND (o.relname IS NULL OR CAST($2 AS TEXT[]) IS NULL OR CAST(o.relname AS TEXT) = ANY (CAST($2 AS TEXT[])))",
        numbers_a_column());
    return sql;
}

string_view catalogue_queries::enums() noexcept {
    return "SELECT CAST(t.typname AS TEXT), pg_catalog.obj_description(t.oid, 'pg_type'), "
           "(SELECT array_agg(CAST(l.enumlabel AS TEXT) ORDER BY l.enumsortorder) FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid) "
           "FROM pg_catalog.pg_type t WHERE t.typtype = 'e' AND t.typnamespace = CAST($1 AS pg_catalog.oid) "
           "ORDER BY t.typname COLLATE \"C\"";
}

}  // namespace azoth::postgresql
