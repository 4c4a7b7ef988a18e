// The compiled core of <azoth/sql/insert.hpp>, <azoth/sql/upsert.hpp>, <azoth/sql/update.hpp> and <azoth/sql/delete.hpp>.
#include "own_node.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/dml.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

const column_spec& spec_of(const node_ptr& column) { return *static_cast<const column_node&>(*column).spec; }

/// Whether the object leaves the column to the database or to the mapping.
bool is_left_out(const column_spec& spec, const cell& c) {
    if (spec.generated && is_unset(c)) return true;
    return spec.on_insert && (c.is_null() || (spec.primary_key && is_unset_key(c)));
}

struct object_reader {
    const entity_info& of;
    arena scratch{};
    cell read(const void* object, std::size_t member) {
        const auto& m = of.members[member];
        return m.access->write(static_cast<const char*>(object) + m.offset, scratch);
    }
};

}  // namespace

insert_node& own(node_handle<insert_node>& n) { return own_node(n); }
update_node& own(node_handle<update_node>& n) { return own_node(n); }
delete_node& own(node_handle<delete_node>& n) { return own_node(n); }

node_handle<insert_node> make_insert(const node_ptr& table) { return make_node<insert_node>(table); }
node_handle<update_node> make_update(const node_ptr& table, const entity_info* of) { return make_node<update_node>(table, of); }
node_handle<delete_node> make_delete(const node_ptr& table, const entity_info* of) { return make_node<delete_node>(table, of); }

node_ptr make_default_value() {
    static const node_ptr only = [] {
        auto n = make_node<const default_value_node>();
        n->make_immortal();
        return n;
    }();
    return only;
}

node_ptr make_proposed(const node_ptr& column) { return make_node<const proposed_node>(column); }

void add_value(insert_node& n, const node_ptr& column, const node_ptr& value) {
    if (!node_cast<default_value_node>(value)) return n.values.push_back({column, value});
    const auto* left_out = node_cast<column_node>(column);
    for (std::size_t i = n.values.size(); left_out && i-- > 0;) {
        if (spec_of(n.values[i].column).name != left_out->spec->name) continue;
        n.values.erase(n.values.begin() + static_cast<std::ptrdiff_t>(i));
        for (auto& row : n.rows) row.values.erase(row.values.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void add_dml_join(std::vector<join_item>& to, const node_ptr& target, const node_ptr& on, join_kind kind) {
    const auto* subquery = node_cast<subquery_node>(target);
    const bool is_dependent = (subquery && subquery->lateral) || node_cast<table_function_node>(target);
    join_item join;
    join.kind = is_dependent && !on ? join_kind::cross : kind;
    join.target = target;
    join.on = on;
    to.push_back(std::move(join));
}

void add_index_condition(insert_node& n, const node_ptr& condition) {
    std::vector<const bind_node*> binds;
    collect_binds(*condition, binds);
    if (!binds.empty())
        throw_error(errc::statement, "the condition of a partial index has to stand in the SQL: write its values with literal()");
    n.conflict.index_where.push_back(condition);
}

node_ptr make_select_all(const node_ptr& source) {
    auto query = make_select();
    query->from.push_back(source);
    for (const auto& spec : columns_of(*source)) add_item(*query, make_column(source, spec), false);
    return query;
}

void set_insert_query(insert_node& n, const node_ptr& query) { n.query = query; }

void assign_object(insert_node& n, const entity_info& of, const void* object) {
    object_reader reader{of};
    for (std::size_t i = 0; i < of.members.size(); ++i) {
        const auto& spec = spec_of(of.columns[i]);
        const cell c = reader.read(object, i);
        if (!is_left_out(spec, c)) n.values.push_back({of.columns[i], make_node<const bind_node>(value{c}, spec.type)});
    }
}

namespace {

/// One row's value. What the others send and this one leaves to the mapping is the mapping's default.
node_ptr row_value(object_reader& reader, const void* object, std::size_t member, std::size_t row) {
    const auto& spec = spec_of(reader.of.columns[member]);
    const cell c = reader.read(object, member);
    if (!is_left_out(spec, c)) return make_node<const bind_node>(value{c}, spec.type);
    if (spec.on_insert) return make_default_value();
    throw_error(errc::statement,
                fmt::format("some of the {} objects bring a {} and others do not (row {}): give it to all of them, or to none",
                            reader.of.struct_name, reader.of.members[member].name, row));
}

}  // namespace

void assign_objects(insert_node& n, const entity_info& of, const std::vector<const void*>& objects) {
    if (objects.empty()) throw_error(errc::statement, "an insert of no objects: give it at least one, or do not run it");
    object_reader reader{of};
    n.rows.resize(n.rows.size() + objects.size() - 1);
    const auto rows = std::span{n.rows}.last(objects.size() - 1);
    for (std::size_t i = 0; i < of.members.size(); ++i) {
        const auto leaves_out = [&](const void* o) { return is_left_out(spec_of(of.columns[i]), reader.read(o, i)); };
        if (std::all_of(objects.begin(), objects.end(), leaves_out)) continue;
        n.values.push_back({of.columns[i], row_value(reader, objects.front(), i, 0)});
        for (std::size_t r = 1; r < objects.size(); ++r) rows[r - 1].values.push_back(row_value(reader, objects[r], i, r));
    }
}

node_handle<insert_node> for_rows(const node_handle<insert_node>& n, const entity_info& of, bool with_generated) {
    auto made = make_node<insert_node>(*n);
    made->empty_is_default = true;
    if (!made->columns.empty()) return made;
    for (const auto& c : of.columns)
        if (with_generated || !spec_of(c).generated) made->columns.push_back(c);
    return made;
}

}  // namespace azoth::detail
