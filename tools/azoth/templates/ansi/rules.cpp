// How @name@ writes SQL. Everything begins as the standard has it.
#include "connection.hpp"

namespace @name@_dialect {
namespace {

azoth::rule_table make_rules() {
    azoth::rule_table r = azoth::ansi_rules();
    r.family = "@name@";
    // Names: how they are quoted, and how long they may be.
    r.identifiers = {.open_quote = '"', .close_quote = '"', .max_length = 63, .length_in_bytes = true};
    // Types, functions, ends of queries, DDL: a rule for what differs, as the suite's failures ask for it. For example:
    //   r.set_type(azoth::type_kind::text, {&write_clob, nullptr});
    //   r.set(azoth::operation::power, "POWER");
    return r;
}

}  // namespace

const azoth::rule_table& rules() {
    static const azoth::rule_table made = make_rules();
    return made;
}

}  // namespace @name@_dialect
