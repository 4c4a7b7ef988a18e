// The compiled core of <azoth/sql/select.hpp> and <azoth/sql/column.hpp>; see build_sources.cpp for what stands in FROM.
#include "own_node.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/cte.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace azoth::detail {
node_handle<select_node> make_select() { return make_node<select_node>(); }
select_node& own(node_handle<select_node>& n) { return own_node(n); }

void add_item(select_node& n, const node_ptr& expression, bool strict) { n.items.push_back({expression, strict}); }

void add_items(select_node& n, const std::vector<node_ptr>& columns, bool strict) {
    n.items.reserve(n.items.size() + columns.size());
    for (const auto& c : columns) n.items.push_back({c, strict && !static_cast<const column_node&>(*c).spec->nullable});
}

node_ptr make_limit(std::int64_t rows, std::string_view what) {
    if (rows < 0) throw_error(errc::invalid_argument, fmt::format("{}({}): give 0 or more rows", what, rows));
    return make_bind(value{rows}, nullptr);
}

node_ptr make_percentage(double percent) {
    if (!(percent >= 0 && percent <= 100)) throw_error(errc::invalid_argument, fmt::format("fetch_percent({}): give 0 to 100", percent));
    return make_bind(value{percent}, nullptr);
}

node_ptr check_limit(const node_ptr& rows, std::string_view what) {
    const auto* literal = node_cast<literal_node>(rows);
    const auto* bind = node_cast<bind_node>(rows);
    const value* given = literal ? &literal->content : bind && bind->name.empty() ? &bind->content : nullptr;
    if (!given) return rows;
    const cell c = given->view();
    if (c.tag == cell_tag::u64) return rows;
    return literal && c.tag == cell_tag::i64 && c.i64 >= 0 ? rows : make_limit(given->as<std::int64_t>(), what);
}

void add_window(select_node& n, std::string_view name, const window& spec) {
    if (name.empty()) throw_error(errc::statement, "a window's name is empty");
    n.windows.push_back({std::string{name}, make_node<const window_node>(spec.node())});
}

node_ptr make_alias(const node_ptr& source, std::string_view name) { return make_node<const alias_node>(source, std::string{name}); }
node_ptr make_column(const node_ptr& source, const column_spec& spec) { return make_node<const column_node>(source, spec); }

std::vector<node_ptr> columns_through(const node_ptr& source, const entity_info& of) {
    std::vector<node_ptr> columns;
    columns.reserve(of.columns.size());
    for (const auto& c : of.columns) columns.push_back(make_column(source, *static_cast<const column_node&>(*c).spec));
    return columns;
}

}  // namespace azoth::detail

namespace azoth {

bool is_unset(const cell& generated_key) noexcept {
    return generated_key.is_null() ||
           ((generated_key.tag == cell_tag::i64 || generated_key.tag == cell_tag::u64) && generated_key.i64 == 0);
}

bool is_unset_key(const cell& key) noexcept {
    if (key.tag == cell_tag::uuid) return std::all_of(std::begin(key.raw), std::end(key.raw), [](unsigned char b) { return b == 0; });
    return is_unset(key) || (key.is_view() && key.chars_view().empty());
}

std::size_t entity_info::index_of(std::ptrdiff_t offset, const codec& access, std::string_view member_name) const {
    for (std::size_t i = 0; i < members.size(); ++i)
        if (members[i].offset == offset && members[i].access == &access) return i;
    throw_error(errc::mapping,
                fmt::format("{} is not mapped to a column of \"{}\": add .column<...>() for it to az::mapping<{}>",
                            member_name.empty() ? "a member of " + struct_name : std::string{member_name}, table->name, struct_name));
}

bool entity_info::is_absent(std::span<const cell> cells) const {
    bool has_key = false;
    bool all_null = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (spec(i).primary_key) {
            has_key = true;
            if (cells[i].is_null()) return true;
        }
        all_null = all_null && cells[i].is_null();
    }
    return !has_key && all_null;
}

}  // namespace azoth
