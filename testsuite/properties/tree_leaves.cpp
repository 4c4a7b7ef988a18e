// What trees end in: columns, values bound and written, NULL.
#include "tree_generator.hpp"

#include <array>
#include <cmath>

namespace properties {
namespace {

using k = az::type_kind;

constexpr std::array<std::int64_t, value_count> integers{0,   1,  -1,   2,     -2,         3,           7,          10,
                                                         -10, 63, 1000, -1000, 2147483647, -2147483648, 3000000000, -9007199254740992};
// Multiples of an eighth: sums and products of few are exact.
constexpr std::array<double, value_count> reals{0.0,   1.0,   -1.0, 0.5,   -0.5,  2.0,    0.25, 1.5,
                                                -2.25, 3.125, 10.0, -10.0, 100.5, 1000.0, -7.0, 0.125};
constexpr std::array<std::string_view, value_count> decimals{
    "0",   "1",    "-1",   "0.5",     "1.50",    "-0.01", "9.25",   "10.5",
    "100", "2.00", "-7.3", "0.00001", "1234.56", "-12",   "99.999", "1000000000000.25"};
constexpr std::array<std::string_view, value_count> texts{"",   "a", "A",     "b",  "ab", "it's", "a%", "a_b",
                                                          "\\", "é", "日本é", "A ", "--", "10",   " a", "%\\_'\""};
constexpr std::array<std::string_view, value_count> days{"2000-01-01", "1999-12-31", "2024-02-29", "2024-03-01", "1970-01-01", "1969-12-31",
                                                         "2023-02-28", "2100-03-01", "1900-01-01", "2024-12-31", "2025-01-01", "2024-01-31",
                                                         "1582-10-15", "2038-01-19", "2026-07-04", "2026-07-05"};

double size_of(const az::node& column) {
    const std::string& name = static_cast<const az::column_node&>(column).spec->name;
    return name == "w" ? 1e20 : name == "n" ? 10 : name == "id" ? 5 : 1000;
}
int scale_of(const az::node& column) {
    const auto& spec = *static_cast<const az::column_node&>(column).spec;
    return spec.type.kind == k::double_ ? 3 : spec.type.scale;
}

}  // namespace

az::type type_of_domain(domain d) {
    switch (d) {
        case domain::integer: return k::big_integer;
        case domain::real: return k::double_;
        case domain::exact: return k::numeric;
        case domain::text: return k::text;
        case domain::truth: return k::boolean;
        case domain::day: return k::date;
    }
    return {};
}

az::value value_to_try(domain d, unsigned which) {
    switch (d) {
        case domain::integer: return az::value{integers[which]};
        case domain::real: return az::value{reals[which]};
        case domain::exact: return az::value{az::decimal::parse(decimals[which])};
        case domain::text: return az::value{texts[which]};
        case domain::truth: return az::value{which % 2 == 0};
        case domain::day: return az::value{az::parse_date(days[which])};
    }
    return {};
}

namespace {

/// NULL has a type only where a cast says so: MariaDB computes with it as with a double.
az::node_ptr null_leaf(domain of, bool as_literal) {
    const az::type t = of == domain::exact ? az::numeric(30, 4) : type_of_domain(of);
    const az::node_ptr plain = as_literal ? az::node_ptr{az::make_node<const az::literal_node>(az::value{}, t)}
                                          : az::node_ptr{az::make_node<const az::bind_node>(az::value{}, t)};
    return of == domain::exact || of == domain::integer ? az::detail::make_cast(plain, t) : plain;
}

}  // namespace

term tree_generator::leaf(domain of, const az::node* like) {
    const unsigned what = from_.pick(8);
    const unsigned which = from_.pick(value_count);
    const bool as_literal = from_.pick(2) == 1;
    if (what < 4) return value_leaf(of, like, which, form_ == leaf_form::mixed ? as_literal : form_ == leaf_form::literal);
    if (what == 7) return {null_leaf(of, form_ == leaf_form::mixed ? as_literal : form_ == leaf_form::literal)};
    auto columns = sample_columns(type_of_domain(of).kind);
    if (of == domain::text) columns = sample_columns(k::string);
    if (of == domain::integer && which % 4 == 3) columns = sample_columns(k::integer);
    const az::node_ptr& column = columns[which % columns.size()];
    return {column, size_of(*column), scale_of(*column)};
}

term tree_generator::value_leaf(domain of, const az::node* like, unsigned which, bool as_literal) {
    az::value v = value_to_try(of, which);
    term made;
    switch (of) {
        case domain::integer: made.largest = std::fabs(static_cast<double>(integers[which])); break;
        case domain::real: made.largest = std::fabs(reals[which]), made.scale = 3; break;
        case domain::exact: {
            const auto d = az::decimal::parse(decimals[which]);
            made.largest = std::fabs(d.to_double()), made.scale = d.scale();
            break;
        }
        default: break;
    }
    if (as_literal) made.node = az::detail::make_literal(std::move(v));
    else made.node = az::detail::make_bind(std::move(v), like);
    return made;
}

term tree_generator::other(domain of, int depth, const term& first) {
    if (depth <= 1 || from_.pick(3) == 0) return leaf(of, first.node.get());
    return make(of, depth - 1);
}

}  // namespace properties
