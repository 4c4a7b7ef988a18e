#include <azoth/engine/changes.hpp>

namespace azoth {

void apply_changes(const engine& to, const schema_changes& changes) {
    connection on = to.connect("changes of the schema");
    const auto alone = [&](const std::vector<ddl_statement>& statements) {
        on.set_isolation(isolation_level::autocommit);
        for (const auto& s : statements) on.execute(s);
        on.set_isolation(isolation_level::database_default);
    };
    alone(changes.before);
    try {
        transaction all = on.begin();
        for (const auto& s : changes.steps) on.execute(s.statement);
        all.commit();
    } catch (...) {
        on.rollback();
        alone(changes.after);
        throw;
    }
    alone(changes.after);
}

}  // namespace azoth
