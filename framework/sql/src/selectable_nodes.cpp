#include <azoth/base/error.hpp>
#include <azoth/sql/nodes/sources.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace azoth {

bool table_node::matches(const node& other, node_matcher& matcher) const {
    // Two tables of one name, built at run time, are two sources, and need not have the same columns, keys or references.
    switch (matcher.partners(this, &other)) {
        case node_matcher::partnership::refused: return false;
        case node_matcher::partnership::known: return true;
        case node_matcher::partnership::fresh: break;
    }
    const auto& that = static_cast<const table_node&>(other);
    return this == &other || (node_base::matches(other, matcher) && columns == that.columns && keys == that.keys);
}

const std::vector<column_spec>& columns_of(const node& source) {
    static const std::vector<column_spec> none;
    switch (source.kind().number) {
        case node_numbers::table: return static_cast<const table_node&>(source).columns;
        case node_numbers::alias: return columns_of(*static_cast<const alias_node&>(source).source);
        case node_numbers::subquery: return static_cast<const subquery_node&>(source).columns;
        case node_numbers::cte: return static_cast<const cte_node&>(source).columns;
        case node_numbers::cte_self: return static_cast<const cte_self_node&>(source).columns;
        case node_numbers::values: return static_cast<const values_node&>(source).columns;
        case node_numbers::table_function: return static_cast<const table_function_node&>(source).columns;
        case node_numbers::sample: return columns_of(*static_cast<const sample_node&>(source).source);
        default: return none;
    }
}

const column_spec& find_column(const node& source, std::string_view name) {
    const auto& columns = columns_of(source);
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const column_spec& c) { return c.name == name; });
    if (found != columns.end()) return *found;
    std::vector<std::string_view> names;
    for (const auto& c : columns) names.push_back(c.name);
    throw_error(errc::no_such_column,
                fmt::format("{} has no column \"{}\"; it has: {}", source_name(source), name, fmt::join(names, ", ")));
}

namespace {
std::string named_or(const std::string& name, const std::string& otherwise) { return name.empty() ? otherwise : name; }
}  // namespace

std::string source_name(const node& source) {
    switch (source.kind().number) {
        case node_numbers::table: {
            const auto& t = static_cast<const table_node&>(source);
            return t.schema.empty() ? t.name : t.schema + "." + t.name;
        }
        case node_numbers::alias: {
            const auto& a = static_cast<const alias_node&>(source);
            return a.name.empty() ? "an alias of " + source_name(*a.source) : a.name;
        }
        case node_numbers::subquery: return named_or(static_cast<const subquery_node&>(source).name, "an unnamed subquery");
        case node_numbers::values: return named_or(static_cast<const values_node&>(source).name, "unnamed values");
        case node_numbers::table_function:
            return named_or(static_cast<const table_function_node&>(source).name, static_cast<const table_function_node&>(source).function);
        case node_numbers::sample:
            return named_or(static_cast<const sample_node&>(source).name, source_name(*static_cast<const sample_node&>(source).source));
        case node_numbers::joined: return "the nested join of " + source_name(*static_cast<const joined_node&>(source).first);
        case node_numbers::cte: return static_cast<const cte_node&>(source).name;
        case node_numbers::cte_self: return static_cast<const cte_self_node&>(source).name;
        default: return source.kind().name;
    }
}

