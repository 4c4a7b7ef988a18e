#include "classify.hpp"

#include <array>
#include <string_view>

namespace azoth::postgresql {
namespace {

using std::string_view;

/// From PostgreSQL's manual, appendix A. A state of two characters stands for its whole class; the first that fits counts.
struct verdict {
    string_view state;
    errc code;
    bool retryable{};
    bool disconnect{};
    const char* remedy{""};
};

constexpr std::array verdicts{
    // Of a session that goes on: a connection that breaks is told by the driver, and a function may raise what it likes (dblink does).
    verdict{"08P01", errc::parameter, false, false, "bind as many values as the statement has parameters"},
    verdict{"08", errc::operational},
    verdict{"0A", errc::not_supported},
    verdict{"22P02", errc::value_format},
    verdict{"22P03", errc::value_format},
    verdict{"22P05", errc::value_format, false, false, "PostgreSQL has no character for it: JSON cannot hold \\u0000 there"},
    verdict{"22001", errc::truncation},
    verdict{"22003", errc::value_range},
    verdict{"22004", errc::null_value},
    verdict{"22007", errc::value_format},
    verdict{"22008", errc::value_range},
    verdict{"22012", errc::division_by_zero},
    verdict{"22015", errc::value_range},
    verdict{"22021", errc::value_format},
    verdict{"22023", errc::value_range},
    verdict{"22032", errc::value_format},
    verdict{"22", errc::data},
    verdict{"23001", errc::foreign_key_violation},
    verdict{"23502", errc::not_null_violation},
    verdict{"23503", errc::foreign_key_violation},
    verdict{"23505", errc::unique_violation},
    verdict{"23514", errc::check_violation},
    verdict{"23", errc::integrity},
    verdict{"25006", errc::read_only, false, false, "the transaction, the session or the server (a standby) allows no writing"},
    verdict{"25P02", errc::operational, false, false, "a statement of this transaction failed before: roll back, or use begin_nested()"},
    verdict{"25P03", errc::disconnected, false, true},
    verdict{"26000", errc::operational, true, false, "the prepared statement is gone from the session: run the transaction again"},
    verdict{"28", errc::permission_denied, false, false, "check the URL's user and password, and the server's pg_hba.conf"},
    verdict{"3D000", errc::programming, false, false, "there is no such database"},
    verdict{"3F000", errc::no_such_table},
    verdict{"40001", errc::serialization, true},
    verdict{"40P01", errc::deadlock, true},
    verdict{"40002", errc::integrity},
    verdict{"40003", errc::operational, false, false, "nobody knows whether the statement was done: look before it is run again"},
    verdict{"40", errc::serialization, true},
    verdict{"42501", errc::permission_denied},
    verdict{"42601", errc::sql_syntax},
    verdict{"42602", errc::sql_syntax},
    verdict{"42702", errc::no_such_column, false, false, "write the table's name before the column's"},
    verdict{"42703", errc::no_such_column},
    verdict{"42P01", errc::no_such_table},
    verdict{"42P02", errc::parameter},
    verdict{"42P18", errc::parameter, false, false,
            "write a cast, such as CAST(:value AS TEXT): PostgreSQL cannot tell the parameter's type"},
    verdict{"53", errc::operational},
    verdict{"54023", errc::parameter},
    verdict{"55P03", errc::locked, true, false, "another transaction holds the lock"},
    verdict{"55006", errc::locked, true},
    verdict{"57P01", errc::disconnected, false, true},
    verdict{"57P02", errc::disconnected, false, true},
    verdict{"57P03", errc::disconnected, false, true},
    verdict{"57P04", errc::disconnected, false, true},
    verdict{"57P05", errc::disconnected, false, true},
    verdict{"57", errc::operational},
    verdict{"58", errc::operational},
    verdict{"P0001", errc::integrity},  // RAISE EXCEPTION of a trigger
    verdict{"XX", errc::operational},
};

error_class class_of_state(string_view state) {
    error_class found;
    found.code = errc::programming;
    for (const auto& v : verdicts) {
        if (!state.starts_with(v.state)) continue;
        found.code = v.code;
        found.retryable = v.retryable;
        found.disconnect = v.disconnect;
        found.remedy = v.remedy;
        break;
    }
    return found;
}

error_class classify_connect(const native_error& e) {
    error_class found = class_of_state(e.sqlstate());
    found.disconnect = false;
    found.retryable = e.sqlstate() == "57P03" || e.sqlstate().starts_with("53");  // it starts; it is full
    if (found.code != errc::permission_denied) found.code = errc::connect_failed;
    if (e.sqlstate() == "3D000") found.remedy = "correct the database in the URL, or create it";
    if (e.sqlstate().empty()) found.sqlstate = "08001";
    return found;
}

error_class classify_lost(const native_error& e) {
    error_class found;
    found.code = errc::disconnected;
    found.disconnect = true;
    if (e.sqlstate().empty()) found.sqlstate = "08006";
    return found;
}

}  // namespace

error_class classify(const native_error& e) {
    if (e.code() == failed_connect) return classify_connect(e);
    if (e.code() == lost_connection) return classify_lost(e);
    if (e.code() == stale_statement) {
        error_class found;
        found.retryable = true;
        found.remedy = "a table or its session's statements changed under a prepared statement: run the transaction again";
        return found;
    }
    if (e.sqlstate() == "57014") {
        // Not asked for by this program, or it would not come here: the server's own limit, or somebody's pg_cancel_backend. Only the
        // message tells, and it may be in any language; the limit is the likelier one.
        error_class found;
        found.code = string_view{e.message()}.find("user request") != string_view::npos ? errc::cancelled : errc::timeout;
        return found;
    }
    return class_of_state(e.sqlstate());
}

}  // namespace azoth::postgresql
