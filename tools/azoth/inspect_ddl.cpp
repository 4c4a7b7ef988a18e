#include "copy_losses.hpp"
#include "inspect.hpp"
#include "text_width.hpp"

#include <ostream>

namespace azoth::command {
namespace {

/// Lines of a comment, whatever the texts hold.
void write_remarks(std::ostream& to, const std::vector<reflection_note>& notes, const schema_definition& all) {
    for (const auto& line : grouped_notes(notes, all)) to << "-- " << printable(line) << '\n';
}

}  // namespace

void write_schema_ddl(std::ostream& to, const inspected& what, const std::string& dialect) {
    const std::string name = dialect.empty() ? what.server.dialect : dialect;
    const auto target = dialect_registry::instance().find(name);
    profile server;
    target->default_profile(server);
    const rule_table& rules = target->rules();
    const std::string_view family = rules.family_of(server.dialect);
    const portable_schema made = portable_to(what.all.definition(), what.family, server, family);
    write_remarks(to, what.all.notes(), what.all.definition());
    write_remarks(to, made.lost, what.all.definition());
    if (!rules.ddl.script_start.empty()) to << rules.ddl.script_start << ";\n\n";
    for (const auto& statement : create_statements(made.schema, server, rules)) to << to_sql(statement, name) << ";\n\n";
}

}  // namespace azoth::command
