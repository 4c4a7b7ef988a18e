#include <azoth/engine/changes.hpp>

#include <exception>

namespace azoth {

void apply_changes(const engine& to, const schema_changes& changes) {
    connection on = to.connect("changes of the schema");
    const auto alone = [&](const std::vector<ddl_statement>& statements) {
        on.set_isolation(isolation_level::autocommit);
        for (const auto& s : statements) on.execute(s);
        on.set_isolation(isolation_level::database_default);
    };
    std::exception_ptr failed;  // what failed first is what is told
    try {
        alone(changes.before);
        transaction all = on.begin();
        for (const auto& s : changes.steps) on.execute(s.statement);
        all.commit();
    } catch (...) {
        failed = std::current_exception();
    }
    try {
        if (failed) on.rollback();
        alone(changes.after);
    } catch (...) {
        if (!failed) throw;
    }
    if (failed) std::rethrow_exception(failed);
}

}  // namespace azoth
