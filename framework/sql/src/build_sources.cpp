// The compiled core of <azoth/sql/subquery.hpp>, <azoth/sql/joins.hpp>, <azoth/sql/compound.hpp> and <azoth/sql/cte.hpp>.
#include "own_node.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/cte.hpp>
#include <azoth/sql/select.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {

compound_node& own(node_handle<compound_node>& n) { return own_node(n); }
joined_node& own(node_handle<joined_node>& n) { return own_node(n); }

void add_join(select_node& n, join_kind kind, const node_ptr& target, const node_ptr& on) {
    if (n.joins.empty()) n.joins.reserve(2);
    n.joins.push_back({kind, target, on});
}
void add_join(joined_node& n, join_kind kind, const node_ptr& target, const node_ptr& on) { n.joins.push_back({kind, target, on}); }

void add_dialect_text(std::vector<dialect_text>& to, std::string_view sql, std::string_view dialect, node_ptr source) {
    if (dialect.empty()) throw_error(errc::statement, fmt::format("the SQL \"{}\" is for no dialect: name the one that knows it", sql));
    to.push_back({std::string{dialect}, std::string{sql}, std::move(source)});
}

namespace {

std::size_t width_of(const node& query) {
    if (const auto* select = node_cast<select_node>(&query)) return select->items.size();
    if (const auto* compound = node_cast<compound_node>(&query)) return width_of(*compound->parts.front());
    if (const auto* text = node_cast<text_node>(&query)) return text->columns.size();
    return 0;
}

}  // namespace

node_handle<compound_node> make_compound(set_operator op, std::vector<node_ptr> parts) {
    if (parts.empty()) throw_error(errc::statement, "a union of no queries: give at least one");
    const std::size_t width = width_of(*parts.front());
    for (const auto& part : parts)
        if (const std::size_t other = width_of(*part); other != width && other != 0 && width != 0)
            throw_error(errc::statement, fmt::format("the parts of a UNION have {} and {} columns: give them as many", width, other));
    return make_node<compound_node>(op, std::move(parts));
}

namespace {

/// The query with these names for its columns. Databases name what is no plain column as they like ("count(*)"), and not every one takes a
/// list of names behind a subquery's own name.
node_ptr relabelled(const node_ptr& query, const std::vector<column_spec>& specs) {
    if (const auto* compound = node_cast<compound_node>(query)) {
        auto copy = make_node<compound_node>(*compound);
        copy->parts.front() = relabelled(copy->parts.front(), specs);  // the first part names the result
        return copy;
    }
    const auto* select = node_cast<select_node>(query);
    if (!select) return query;
    auto copy = make_node<select_node>(*select);
    for (std::size_t i = 0; i < specs.size(); ++i) {
        node_ptr& item = copy->items[i].expression;
        const auto* label = node_cast<label_node>(item);
        const auto* column = node_cast<column_node>(item);
        const bool is_plain = column && !node_cast<table_function_node>(column->source);  // whose columns some dialects compute
        const bool is_named = (label && label->name == specs[i].name) || (is_plain && column->spec->name == specs[i].name);
        if (is_named) continue;
        // Around the name that the query itself knows it by: its ORDER BY may refer to that.
        if (column && !label) item = make_label(item, column->spec->name);
        item = make_label(item, specs[i].name);
    }
    return copy;
}

}  // namespace

node_ptr make_subquery(const node_ptr& query, std::string_view name, const std::vector<std::string>& columns, bool lateral) {
    auto specs = result_specs(*query, columns);
    const auto made = make_node<subquery_node>(relabelled(query, specs), std::string{name}, std::move(specs));
    made->lateral = lateral;
    return made;
}
node_ptr make_scalar(const node_ptr& query) { return make_node<const scalar_subquery_node>(query); }
node_ptr make_exists(const node_ptr& query) { return make_unary(unary_operator::exists, make_scalar(query)); }

namespace {

template <class N>
node_ptr copy_named(const node& of, std::string_view name) {
    const auto copy = make_node<N>(static_cast<const N&>(of));
    copy->name = name;
    return copy;
}

}  // namespace

node_ptr renamed_source(const node_ptr& source, std::string_view name) {
    switch (source->kind().number) {
        case node_numbers::alias: return renamed_source(static_cast<const alias_node&>(*source).source, name);
        case node_numbers::subquery: return copy_named<subquery_node>(*source, name);
        case node_numbers::values: return copy_named<values_node>(*source, name);
        case node_numbers::table_function: return copy_named<table_function_node>(*source, name);
        case node_numbers::sample: return copy_named<sample_node>(*source, name);
        default: return make_alias(source, name);
    }
}

expr<value> dynamic_column(const node_ptr& source, std::string_view name) {
    return expr<value>{make_column(source, find_column(*source, name))};
}

node_ptr typed_column(const node_ptr& source, std::string_view name, type_kind kind, bool can_be_null) {
    const column_spec& spec = find_column(*source, name);
    const type_family family = family_of(spec.type.kind);
    if (family != family_of(kind) && kind != type_kind::unknown && family != type_family::unknown)
        throw_error(errc::mapping, fmt::format("\"{}\".\"{}\" is a {}, not a {}", source_name(*source), name, to_string(spec.type),
                                               to_string(type{kind})));
    if (spec.nullable && !can_be_null)
        throw_error(errc::mapping, fmt::format("\"{}\".\"{}\" can be NULL: ask for a std::optional", source_name(*source), name));
    return make_column(source, spec);
}

std::vector<node_ptr> columns_by_name(const node_ptr& source, const entity_info& of) {
    std::vector<node_ptr> columns;
    columns.reserve(of.columns.size());
    for (const auto& c : of.columns)
        columns.push_back(make_column(source, find_column(*source, static_cast<const column_node&>(*c).spec->name)));
    return columns;
}

node_handle<cte_node> make_cte(const node_ptr& query, std::string_view name, const std::vector<std::string>& columns) {
    if (name.empty()) throw_error(errc::statement, "a common table expression needs a name");
    return make_node<cte_node>(std::string{name}, result_specs(*query, columns), query);
}

node_ptr make_cte_self(cte_node& cte) {
    cte.self = make_node<const cte_self_node>(cte.name, cte.columns);
    return cte.self;
}

node_ptr finish_cte(node_handle<cte_node> cte, const node_ptr& recursive, bool distinct) {
    cte->recursive = recursive;
    cte->distinct = distinct;
    return cte;
}

node_ptr hinted_cte(const node_ptr& cte, materialization hint) {
    const auto hinted = make_node<cte_node>(static_cast<const cte_node&>(*cte));
    hinted->hint = hint;
    return hinted;
}

}  // namespace azoth::detail

namespace azoth {

expr<value> position(std::uint32_t n) {
    if (n == 0) throw_error(errc::invalid_argument, "position(0): columns are counted from 1");
    auto number = make_node<text_node>();  // a literal would be a constant on PostgreSQL, by its cast
    number->pieces.push_back(fmt::format("{}", n));
    return expr<value>{std::move(number)};
}

}  // namespace azoth
