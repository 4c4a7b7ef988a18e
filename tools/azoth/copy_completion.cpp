#include "copy_completion.hpp"

#include <algorithm>

namespace azoth::command {
namespace {

bool has_index(const table_definition& there, const index_definition& wanted) {
    return std::ranges::any_of(there.indexes, [&](const auto& i) { return i.name == wanted.name; });
}

/// A key that nobody named has got the database's choice: it is known by what it refers to.
bool has_key(const table_definition& there, const foreign_key& wanted) {
    return std::ranges::any_of(there.foreign_keys, [&](const auto& k) {
        if (!wanted.name.empty()) return k.name == wanted.name;
        return k.columns == wanted.columns && k.referred_schema == wanted.referred_schema && k.referred_table == wanted.referred_table &&
               k.referred_columns == wanted.referred_columns;
    });
}

void complete(const table& wanted, const table_definition& there, connection& on) {
    for (const auto& i : wanted.definition().indexes)
        if (!has_index(there, i)) on.execute(create_index(wanted, i));
    if (on.server_profile().can.alter_add_constraint)
        for (const auto& k : wanted.definition().foreign_keys)
            if (!has_key(there, k)) on.execute(add_constraint(wanted, k));
    for (std::size_t i = 0; i < wanted.columns().size(); ++i)
        if (const auto& identity = wanted.definition().details[i].identity; identity && identity->always)
            on.execute(alter_column(wanted, wanted.columns()[i].name, always_identity(identity->options)));
    if (there.triggers.empty())  // all of them come in one transaction
        for (const auto& t : wanted.definition().triggers) on.execute(create_trigger(t));
    on.commit();
}

}  // namespace

void complete_tables(const schema_definition& wanted, const schema_definition& there, const engine& target) {
    for (const auto& t : wanted.tables) {
        const auto found = std::ranges::find_if(there.tables, [&](const auto& k) { return k->name() == t->name(); });
        if (found == there.tables.end()) continue;
        connection c = target.connect("azoth copy");
        complete(table{t}, **found, c);
    }
    metadata views;
    for (const auto& v : wanted.views) views.add(view{v});
    views.create_all(target);
}

}  // namespace azoth::command
