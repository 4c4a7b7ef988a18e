// The compiled core of <azoth/sql/select.hpp>, <azoth/sql/cte.hpp>, <azoth/sql/column.hpp> and <azoth/sql/dml.hpp>.
#include <azoth/base/error.hpp>
#include <azoth/sql/cte.hpp>
#include <azoth/sql/dml.hpp>

#include <fmt/format.h>

namespace azoth::detail {
namespace {

template <class N>
N& own_node(node_handle<N>& n) {
    if (n->is_shared()) n = make_node<N>(*n);
    else n->changed();
    return *n;
}

}  // namespace

node_handle<select_node> make_select() { return make_node<select_node>(); }
select_node& own(node_handle<select_node>& n) { return own_node(n); }
insert_node& own(node_handle<insert_node>& n) { return own_node(n); }
update_node& own(node_handle<update_node>& n) { return own_node(n); }
delete_node& own(node_handle<delete_node>& n) { return own_node(n); }

void add_item(select_node& n, const node_ptr& expression, bool strict) { n.items.push_back({expression, strict}); }

void add_items(select_node& n, const std::vector<node_ptr>& columns, bool strict) {
    n.items.reserve(n.items.size() + columns.size());
    for (const auto& c : columns) n.items.push_back({c, strict && !static_cast<const column_node&>(*c).spec->nullable});
}

void add_join(select_node& n, join_kind kind, const node_ptr& target, const node_ptr& on) {
    if (n.joins.empty()) n.joins.reserve(2);
    n.joins.push_back({kind, target, on});
}

node_ptr make_limit(std::int64_t rows, std::string_view what) {
    if (rows < 0) throw_error(errc::invalid_argument, fmt::format("{}({}): give 0 or more rows", what, rows));
    return make_bind(value{rows}, nullptr);
}

node_ptr make_compound(set_operator op, const node_ptr& left, const node_ptr& right) {
    return make_node<const compound_node>(op, std::vector<node_ptr>{left, right});
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
        const bool is_named = (label && label->name == specs[i].name) || (column && column->spec->name == specs[i].name);
        if (!is_named) item = make_label(label ? label->operand : item, specs[i].name);
    }
    return copy;
}

}  // namespace

node_ptr make_subquery(const node_ptr& query, std::string_view name, const std::vector<std::string>& columns) {
    auto specs = result_specs(*query, columns);
    return make_node<const subquery_node>(relabelled(query, specs), std::string{name}, std::move(specs));
}
node_ptr make_scalar(const node_ptr& query) { return make_node<const scalar_subquery_node>(query); }
node_ptr make_exists(const node_ptr& query) { return make_unary(unary_operator::exists, make_scalar(query)); }

node_ptr make_alias(const node_ptr& source, std::string_view name) { return make_node<const alias_node>(source, std::string{name}); }
node_ptr make_column(const node_ptr& source, const column_spec& spec) { return make_node<const column_node>(source, spec); }

std::vector<node_ptr> columns_through(const node_ptr& source, const entity_info& of) {
    std::vector<node_ptr> columns;
    columns.reserve(of.columns.size());
    for (const auto& c : of.columns) columns.push_back(make_column(source, *static_cast<const column_node&>(*c).spec));
    return columns;
}

expr<value> dynamic_column(const node_ptr& source, std::string_view name) {
    return expr<value>{make_column(source, find_column(*source, name))};
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

node_handle<insert_node> make_insert(const node_ptr& table) { return make_node<insert_node>(table); }
node_handle<update_node> make_update(const node_ptr& table) { return make_node<update_node>(table); }
node_handle<delete_node> make_delete(const node_ptr& table) { return make_node<delete_node>(table); }

void assign_object(insert_node& n, const entity_info& of, const void* object) {
    arena scratch;
    for (std::size_t i = 0; i < of.members.size(); ++i) {
        const auto& spec = *static_cast<const column_node&>(*of.columns[i]).spec;
        const auto& member = of.members[i];
        const cell c = member.access->write(static_cast<const char*>(object) + member.offset, scratch);
        if (spec.generated && is_unset(c)) continue;
        n.values.push_back({of.columns[i], make_node<const bind_node>(value{c}, spec.type)});
    }
}

node_handle<insert_node> for_rows(const node_handle<insert_node>& n, const entity_info& of, bool with_generated) {
    auto made = make_node<insert_node>(*n);
    if (!made->columns.empty()) return made;
    for (const auto& c : of.columns)
        if (with_generated || !static_cast<const column_node&>(*c).spec->generated) made->columns.push_back(c);
    return made;
}

}  // namespace azoth::detail

namespace azoth {

bool is_unset(const cell& generated_key) noexcept {
    return generated_key.is_null() ||
           ((generated_key.tag == cell_tag::i64 || generated_key.tag == cell_tag::u64) && generated_key.i64 == 0);
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
        if (table->columns[i].primary_key) {
            has_key = true;
            if (cells[i].is_null()) return true;
        }
        all_null = all_null && cells[i].is_null();
    }
    return !has_key && all_null;
}

}  // namespace azoth
