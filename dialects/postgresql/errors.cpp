#include "errors.hpp"

#include "classify.hpp"

#include <fmt/format.h>

#include <string_view>

namespace azoth::postgresql {
namespace {

using std::string_view;

std::string constraint_of(const PGresult* from) {
    if (const auto name = error_field(from, PG_DIAG_CONSTRAINT_NAME); !name.empty()) return std::string{name};
    const auto column = error_field(from, PG_DIAG_COLUMN_NAME);
    if (column.empty() || error_field(from, PG_DIAG_SQLSTATE) != "23502") return {};
    return fmt::format("{}.{}", error_field(from, PG_DIAG_TABLE_NAME), column);
}

void append(std::string& to, string_view lead, string_view text) {
    if (text.empty()) return;
    while (to.ends_with('.')) to.pop_back();
    to += lead;
    to += text;
}

/// What the server says about a place, such as a line of COPY; of functions only where they fail.
std::string message_of(const PGresult* from) {
    std::string text{error_field(from, PG_DIAG_MESSAGE_PRIMARY)};
    append(text, ": ", error_field(from, PG_DIAG_MESSAGE_DETAIL));
    append(text, "; ", error_field(from, PG_DIAG_MESSAGE_HINT));
    append(text, "; ", error_field(from, PG_DIAG_CONTEXT));
    if (const auto at = error_field(from, PG_DIAG_STATEMENT_POSITION); !at.empty()) append(text, "; at character ", at);
    while (text.ends_with('.')) text.pop_back();
    return text;
}

}  // namespace

string_view error_field(const PGresult* from, int which) {
    const char* text = PQresultErrorField(from, which);
    return text ? string_view{text} : string_view{};
}

std::string one_line(std::string message) {
    while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
    for (std::size_t at = 0; (at = message.find('\n', at)) != std::string::npos;) message.replace(at, 1, " ");
    while (message.find("  ") != std::string::npos) message.replace(message.find("  "), 2, " ");
    return message;
}

native_error make_error(const PGresult* from) {
    const auto state = error_field(from, PG_DIAG_SQLSTATE);
    if (state.empty()) return native_error(plain, one_line(PQresultErrorMessage(from)), "XX000");
    return native_error(says_stale(from) ? stale_statement : plain, message_of(from), std::string{state}, constraint_of(from));
}

native_error make_lost_error(const PGconn* connection) {
    std::string words = one_line(PQerrorMessage(connection));
    // "FATAL: ..." is what the server said when it went.
    return native_error(lost_connection, words.empty() ? "the connection to the server is lost" : std::move(words));
}

bool says_stale(const PGresult* from) {
    const auto state = error_field(from, PG_DIAG_SQLSTATE);
    // The function's name is the same in every language of messages: "cached plan must not change result type".
    return state == "26000" || (state == "0A000" && error_field(from, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery");
}

}  // namespace azoth::postgresql
