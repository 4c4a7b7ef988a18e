#include "rules.hpp"

#include "sql_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace azoth::sqlite {
namespace {

std::string as_text(const cell& value) {
    arena scratch;
    return std::string{convert(value, cell_tag::text, scratch).chars_view()};
}

/// A value as SQLite stores it: it has no literals for dates and the like.
void write_literal(compiler& out, const cell& value, const type& of) {
    if (!value.is_null() && is_kept_as_text(of)) return write_quoted_text(out, as_text(value));
    switch (value.tag) {
        case cell_tag::i64: out << fmt::format("{}", value.i64); return;
        case cell_tag::f64:
            // What is too large for a double is read as an infinity.
            if (std::isinf(value.f64)) out << (value.f64 < 0 ? "-9e999" : "9e999");
            else write_ansi_literal(out, value, of);
            return;
        case cell_tag::date:
        case cell_tag::time:
        case cell_tag::timestamp:
        case cell_tag::instant:
        case cell_tag::uuid: write_quoted_text(out, as_text(value)); return;
        case cell_tag::interval: {
            arena scratch;
            out << fmt::format("{}", convert(value, cell_tag::i64, scratch).i64);
            return;
        }
        default: write_ansi_literal(out, value, of);
    }
}

rule_table make_rules() {
    rule_table r = ansi_rules();
    r.family = "sqlite";  // whatever name a dialect with these rules goes by
    r.literal = write_literal;
    r.lone_offset_limit = "-1";
    r.groups_set_operations = false;
    r.identifiers.max_length = 1'000'000;  // SQLite has no limit of its own
    r.rename_function("char_length", "length");
    r.rename_function("character_length", "length");
    r.rename_function("substring", "substr");
    r.rename_function("greatest", "max");
    r.rename_function("least", "min");
    r.joined = joined_style::exists;
    r.wraps_upserted_queries = true;  // ON would belong to a join of the query
    r.explain = [](const profile&, const explain_options&) { return std::string{"EXPLAIN QUERY PLAN "}; };
    set_type_rules(r);
    set_decimal_rules(r);
    set_moment_rules(r);
    set_aggregate_rules(r);
    set_operator_rules(r);
    set_table_rules(r);
    set_compound_rules(r);
    set_document_rules(r);
    set_ddl_rules(r);
    set_alter_rules(r);
    return r;
}

}  // namespace

const rule_table& rules() {
    static const rule_table made = make_rules();
    return made;
}

}  // namespace azoth::sqlite
