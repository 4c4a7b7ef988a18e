#include <azoth/sql/profile.hpp>

namespace azoth {

std::string_view isolation_name(isolation_level level) noexcept {
    switch (level) {
        case isolation_level::database_default: return "DEFAULT";
        case isolation_level::autocommit: return "AUTOCOMMIT";
        case isolation_level::read_uncommitted: return "READ UNCOMMITTED";
        case isolation_level::read_committed: return "READ COMMITTED";
        case isolation_level::repeatable_read: return "REPEATABLE READ";
        case isolation_level::snapshot: return "SNAPSHOT";
        case isolation_level::serializable: return "SERIALIZABLE";
    }
    return "UNKNOWN";
}

}  // namespace azoth
