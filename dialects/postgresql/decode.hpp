#pragma once

#include <azoth/dialect.hpp>

#include "oids.hpp"

#include <string_view>

namespace azoth::postgresql {

enum class wire : unsigned char { text, binary };

struct column_decoder;

/// Makes a cell of a value as it came; what has to be written anew goes to `scratch`. Throws data_error for what no cell can hold.
using decode_function = void (*)(std::string_view from, const column_decoder& how, arena& scratch, cell& to);

/// How the values of a column are read.
struct column_decoder {
    decode_function decode{};
    decode_function element{};  ///< of an array
    Oid element_type{};
    wire form{};
};

/// For any type: what Azoth has no cell for comes as the text that PostgreSQL writes.
column_decoder text_decoder(Oid type) noexcept;
/// `decode` is null where Azoth does not read the type's binary form.
column_decoder binary_decoder(Oid type) noexcept;

/// Whether the binary form of such columns costs less than text: both are read, and of decimals the text is ready for use.
bool prefers_text(Oid type) noexcept;

// The parts, a file each; null where there is none.
decode_function text_function(Oid type) noexcept;
decode_function binary_function(Oid type) noexcept;
void decode_text_array(std::string_view from, const column_decoder& how, arena& scratch, cell& to);
void decode_binary_array(std::string_view from, const column_decoder& how, arena& scratch, cell& to);

/// Days and microseconds from 1970-01-01 to 2000-01-01, from where PostgreSQL counts.
inline constexpr std::int64_t epoch_days = 10'957;
inline constexpr std::int64_t epoch_microseconds = epoch_days * 86'400'000'000;

[[noreturn]] void refuse_infinite(std::string_view what);

}  // namespace azoth::postgresql
