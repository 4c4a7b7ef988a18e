#include "inspect.hpp"
#include "text_width.hpp"

#include <ostream>

namespace azoth::command {
namespace {

/// A line of a comment, whatever the text holds.
void write_remark(std::ostream& to, const reflection_note& note) { to << "-- " << printable(note.of.name + ": " + note.what) << '\n'; }

}  // namespace

void write_schema_ddl(std::ostream& to, const inspected& what, const std::string& dialect) {
    const std::string name = dialect.empty() ? what.server.dialect : dialect;
    const auto target = dialect_registry::instance().find(name);
    profile server;
    target->default_profile(server);
    const rule_table& rules = target->rules();
    const std::string_view family = rules.family_of(server.dialect);
    const portable_schema made = portable_to(what.all.definition(), what.family, server, family);
    for (const auto& note : what.all.notes()) write_remark(to, note);
    for (const auto& note : made.lost) write_remark(to, note);
    if (!rules.ddl.script_start.empty()) to << rules.ddl.script_start << ";\n\n";
    for (const auto& statement : create_statements(made.schema, server, rules)) to << to_sql(statement, name) << ";\n\n";
}

}  // namespace azoth::command
