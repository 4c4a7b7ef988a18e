#pragma once

#include "api.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::firebird {

// What the rules write for a bound value's type, and the driver replaces where a value needs another: a text is at most 32,765 bytes, a
// decimal has a number of digits behind the point.
inline constexpr std::string_view text_words = "VARCHAR(8191)";
inline constexpr std::string_view bytes_words = "VARCHAR(32764) CHARACTER SET OCTETS";
inline constexpr std::string_view decimal_words = "NUMERIC(18, 9)";

/// Digits behind a decimal's point.
int scale_of(const cell& decimal);
/// 100 microseconds are the least that Firebird's times keep: throws data_error for a moment that has less.
void check_moment(const cell& moment);

/// A column in the message that holds a row.
struct field {
    unsigned type{};  ///< SQL_VARYING and so on
    int subtype{};
    int scale{};
    unsigned length{};
    unsigned charset{};
    unsigned offset{};
    unsigned null_offset{};
};
field field_of(fb::IMessageMetadata& of, unsigned index);
/// The type for people: "VARCHAR".
std::string name_of(const field& f);
/// The value; what it points to is in the message or in `memory`.
cell read_field(const field& f, const unsigned char* message, fb::IAttachment& on, fb::ITransaction& in, arena& memory);

/// The parameters of one execution, in the form in which they are sent.
class parameter_message {
public:
    /// `wanted` is what the statement takes them for.
    parameter_message(fb::IAttachment& on, fb::ITransaction& in, fb::IMessageMetadata& wanted, std::span<const cell> values);
    [[nodiscard]] fb::IMessageMetadata* format() const noexcept { return format_.get(); }
    [[nodiscard]] void* data() noexcept { return bytes_.data(); }

private:
    handle<fb::IMessageMetadata> format_{};
    std::vector<unsigned char> bytes_{};
};

}  // namespace azoth::firebird
