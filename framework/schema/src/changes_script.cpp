// Changes of a schema as a script.
#include <azoth/base/utf8.hpp>
#include <azoth/schema/changes.hpp>
#include <azoth/sql/compiler.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

class script {
public:
    script(const rule_table& rules, const profile& server) : rules_{rules}, server_{server} {}

    void remark(std::string_view text) { text_ += "-- " + one_line(text) + '\n'; }
    void statement(const ddl_statement& s) { text_ += compiler{rules_, server_}.run(*s.node()).sql + ";\n"; }
    void statements(const std::vector<ddl_statement>& all) {
        for (const auto& s : all) statement(s);
    }
    void words(std::string_view sql) { text_ += sql; }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    const rule_table& rules_;
    const profile& server_;
    std::string text_{};
};

}  // namespace

std::string script_of(const schema_changes& changes, const rule_table& rules, const profile& server) {
    script out{rules, server};
    for (const auto& n : changes.impossible) out.remark(fmt::format("NOT DONE: {}: {}", to_string(n.of), n.what));
    for (const auto& s : changes.steps)
        if (s.loses) out.remark("LOSES: " + s.note);
    if (!changes.after.empty())
        out.remark("To be run by what stops at the first error: what follows one must not be run, and COMMIT least of all.");
    if (!rules.ddl.script_start.empty() && !(changes.before.empty() && changes.steps.empty()))
        out.words(fmt::format("{};\n", rules.ddl.script_start));
    out.statements(changes.before);
    const bool wraps = server.can.ddl_in_transactions && !changes.steps.empty();
    if (wraps) out.words("BEGIN;\n");
    for (const auto& s : changes.steps) {
        if (!s.note.empty()) out.remark(s.note);
        out.statement(s.statement);
    }
    if (wraps) out.words("COMMIT;\n");
    out.statements(changes.after);
    return std::move(out).text();
}

}  // namespace azoth
