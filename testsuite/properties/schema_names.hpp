#pragma once

#include "byte_source.hpp"
#include "sample.hpp"

#include <set>
#include <string>

namespace properties {

/// Where random schemas are made: what the server can do, and how it tells names apart.
struct schema_place {
    az::profile server{};
    const az::rule_table* rules{};
    std::string second{};  ///< a schema beside the default one; empty: the server has none

    [[nodiscard]] const az::capabilities& can() const noexcept { return server.can; }
    [[nodiscard]] std::string_view family() const noexcept { return rules->family_of(server.dialect); }
    [[nodiscard]] bool is_mysql() const noexcept { return family() == "mysql"; }
    [[nodiscard]] bool is_postgresql() const noexcept { return family() == "postgresql"; }
    /// Whether "Pair" and "pair" are two columns.
    [[nodiscard]] bool tells_case() const noexcept { return is_postgresql(); }
};

/// Names of all kinds: words of SQL, quotes, blanks, other scripts, as long as the server takes them, pairs that differ in case alone.
/// None twice.
class name_maker {
public:
    name_maker(byte_source& from, const schema_place& place) noexcept : from_{from}, place_{place} {}
    [[nodiscard]] std::string make(std::string_view prefix = {});

private:
    byte_source& from_;
    const schema_place& place_;
    std::set<std::string> used_{};
    unsigned number_{};
};

/// ASCII letters; all else as it is.
[[nodiscard]] std::string in_lower_case(std::string name);

}  // namespace properties
