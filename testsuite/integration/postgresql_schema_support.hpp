#pragma once

#include "postgresql_support.hpp"

#include <algorithm>
#include <memory>
#include <sstream>

/// What the tests of tables, of other objects and of reflection share.
namespace postgresql_tests {

using names = std::vector<std::string>;
using k = az::type_kind;

/// A schema of its own, and an engine for which it is the default one.
struct workshop {
    explicit workshop(const az::url& on) : scratch{on}, engine{open(scratch.url())} {}
    [[nodiscard]] az::metadata read(const az::reflection_request& request = {}) const {
        az::metadata found;
        found.reflect(engine, request);
        return found;
    }
    /// How what is there differs from what was declared, a line for each.
    [[nodiscard]] std::string differences(const az::metadata& declared) const {
        const az::metadata found = read();
        std::string lines;
        engine.with_executor([&](az::executor& e) {
            for (const auto& d : az::compare(declared.definition(), found.definition(), e.rules(), e.server_profile()))
                lines += d.of.name + ": " + d.what + " " + d.before + " -> " + d.after + "\n";
        });
        return lines;
    }
    void make(std::string_view sql) const {
        auto c = engine.connect();
        run(c, sql);
        c.commit();
    }
    scratch_schema scratch;
    az::engine engine;
};

/// SQL as the database wrote it down; empty where there is none.
inline std::string sql_of(const az::node_ptr& of) {
    if (!of) return {};
    const auto* native = az::node_cast<az::native_sql_node>(of);
    return native ? native->sql : "not the database's words";
}

inline std::string joined(const names& all) {
    std::string text;
    for (const auto& n : all) text += (text.empty() ? "" : ", ") + n;
    return text;
}

inline bool has_note(const az::metadata& of, std::string_view what) {
    return std::ranges::any_of(of.notes(), [&](const az::reflection_note& n) { return contains(n.what, what); });
}

inline const az::column_details& details_of(const az::table_definition& t, std::string_view column) {
    return t.details.at(az::column_index(t, column));
}
inline const az::column_spec& spec_of(const az::table_definition& t, std::string_view column) {
    return t.node->columns.at(az::column_index(t, column));
}

/// All of a reflected definition as text, to be compared.
std::string described(const az::table_definition& t);

}  // namespace postgresql_tests
