#include "classify.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace azoth::mysql {
namespace {

using std::string_view;

struct verdict {
    int code;
    errc means;
    bool retryable{};
    const char* remedy{""};
};

// The server's numbers (its manual, "Server Error Message Reference"; MariaDB's own are from 1900 on and 4000 on), then the client
// libraries', from 2000 on. In the order of the numbers.
constexpr std::array verdicts{
    verdict{1020, errc::serialization, true, "another transaction changed the row after this one had begun to read: run it again"},
    verdict{1022, errc::unique_violation},
    verdict{1036, errc::read_only},
    verdict{1038, errc::operational, false, "the server's sort_buffer_size is too small for this sort"},
    verdict{1040, errc::connect_failed, true,
            "the server has as many connections as it takes: use smaller pools, or raise max_connections"},
    verdict{1044, errc::permission_denied},
    verdict{1045, errc::permission_denied, false, "check user and password"},
    verdict{1046, errc::programming, false, "name a database in the URL"},
    verdict{1048, errc::not_null_violation},
    verdict{1049, errc::no_such_table},
    verdict{1050, errc::programming},
    verdict{1051, errc::no_such_table},
    verdict{1052, errc::no_such_column, false, "write the table's name before the column's"},
    verdict{1053, errc::disconnected},
    verdict{1054, errc::no_such_column},
    verdict{1062, errc::unique_violation},
    verdict{1064, errc::sql_syntax},
    verdict{1065, errc::sql_syntax},
    verdict{1071, errc::programming, false, "give the key's columns shorter lengths: InnoDB takes 3072 bytes, 4 a character"},
    verdict{1077, errc::disconnected},
    verdict{1079, errc::disconnected},
    verdict{1080, errc::disconnected},
    verdict{1109, errc::no_such_table},
    verdict{1111, errc::programming, false, "conditions on aggregates stand in having()"},
    verdict{1114, errc::operational, false, "the table, or the disk that it is on, is full"},
    verdict{1129, errc::connect_failed, false, "the server blocks this host after many failures: FLUSH HOSTS lets it in again"},
    verdict{1130, errc::connect_failed, false,
            "the server takes no connections from this host: the account needs one for it, or another server will do"},
    verdict{1138, errc::not_null_violation},
    verdict{1142, errc::permission_denied},
    verdict{1143, errc::permission_denied},
    verdict{1146, errc::no_such_table},
    verdict{1149, errc::sql_syntax},
    verdict{1152, errc::disconnected},
    verdict{1153, errc::value_range, false, "raise the server's max_allowed_packet, or send less at once"},
    verdict{1158, errc::disconnected},
    verdict{1159, errc::disconnected},
    verdict{1160, errc::disconnected},
    verdict{1161, errc::disconnected},
    verdict{1170, errc::programming, false, "give the column a length, as in string(190)"},
    verdict{1180, errc::operational},
    verdict{1184, errc::disconnected},
    verdict{1205, errc::locked, true, "another transaction holds a lock on the row: try again, or raise innodb_lock_wait_timeout"},
    verdict{1213, errc::deadlock, true, "run the transaction again"},
    verdict{1216, errc::foreign_key_violation},
    verdict{1217, errc::foreign_key_violation},
    verdict{1227, errc::permission_denied},
    verdict{1235, errc::not_supported},
    verdict{1251, errc::permission_denied},
    verdict{1263, errc::not_null_violation},
    verdict{1264, errc::value_range},
    verdict{1265, errc::truncation},
    verdict{1267, errc::programming, false, "the texts come from columns of different collations: add COLLATE to one of them"},
    verdict{1270, errc::programming},
    verdict{1271, errc::programming},
    verdict{1289, errc::not_supported},
    verdict{1290, errc::read_only},
    verdict{1292, errc::value_format},
    verdict{1317, errc::cancelled},
    verdict{1364, errc::not_null_violation},
    verdict{1365, errc::division_by_zero},
    verdict{1366, errc::value_format},
    verdict{1370, errc::permission_denied},
    verdict{1390, errc::parameter, false, "a statement takes 65535 parameters: put the values into a temporary table and join it"},
    verdict{1402, errc::serialization, true, "the server rolled the distributed transaction back: run it again"},
    verdict{1406, errc::truncation},
    verdict{1411, errc::value_format},
    verdict{1426, errc::programming},
    verdict{1441, errc::value_range},
    verdict{1451, errc::foreign_key_violation},
    verdict{1452, errc::foreign_key_violation},
    verdict{1461, errc::operational, false,
            "the server keeps no more prepared statements: raise max_prepared_stmt_count, or use smaller caches"},
    verdict{1557, errc::foreign_key_violation},
    verdict{1568, errc::programming},
    verdict{1586, errc::unique_violation},
    verdict{1613, errc::locked, true, "the server rolled the distributed transaction back: run it again"},
    verdict{1614, errc::deadlock, true, "run the transaction again"},
    verdict{1644, errc::integrity},
    verdict{1690, errc::value_range, false, "cast to a decimal or a double before"},
    verdict{1698, errc::permission_denied, false,
            "the account is tied to a user of the system: use the unix socket, or give it a password"},
    verdict{1761, errc::foreign_key_violation},
    verdict{1762, errc::foreign_key_violation},
    verdict{1792, errc::read_only},
    verdict{1836, errc::read_only},
    verdict{1859, errc::unique_violation},
    verdict{1927, errc::disconnected},
    verdict{1969, errc::timeout, false, "the statement ran past its time limit at the server"},
    verdict{2001, errc::connect_failed},
    verdict{2002, errc::connect_failed, false, "check the address, and whether the server runs there"},
    verdict{2003, errc::connect_failed, false, "check the address, and whether the server runs there"},
    verdict{2004, errc::connect_failed},
    verdict{2005, errc::connect_failed},
    verdict{2006, errc::disconnected},
    verdict{2007, errc::connect_failed},
    verdict{2008, errc::operational, false, "this program has no memory left for the result"},
    verdict{2009, errc::connect_failed},
    verdict{2012, errc::connect_failed},
    verdict{2013, errc::disconnected},
    verdict{2014, errc::internal},
    verdict{2020, errc::value_range, false, "what was sent or came back is larger than max_allowed_packet"},
    verdict{2026, errc::connect_failed, false, "ssl-ca names the file of the authority that signed the server's certificate"},
    verdict{2027, errc::disconnected},
    verdict{2030, errc::internal},
    verdict{2034, errc::parameter},
    verdict{2047, errc::connect_failed},
    verdict{2048, errc::disconnected},
    verdict{2055, errc::disconnected},
    verdict{2058, errc::permission_denied, false, "the client library does not have the account's way to authenticate"},
    verdict{2059, errc::permission_denied, false, "the client library does not have the account's way to authenticate"},
    verdict{2061, errc::permission_denied},
    verdict{3024, errc::timeout, false, "the statement ran past its time limit at the server"},
    verdict{3140, errc::value_format},
    verdict{3141, errc::value_format},
    verdict{3819, errc::check_violation},
    verdict{4015, errc::programming, false, "number the rows in a subquery, and put the condition on that"},
    verdict{4025, errc::check_violation},
    verdict{4031, errc::disconnected, false, "the server closed a connection that nobody used: use the pool's recycle or pre_ping"},
    verdict{4038, errc::value_format},
};
static_assert(std::ranges::is_sorted(verdicts, {}, &verdict::code));

const verdict* find(int code) noexcept {
    const auto at = std::ranges::lower_bound(verdicts, code, {}, &verdict::code);
    return at != verdicts.end() && at->code == code ? &*at : nullptr;
}

/// For what the list does not have: the standard's classes.
errc by_sqlstate(string_view state) {
    const string_view group = state.substr(0, 2);
    if (group == "22") return errc::data;
    if (group == "23") return errc::integrity;
    if (group == "28") return errc::permission_denied;
    if (group == "40") return errc::serialization;
    if (group == "42" || group == "3D" || group == "3F" || group == "25" || group == "21") return errc::programming;
    if (group == "08") return errc::disconnected;
    if (group == "0A") return errc::not_supported;
    return errc::operational;
}

/// What stands between the last `before` and the `after` that follows.
std::string between(string_view message, string_view before, string_view after) {
    const auto at = message.rfind(before);
    if (at == string_view::npos) return {};
    const string_view rest = message.substr(at + before.size());
    const auto end = rest.rfind(after);
    return std::string{end == string_view::npos ? string_view{} : rest.substr(0, end)};
}

std::string first_between(string_view message, string_view before, char after) {
    const auto at = message.find(before);
    if (at == string_view::npos) return {};
    const string_view rest = message.substr(at + before.size());
    return std::string{rest.substr(0, std::min(rest.find(after), rest.size()))};
}

/// "Duplicate entry 'a' for key 'name'"; MySQL writes the table's name and a dot before it.
std::string unique_name(string_view message) {
    std::string name = between(message, "for key '", "'");
    const auto dot = name.find('.');
    return dot == std::string::npos ? name : name.substr(dot + 1);
}

/// "Column 'a' cannot be null", "Field 'a' doesn't have a default value", "Column set to default value; NULL supplied to NOT NULL column
/// 'a'".
std::string column_name(string_view message) {
    std::string name = first_between(message, "olumn '", '\'');
    return name.empty() ? first_between(message, "ield '", '\'') : name;
}

/// The messages quote names as the session's SQL mode has it.
std::string quoted_after(string_view message, const std::string& lead) {
    std::string name = first_between(message, lead + '`', '`');
    return name.empty() ? first_between(message, lead + '"', '"') : name;
}

std::string constraint_in(errc code, string_view message) {
    switch (code) {
        case errc::unique_violation: return unique_name(message);
        case errc::foreign_key_violation: return quoted_after(message, "CONSTRAINT ");
        case errc::not_null_violation: return column_name(message);
        case errc::check_violation: {
            std::string name = quoted_after(message, "CONSTRAINT ");  // MariaDB
            return name.empty() ? first_between(message, "constraint '", '\'') : name;
        }
        default: return {};
    }
}

/// The servers say HY000 or 23000 to much; the standard's states tell more.
std::string_view better_state(errc code) {
    switch (code) {
        case errc::unique_violation: return "23505";
        case errc::foreign_key_violation: return "23503";
        case errc::not_null_violation: return "23502";
        case errc::check_violation: return "23514";
        case errc::serialization: return "40001";
        case errc::cancelled: return "57014";
        case errc::timeout: return "57014";
        case errc::disconnected: return "08006";
        default: return {};
    }
}

}  // namespace

