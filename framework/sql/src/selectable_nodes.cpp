#include <azoth/base/error.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace azoth {

bool table_node::matches(const node& other, node_matcher& matcher) const {
    // Two tables of one name, built at run time, are two sources, and need not have the same columns, keys or references.
    switch (matcher.partners(this, &other)) {
        case node_matcher::partnership::refused: return false;
        case node_matcher::partnership::known: return true;
        case node_matcher::partnership::fresh: break;
    }
    return this == &other || (node_base::matches(other, matcher) && columns == static_cast<const table_node&>(other).columns);
}

const std::vector<column_spec>& columns_of(const node& source) {
    static const std::vector<column_spec> none;
    switch (source.kind().number) {
        case node_numbers::table: return static_cast<const table_node&>(source).columns;
        case node_numbers::alias: return columns_of(*static_cast<const alias_node&>(source).source);
        case node_numbers::subquery: return static_cast<const subquery_node&>(source).columns;
        case node_numbers::cte: return static_cast<const cte_node&>(source).columns;
        case node_numbers::cte_self: return static_cast<const cte_self_node&>(source).columns;
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
        case node_numbers::subquery: {
            const auto& s = static_cast<const subquery_node&>(source);
            return s.name.empty() ? "an unnamed subquery" : s.name;
        }
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
        default: return nullptr;
    }
}

bool is_nullable(const node& expression) {
    const auto* column = node_cast<column_node>(&expression);
    return !column || column->spec->nullable;
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
    if (!items) throw_error(errc::statement, fmt::format("a {} returns no columns to select from", query.kind().name));
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
        spec.nullable = is_nullable(e);
        specs.push_back(std::move(spec));
    }
    return specs;
}

statement_base::~statement_base() { delete remembered_.load(std::memory_order_acquire); }

void statement_base::remember(std::unique_ptr<const remembered_compilation> compilation) const noexcept {
    const remembered_compilation* none = nullptr;
    if (remembered_.compare_exchange_strong(none, compilation.get(), std::memory_order_acq_rel)) static_cast<void>(compilation.release());
}

void statement_base::forget() noexcept { delete remembered_.exchange(nullptr, std::memory_order_acq_rel); }

}  // namespace azoth
