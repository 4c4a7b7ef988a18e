#pragma once

#include <azoth/base/export.hpp>
#include <azoth/url/url.hpp>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>

namespace azoth {

/// Reads the options of a URL's query. What an option cannot be is a url_error (url_option) that says what it takes. The URL must outlive
/// the reader.
class AZOTH_API option_reader {
public:
    explicit option_reader(const url& of) noexcept : url_{of} {}

    /// A whole number between two ends.
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t otherwise, std::int64_t min,
                                      std::int64_t max = std::numeric_limits<std::int64_t>::max()) const;
    /// One of the words, as the list spells it; the case of letters does not count.
    [[nodiscard]] std::string word(std::string_view name, std::string_view otherwise,
                                   std::initializer_list<std::string_view> allowed) const;
    /// on, true, yes, 1, and their opposites.
    [[nodiscard]] bool flag(std::string_view name, bool otherwise) const;
    [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise = {}) const;
    /// Throws the error of an option that is not possible so: "the option mode=x is not possible: ...".
    [[noreturn]] static void refuse(std::string_view name, std::string_view value, std::string_view expected);

private:
    const url& url_;
};

}  // namespace azoth