namespace {

const std::vector<select_item>* items_of(const node& query) {
    switch (query.kind().number) {
        case node_numbers::select: return &static_cast<const select_node&>(query).items;
        case node_numbers::compound: return items_of(*static_cast<const compound_node&>(query).parts.front());
        case node_numbers::text: return &static_cast<const text_node&>(query).columns;
        case node_numbers::insert: return &static_cast<const insert_node&>(query).returning;
        case node_numbers::update: return &static_cast<const update_node&>(query).returning;
        case node_numbers::delete_: return &static_cast<const delete_node&>(query).returning;
        default: return nullptr;
    }
}

bool is_optional(join_kind kind) { return kind == join_kind::left || kind == join_kind::full; }
bool makes_optional(join_kind kind) { return kind == join_kind::right || kind == join_kind::full; }

/// Whether outer joins in the target can make the source's columns NULL; null: the target does not have the source.
std::optional<bool> outer_within(const node& target, const node* source);

std::optional<bool> outer_after(std::optional<bool> left, const std::vector<join_item>& joins, const node* source) {
    for (const auto& join : joins) {
        if (const auto right = outer_within(*join.target, source)) left = *right || is_optional(join.kind);
        else if (left) left = *left || makes_optional(join.kind);
    }
    return left;
}

std::optional<bool> outer_within(const node& target, const node* source) {
    if (&target == source) return false;
    const auto* nested = node_cast<joined_node>(&target);
    return nested ? outer_after(outer_within(*nested->first, source), nested->joins, source) : std::nullopt;
}

/// Whether an outer join of the query can make the source's columns NULL.
bool is_outer_joined(const select_node& query, const node* source) {
    std::optional<bool> left;
    for (const auto& from : query.from)
        if (!left) left = outer_within(*from, source);
    return *outer_after(left.value_or(false), query.joins, source);
}

bool is_nullable(const node& query, const select_item& item) {
    if (item.strict) return false;
    const auto* column = node_cast<column_node>(item.expression);
    if (!column || column->spec->nullable) return true;
    const auto* select = node_cast<select_node>(&query);
    return select && is_outer_joined(*select, column->source.get());
}

std::string natural_name(const node& expression) {
    if (const auto* label = node_cast<label_node>(&expression)) return label->name;
    if (const auto* column = node_cast<column_node>(&expression)) return column->spec->name;
    if (const auto* function = node_cast<function_node>(&expression)) return function->name;
    return {};
}

}  // namespace

std::vector<column_spec> result_specs(const node& query, const std::vector<std::string>& names) {
    const auto* items = items_of(query);
    if (!items || items->empty())
        throw_error(errc::statement, fmt::format("{}: {}", query.kind().name,
                                                 query.kind().number == node_numbers::text
                                                     ? "say which columns the text returns, with columns<Ts...>({\"name\", ...})"
                                                     : "it returns no columns to select from"));
    if (!names.empty() && names.size() != items->size())
        throw_error(errc::statement, fmt::format("{} names for {} columns: give one name a column", names.size(), items->size()));
    std::vector<column_spec> specs;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const node& e = *(*items)[i].expression;
        column_spec spec;
        spec.name = names.empty() ? natural_name(e) : names[i];
        if (spec.name.empty())
            throw_error(errc::statement, fmt::format("column {} of a subquery has no name: give it one with .label(\"name\")", i + 1));
        if (std::any_of(specs.begin(), specs.end(), [&](const column_spec& s) { return s.name == spec.name; }))
            throw_error(errc::statement, fmt::format("a subquery has two columns \"{}\": rename one with .label(\"name\")", spec.name));
        spec.type = type_of(e);
        spec.nullable = is_nullable(query, (*items)[i]);
        specs.push_back(std::move(spec));
    }
    return specs;
}

std::size_t detail::width_of_query(const node& query) {
    const auto* items = items_of(query);
    return items ? items->size() : 0;
}

statement_option::~statement_option() = default;
statement_base::~statement_base() { delete remembered_.load(std::memory_order_acquire); }

void statement_base::remember(std::unique_ptr<const remembered_compilation> compilation) const noexcept {
    const remembered_compilation* none = nullptr;
    if (remembered_.compare_exchange_strong(none, compilation.get(), std::memory_order_acq_rel)) static_cast<void>(compilation.release());
}

void statement_base::forget() noexcept { delete remembered_.exchange(nullptr, std::memory_order_acq_rel); }

}  // namespace azoth
