#include "copy_completion.hpp"

#include <algorithm>
#include <string>

namespace azoth::command {
namespace {

void complete(const table& wanted, const table_definition& there, connection& on) {
    const auto lacks = [](const auto& all, const std::string& name) {
        return std::ranges::none_of(all, [&](const auto& a) { return a.name == name; });
    };
    for (const auto& i : wanted.definition().indexes)
        if (lacks(there.indexes, i.name)) on.execute(create_index(wanted, i));
    if (on.server_profile().can.alter_add_constraint)
        for (const auto& k : wanted.definition().foreign_keys)
            if (lacks(there.foreign_keys, k.name)) on.execute(add_constraint(wanted, k));
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
