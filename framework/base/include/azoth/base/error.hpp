#pragma once

#include <azoth/base/export.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace azoth {

/// What went wrong, as a stable code. Its name (`code_name`) is the heading of a remedy in `framework/docs/errors.md`.
enum class errc : unsigned char {
    // wrong use of the framework -> interface_error
    invalid_argument,
    misuse,
    closed,
    mapping,
    // connection URLs -> url_error
    url_syntax,
    url_port,
    url_encoding,
    url_option,
    // dialect plugins -> plugin_error
    plugin_not_found,
    plugin_file,
    plugin_no_note,
    plugin_magic,
    plugin_spi,
    plugin_toolchain,
    plugin_load,
    plugin_factory,
    plugin_conflict,
    plugin_permissions,
    // values -> data_error
    value_range,
    value_format,
    type_mismatch,
    null_value,
    truncation,
    division_by_zero,
    data,
    // the database or the way to it -> operational_error and the classes below it
    operational,
    connect_failed,
    disconnected,
    timeout,
    cancelled,
    pool_exhausted,
    locked,
    deadlock,
    serialization,
    read_only,
    permission_denied,
    result_buffer,
    // constraints -> integrity_error and the classes below it
    integrity,
    unique_violation,
    foreign_key_violation,
    not_null_violation,
    check_violation,
    // objects that others have changed meanwhile -> stale_data_error
    stale_data,
    // statements -> programming_error
    programming,
    sql_syntax,
    no_such_table,
    no_such_column,
    statement,
    parameter,
    no_rows,
    multiple_rows,
    // what a database cannot do -> not_supported_error
    not_supported,
    // a defect of ours or of a plugin -> internal_error
    internal,
};

/// The stable name of a code, such as "url-port". Never throws.
AZOTH_API std::string_view code_name(errc code) noexcept;

/// What a database said beside its message. Empty strings and zeros mean "not told".
struct error_details {
    std::string sqlstate{};
    int native_code{};
    std::string constraint{};
    std::string statement{};
    std::string parameters{};
    bool retryable{};
    bool disconnect{};
};

/// The root of every exception that Azoth throws. Copying it never throws.
class AZOTH_API error : public std::runtime_error {
public:
    error(errc code, const std::string& message, error_details details = {});
    ~error() override;
    error(const error&) noexcept = default;
    error& operator=(const error&) noexcept = default;

    [[nodiscard]] errc code() const noexcept { return code_; }
    /// The message without statement, parameters and code.
    [[nodiscard]] const std::string& message() const noexcept;
    [[nodiscard]] const error_details& details() const noexcept;
    [[nodiscard]] const std::string& sqlstate() const noexcept { return details().sqlstate; }
    [[nodiscard]] int native_code() const noexcept { return details().native_code; }
    /// The violated constraint's name, where the database gives it.
    [[nodiscard]] const std::string& constraint() const noexcept { return details().constraint; }
    [[nodiscard]] const std::string& statement() const noexcept { return details().statement; }
    [[nodiscard]] const std::string& parameters() const noexcept { return details().parameters; }
    /// Whether running the whole transaction again can succeed.
    [[nodiscard]] bool is_retryable() const noexcept { return details().retryable; }
    /// Whether the connection is gone.
    [[nodiscard]] bool is_disconnect() const noexcept { return details().disconnect; }

private:
    struct body;
    std::shared_ptr<const body> body_;
    errc code_;
};

// clang-format off
class AZOTH_API interface_error   : public error { public: using error::error; ~interface_error() override; };
class AZOTH_API url_error         : public interface_error { public: using interface_error::interface_error; ~url_error() override; };
class AZOTH_API plugin_error      : public interface_error { public: using interface_error::interface_error; ~plugin_error() override; };
class AZOTH_API data_error        : public error { public: using error::error; ~data_error() override; };
class AZOTH_API operational_error : public error { public: using error::error; ~operational_error() override; };
class AZOTH_API timeout_error     : public operational_error { public: using operational_error::operational_error; ~timeout_error() override; };
class AZOTH_API pool_exhausted    : public timeout_error { public: using timeout_error::timeout_error; ~pool_exhausted() override; };
class AZOTH_API disconnect_error  : public operational_error { public: using operational_error::operational_error; ~disconnect_error() override; };
class AZOTH_API serialization_error : public operational_error { public: using operational_error::operational_error; ~serialization_error() override; };
class AZOTH_API integrity_error   : public error { public: using error::error; ~integrity_error() override; };
class AZOTH_API unique_violation  : public integrity_error { public: using integrity_error::integrity_error; ~unique_violation() override; };
class AZOTH_API foreign_key_violation : public integrity_error { public: using integrity_error::integrity_error; ~foreign_key_violation() override; };
class AZOTH_API not_null_violation : public integrity_error { public: using integrity_error::integrity_error; ~not_null_violation() override; };
class AZOTH_API check_violation   : public integrity_error { public: using integrity_error::integrity_error; ~check_violation() override; };
class AZOTH_API stale_data_error  : public error { public: using error::error; ~stale_data_error() override; };
class AZOTH_API programming_error : public error { public: using error::error; ~programming_error() override; };
class AZOTH_API not_supported_error : public error { public: using error::error; ~not_supported_error() override; };
class AZOTH_API internal_error    : public error { public: using error::error; ~internal_error() override; };
// clang-format on

/// Throws the class that belongs to the code.
[[noreturn]] AZOTH_API void throw_error(errc code, const std::string& message, error_details details = {});

}  // namespace azoth
