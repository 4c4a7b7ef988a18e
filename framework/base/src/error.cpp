#include <azoth/base/error.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace azoth {

std::string_view code_name(errc code) noexcept {
    switch (code) {
        case errc::invalid_argument: return "invalid-argument";
        case errc::misuse: return "misuse";
        case errc::closed: return "closed";
        case errc::mapping: return "mapping";
        case errc::url_syntax: return "url-syntax";
        case errc::url_port: return "url-port";
        case errc::url_encoding: return "url-encoding";
        case errc::url_option: return "url-option";
        case errc::plugin_not_found: return "plugin-not-found";
        case errc::plugin_file: return "plugin-file";
        case errc::plugin_no_note: return "plugin-no-note";
        case errc::plugin_magic: return "plugin-magic";
        case errc::plugin_spi: return "plugin-spi";
        case errc::plugin_toolchain: return "plugin-toolchain";
        case errc::plugin_load: return "plugin-load";
        case errc::plugin_factory: return "plugin-factory";
        case errc::plugin_conflict: return "plugin-conflict";
        case errc::plugin_permissions: return "plugin-permissions";
        case errc::value_range: return "value-range";
        case errc::value_format: return "value-format";
        case errc::type_mismatch: return "type-mismatch";
        case errc::null_value: return "null-value";
        case errc::truncation: return "truncation";
        case errc::division_by_zero: return "division-by-zero";
        case errc::data: return "data";
        case errc::operational: return "operational";
        case errc::connect_failed: return "connect-failed";
        case errc::disconnected: return "disconnected";
        case errc::timeout: return "timeout";
        case errc::cancelled: return "cancelled";
        case errc::pool_exhausted: return "pool-exhausted";
        case errc::locked: return "locked";
        case errc::deadlock: return "deadlock";
        case errc::serialization: return "serialization";
        case errc::read_only: return "read-only";
        case errc::permission_denied: return "permission-denied";
        case errc::result_buffer: return "result-buffer";
        case errc::integrity: return "integrity";
        case errc::unique_violation: return "unique-violation";
        case errc::foreign_key_violation: return "foreign-key-violation";
        case errc::not_null_violation: return "not-null-violation";
        case errc::check_violation: return "check-violation";
        case errc::stale_data: return "stale-data";
        case errc::programming: return "programming";
        case errc::sql_syntax: return "sql-syntax";
        case errc::no_such_table: return "no-such-table";
        case errc::no_such_column: return "no-such-column";
        case errc::statement: return "statement";
        case errc::parameter: return "parameter";
        case errc::no_rows: return "no-rows";
        case errc::multiple_rows: return "multiple-rows";
        case errc::not_supported: return "not-supported";
        case errc::internal: return "internal";
    }
    return "unknown";
}

namespace {

/// The first line says all that a log needs; statement and parameters follow on lines of their own.
std::string full_text(errc code, const std::string& message, const error_details& details) {
    const std::size_t line_end = std::min(message.find('\n'), message.size());
    std::string text = message.substr(0, line_end);
    text.append(" [").append(code_name(code)).append("]").append(message, line_end);
    if (!details.statement.empty()) text.append("\n  statement: ").append(details.statement);
    if (!details.parameters.empty()) text.append("\n  parameters: ").append(details.parameters);
    return text;
}

}  // namespace

struct error::body {
    std::string message;
    error_details details;
};

error::error(errc code, const std::string& message, error_details details)
    : std::runtime_error(full_text(code, message, details)),
      body_{std::make_shared<const body>(body{message, std::move(details)})},
      code_{code} {}

const std::string& error::message() const noexcept { return body_->message; }
const error_details& error::details() const noexcept { return body_->details; }

// The destructors stand here so that each class has one home for its type information, whichever library throws or catches it.
error::~error() = default;
interface_error::~interface_error() = default;
url_error::~url_error() = default;
plugin_error::~plugin_error() = default;
data_error::~data_error() = default;
operational_error::~operational_error() = default;
timeout_error::~timeout_error() = default;
pool_exhausted::~pool_exhausted() = default;
disconnect_error::~disconnect_error() = default;
serialization_error::~serialization_error() = default;
integrity_error::~integrity_error() = default;
unique_violation::~unique_violation() = default;
foreign_key_violation::~foreign_key_violation() = default;
not_null_violation::~not_null_violation() = default;
check_violation::~check_violation() = default;
stale_data_error::~stale_data_error() = default;
programming_error::~programming_error() = default;
not_supported_error::~not_supported_error() = default;
internal_error::~internal_error() = default;

namespace {

template <class E>
[[noreturn]] void raise(errc code, const std::string& message, error_details&& details) {
    throw E(code, message, std::move(details));
}

using raiser = void (*)(errc, const std::string&, error_details&&);

raiser raiser_of_operational(errc code) {
    switch (code) {
        case errc::timeout: return raise<timeout_error>;
        case errc::pool_exhausted: return raise<pool_exhausted>;
        case errc::disconnected: return raise<disconnect_error>;
        case errc::deadlock:
        case errc::serialization: return raise<serialization_error>;
        default: return raise<operational_error>;
    }
}

raiser raiser_of_integrity(errc code) {
    switch (code) {
        case errc::unique_violation: return raise<unique_violation>;
        case errc::foreign_key_violation: return raise<foreign_key_violation>;
        case errc::not_null_violation: return raise<not_null_violation>;
        case errc::check_violation: return raise<check_violation>;
        default: return raise<integrity_error>;
    }
}

/// The codes stand in the order of their classes.
raiser raiser_of(errc code) {
    if (code <= errc::mapping) return raise<interface_error>;
    if (code <= errc::url_option) return raise<url_error>;
    if (code <= errc::plugin_permissions) return raise<plugin_error>;
    if (code <= errc::data) return raise<data_error>;
    if (code <= errc::result_buffer) return raiser_of_operational(code);
    if (code <= errc::check_violation) return raiser_of_integrity(code);
    if (code == errc::stale_data) return raise<stale_data_error>;
    if (code <= errc::multiple_rows) return raise<programming_error>;
    return code == errc::not_supported ? raise<not_supported_error> : raise<internal_error>;
}

}  // namespace

void throw_error(errc code, const std::string& message, error_details details) {
    raiser_of(code)(code, message, std::move(details));
    std::abort();  // never reached: every raiser throws
}

}  // namespace azoth
