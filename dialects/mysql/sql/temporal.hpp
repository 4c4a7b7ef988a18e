#pragma once

#include "options.hpp"

#include <azoth/dialect.hpp>

namespace azoth::mysql {

/// A date and time as the binary protocol has it.
struct moment_parts {
    unsigned year{};
    unsigned month{};
    unsigned day{};
    unsigned hour{};
    unsigned minute{};
    unsigned second{};
    unsigned microsecond{};
};

// From the server. A zero date ('0000-00-00') is NULL where `zeros` says so, else data_error (value-format) with the remedy; a date with a
// zero month or day, or one that the calendar does not have ('2026-02-30', allowed by some modes), is data_error always.
cell date_cell(const moment_parts& parts, zero_dates zeros);
/// `tag`: cell_tag::timestamp for a DATETIME, cell_tag::instant for a TIMESTAMP (the session's zone is UTC).
cell moment_cell(const moment_parts& parts, cell_tag tag, zero_dates zeros);
/// A negative TIME, or one of 24 hours or more, is data_error (value-range): it is no time of day. `hours` may be any number.
cell time_cell(bool negative, std::uint64_t hours, unsigned minute, unsigned second, unsigned microsecond);

/// The same from text: "2026-01-31", "2026-01-31 23:59:59.999999", "-838:59:59.000000". Throws data_error (value-format) for others.
cell read_date_text(std::string_view text, zero_dates zeros);
cell read_moment_text(std::string_view text, cell_tag tag, zero_dates zeros);
cell read_time_text(std::string_view text);

/// To the server: of a date, timestamp, instant or time cell (a time has its parts alone).
moment_parts parts_of(const cell& value);

}  // namespace azoth::mysql
