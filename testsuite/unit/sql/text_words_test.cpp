// Whether raw SQL may write, as far as its words tell.
#include "shop.hpp"

#include "text_words.hpp"

namespace {

bool writes(std::string_view sql, bool is_statement = true) {
    return azoth::detail::may_write(*azoth::detail::parse_text(sql), is_statement);
}

}  // namespace

TEST_CASE("text: what reads") {
    for (const char* sql :
         {"SELECT 1", "  select a from t where b = :b", "WITH x AS (SELECT 1) SELECT * FROM x", "VALUES (1)", "SHOW TABLES",
          "(SELECT 1) UNION (SELECT 2)", "SELECT 'DELETE FROM t'", "SELECT \"insert\" FROM t", "SELECT 1 -- DROP TABLE t",
          "SELECT /* INSERT */ 1", "SELECT a FROM t FOR UPDATE", "SELECT a FROM t FOR NO KEY UPDATE", "PRAGMA table_info(t)",
          "EXPLAIN SELECT 1", "SELECT replace(a, 'x', 'y'), deleted, updated_at FROM t"}) {
        INFO(sql);
        CHECK(!writes(sql));
    }
}

TEST_CASE("text: what may write") {
    for (const char* sql :
         {"INSERT INTO t VALUES (1)", "update t set a = 1", "Delete From t", "DROP TABLE t", "CREATE TABLE t (a int)", "CALL p()", "VACUUM",
          "WITH gone AS (DELETE FROM t RETURNING a) SELECT * FROM gone", "EXPLAIN ANALYZE DELETE FROM t", "SELECT a INTO other FROM t",
          "/* SELECT */ DELETE FROM t", "PRAGMA user_version = 5", "SELECT 1; DROP TABLE t", "", "/*! DELETE FROM t */"}) {
        INFO(sql);
        CHECK(writes(sql));
    }
}

TEST_CASE("text: a piece of a statement need not begin with a word that reads") {
    CHECK(!writes("size > 5", false));
    CHECK(!writes("name = 'DELETE'", false));
    CHECK(writes("DELETE FROM t RETURNING id", false));
}
