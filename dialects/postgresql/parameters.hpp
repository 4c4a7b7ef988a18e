#pragma once

#include <azoth/dialect.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace azoth::postgresql {

/// A statement's parameters as libpq takes them: texts that end in a zero, bytes as they are. The types are said by the casts in the SQL,
/// or by what stands around a parameter. Keeps its memory for the next use.
class parameter_list {
public:
    /// Throws data_error for what PostgreSQL cannot take: NUL in text, text that is not UTF-8, more than 1 GB; parameter errors for too
    /// many.
    void assign(std::span<const cell> cells);
    /// Adds another statement's behind those that are there already.
    void append(std::span<const cell> cells);
    void clear() noexcept;
    /// Values in PostgreSQL's binary form; their memory has to stay until the statement has run.
    void assign_binary(std::span<const std::string_view> values);

    [[nodiscard]] int count() const noexcept { return static_cast<int>(values_.size()); }
    /// Those of the statement whose parameters begin at `first`; the same for the other two.
    [[nodiscard]] const char* const* values(std::size_t first = 0) const noexcept { return values_.data() + first; }
    [[nodiscard]] const int* lengths(std::size_t first = 0) const noexcept { return lengths_.data() + first; }
    [[nodiscard]] const int* formats(std::size_t first = 0) const noexcept { return formats_.data() + first; }

private:
    std::size_t add(const cell& c, std::size_t index);
    void add_text(std::string_view text);

    arena memory_{};
    std::vector<const char*> values_{};
    std::vector<int> lengths_{};
    std::vector<int> formats_{};
};

/// Refuses NUL and what is not UTF-8; `where` and a number that counts from `index` say which value it is, for the message.
void check_text(std::string_view text, std::string_view where, std::size_t index);
/// The same for a value that has no number.
void check_text(std::string_view text, std::string_view where);

/// A value may have 1 GB, and so may a statement's parameters together: a larger message ends the connection.
inline constexpr std::size_t most_parameter_bytes = 1'000'000'000;
/// Refuses more than that.
void check_size(std::size_t bytes, std::string_view what);

/// A value as PostgreSQL's input functions read it; bytes in hexadecimal. Not for NULL. The text may point into the cell's memory.
std::string_view input_text(const cell& c, std::size_t index, arena& scratch);

}  // namespace azoth::postgresql
