#include "rules.hpp"

namespace azoth::mysql {
namespace {

/// MariaDB's ANALYZE shows its EXPLAIN's columns with what was measured; MySQL's EXPLAIN ANALYZE a tree, and no JSON before 8.3.
std::string explain_words(const profile& server, const explain_options& options) {
    const bool is_mysql = server.sql_server() == "MySQL";
    const bool json = options.format == explain_format::json;
    if (is_mysql && options.analyze && json)
        throw_error(errc::not_supported, "MySQL shows what really happened as text only: ask for explain_format::text");
    std::string words = is_mysql && options.analyze ? "EXPLAIN ANALYZE " : options.analyze ? "ANALYZE " : "EXPLAIN ";
    return json ? words + "FORMAT=JSON " : words;
}

rule_table make_rules() {
    rule_table r = ansi_rules();
    r.identifiers = {.open_quote = '`', .close_quote = '`', .max_length = 64, .length_in_bytes = false};
    r.default_values = " () VALUES ()";
    r.ctes_before_insert = false;
    r.explain = &explain_words;
    r.family = "mysql";
    set_type_rules(r);
    set_expression_rules(r);
    set_moment_rules(r);
    set_aggregate_rules(r);
    set_operator_rules(r);
    set_document_rules(r);
    set_ddl_rules(r);
    set_index_rules(r);
    set_object_rules(r);
    set_table_rules(r);
    set_dml_rules(r);
    return r;
}

}  // namespace

const rule_table& rules() {
    static const rule_table made = make_rules();
    return made;
}

bool server_is(const compiler& out, std::uint32_t mariadb, std::uint32_t mysql) {
    const std::uint32_t wanted = out.server().sql_server() == "MySQL" ? mysql : mariadb;
    return wanted != 0 && out.server().sql_version() >= wanted;
}

}  // namespace azoth::mysql
