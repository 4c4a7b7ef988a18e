#include "rules.hpp"

namespace azoth::postgresql {
namespace {

rule_table make_rules() {
    rule_table r = ansi_rules();
    r.family = "postgresql";  // whatever name a dialect with these rules goes by
    r.placeholder = placeholders::dollar_number;
    r.literal = write_literal;
    r.limit = write_limit_offset;  // FETCH FIRST takes no cast
    r.explain = [](const profile&, const explain_options& options) {
        return std::string{"EXPLAIN ("} + (options.analyze ? "ANALYZE, " : "") +
               (options.format == explain_format::json ? "FORMAT JSON) " : "FORMAT TEXT) ");
    };
    set_type_rules(r);
    set_expression_rules(r);
    set_moment_rules(r);
    set_aggregate_rules(r);
    set_operator_rules(r);
    set_table_rules(r);
    set_document_rules(r);
    set_ddl_rules(r);
    set_enum_rules(r);
    return r;
}

}  // namespace

const rule_table& rules() {
    static const rule_table made = make_rules();
    return made;
}

}  // namespace azoth::postgresql
