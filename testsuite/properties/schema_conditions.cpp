// Checks and indexes of random tables, by conditions that every database has.
#include "schema_generator.hpp"

namespace properties {
namespace {

using k = az::type_kind;
using az::own_column;

az::expr<bool> of_number(const std::string& column, unsigned how) {
    const auto x = own_column<std::int64_t>(column);
    switch (how) {
        case 0: return x > 0;
        case 1: return x.between(-5, 500);
        case 2: return x.in({1, 2, 3});
        case 3: return (x + 1) * 2 <= 100 - x;
        case 4: return x != 7;
        default: return -x < 10;
    }
}

az::expr<bool> of_text(const std::string& column, unsigned how) {
    const auto x = own_column<std::string>(column);
    switch (how) {
        case 0: return x != "";
        case 1: return x.in({"a", "it's", "naïve 測"});
        case 2: return x.like("a%");
        case 3: return az::func::lower(x) == x;
        case 4: return az::func::char_length(x) > 1;
        default: return az::func::coalesce(x, "none") != "%s :x";
    }
}

}  // namespace

az::expr<bool> schema_generator::simple_condition(const draft& over) {
    const std::string& name = over.spec.name;
    const unsigned how = from_.pick(6);
    switch (over.spec.type.kind) {
        case k::small_integer:
        case k::integer:
        case k::big_integer: return of_number(name, how);
        case k::string:
        case k::text: return of_text(name, how);
        case k::numeric: return own_column<az::decimal>(name) >= az::decimal::parse("0.1");
        case k::boolean: return own_column<bool>(name) == (how % 2 == 0);
        case k::date: return own_column<az::date>(name) > az::date{std::chrono::year{2000} / 1 / 1};
        default: return own_column<az::value>(name).is_not_null();
    }
}

az::expr<bool> schema_generator::condition(const drafted_table& over, int depth) {
    const unsigned how = depth == 0 ? 0 : from_.pick(5);
    if (how == 3) return condition(over, depth - 1) && condition(over, depth - 1);
    if (how == 4) return condition(over, depth - 1) || condition(over, depth - 1);
    return simple_condition(over.columns[from_.pick(static_cast<unsigned>(over.columns.size()))]);
}

void schema_generator::add_checks(drafted_table& to) {
    for (unsigned n = from_.pick(3); n > 0; --n) {
        // A numbered column, one that is computed, and one that a key may change are no matter of checks on MySQL and MariaDB.
        drafted_table over = to;
        if (place_.is_mysql()) {
            std::erase_if(over.columns, [&](const draft& c) {
                bool refers = false;
                for (const auto& e : to.elements)
                    if (const auto* key = std::get_if<az::foreign_key>(&e))
                        refers = refers || std::ranges::find(key->columns, c.spec.name) != key->columns.end();
                return c.details.computed || c.spec.primary_key || refers;
            });
        }
        if (!over.columns.empty()) to.elements.emplace_back(az::check(names_.make("check "), condition(over, 3)));
    }
}

az::index_element schema_generator::element_of(const draft& c) {
    const auto& schema = place_.can().schema;
    const bool is_text = c.spec.type.kind == k::string || c.spec.type.kind == k::text;
    const bool is_number = c.spec.type.kind == k::integer;
    az::index_element made{c.spec.name};
    if (schema.functional_indexes && is_text && from_.one_in(3)) made = az::by(az::func::lower(own_column<std::string>(c.spec.name)));
    else if (schema.functional_indexes && is_number && from_.one_in(3)) made = az::by(own_column<std::int64_t>(c.spec.name) * 2 + 1);
    made.descending = from_.one_in(3);
    if (schema.index_nulls_order && from_.one_in(4)) made.nulls = from_.pick(2) == 0 ? az::nulls_order::first : az::nulls_order::last;
    return made;
}

az::index_definition schema_generator::index_of(drafted_table& t) {
    const auto& schema = place_.can().schema;
    az::index_definition made{.name = names_.make()};
    const auto columns = some_columns(t, 3, [&](const draft& c) { return can_be_key(c) && !c.details.computed; });
    for (const std::size_t i : columns) made.elements.push_back(element_of(t.columns[i]));
    made.unique = from_.one_in(4);
    if (schema.covering_indexes && from_.one_in(5))
        made.include.push_back(t.columns[from_.pick(static_cast<unsigned>(t.columns.size()))].spec.name);
    if (schema.partial_indexes && from_.one_in(4)) made.where = condition(t, 2).node();
    return made;
}

void schema_generator::add_indexes(drafted_table& to) {
    for (unsigned n = from_.pick(3); n > 0; --n)
        if (auto made = index_of(to); !made.elements.empty()) to.elements.emplace_back(std::move(made));
}

}  // namespace properties
