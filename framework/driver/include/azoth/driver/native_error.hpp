#pragma once

#include <azoth/base/error.hpp>

#include <exception>
#include <string>

namespace azoth {

/// What a driver throws: the database's own words and codes. The engine asks the dialect to classify it, adds statement and
/// parameters, and throws the typed error that users see.
class AZOTH_API native_error : public std::exception {
public:
    native_error(int code, std::string message, std::string sqlstate = {}, std::string constraint = {})
        : message_(std::move(message)), sqlstate_(std::move(sqlstate)), constraint_(std::move(constraint)), code_(code) {}
    ~native_error() override;

    [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
    [[nodiscard]] const std::string& message() const noexcept { return message_; }
    [[nodiscard]] int code() const noexcept { return code_; }
    [[nodiscard]] const std::string& sqlstate() const noexcept { return sqlstate_; }
    /// As the client library tells it; a dialect may also find it in the message.
    [[nodiscard]] const std::string& constraint() const noexcept { return constraint_; }

private:
    std::string message_;
    std::string sqlstate_;
    std::string constraint_;
    int code_;
};

/// A dialect's verdict on a native_error.
struct error_class {
    errc code{errc::operational};
    std::string sqlstate{};
    std::string constraint{};
    bool disconnect{};
    bool retryable{};
    std::string remedy{};  ///< added to the message where the dialect knows one
};

}  // namespace azoth