error_class classify(const native_error& e) {
    error_class out;
    if (const verdict* known = find(e.code())) {
        out.code = known->means;
        out.retryable = known->retryable;
        out.remedy = known->remedy;
    } else {
        out.code = by_sqlstate(e.sqlstate());
        out.retryable = out.code == errc::serialization;
    }
    out.disconnect = is_disconnect(e.code()) || out.code == errc::disconnected;
    out.constraint = constraint_in(out.code, e.message());
    const string_view better = better_state(out.code);
    out.sqlstate = better.empty() ? string_view{e.sqlstate()} : better;
    return out;
}

bool is_disconnect(int code) noexcept {
    const verdict* known = find(code);
    return (known && known->means == errc::disconnected) || code == 1153;  // the server hangs up after a packet that is too large
}

bool is_interruption(int code) noexcept { return code == 1317 || code == 1969 || code == 3024; }

bool is_servers(int code) noexcept { return (code >= 1000 && code < 2000) || code >= 3000; }

bool is_not_preparable(int code) noexcept { return code == 1295; }

[[noreturn]] void throw_connect_failure(const native_error& e, string_view place) {
    const error_class verdict = classify(e);
    const errc code = verdict.code == errc::permission_denied ? errc::permission_denied : errc::connect_failed;
    std::string message = "cannot connect to " + std::string{place} + ": " + e.message();
    if (e.code() == 1049) message += ": create the database, or correct its name in the URL";
    else if (!verdict.remedy.empty()) message += ": " + verdict.remedy;
    throw_error(code, message, {.sqlstate = e.sqlstate(), .native_code = e.code(), .retryable = verdict.retryable});
}

}  // namespace azoth::mysql
