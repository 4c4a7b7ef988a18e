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
    /// Throws data_error for what PostgreSQL cannot take: NUL in text, text that is not UTF-8; parameter errors for too many.
    void assign(std::span<const cell> cells);
    /// Values in PostgreSQL's binary form; their memory has to stay until the statement has run.
    void assign_binary(std::span<const std::string_view> values);

    [[nodiscard]] int count() const noexcept { return static_cast<int>(values_.size()); }
    [[nodiscard]] const char* const* values() const noexcept { return values_.data(); }
    [[nodiscard]] const int* lengths() const noexcept { return lengths_.data(); }
    [[nodiscard]] const int* formats() const noexcept { return formats_.data(); }

private:
    void add(const cell& c, std::size_t index);
    void add_text(std::string_view text);

    arena memory_{};
    std::vector<const char*> values_{};
    std::vector<int> lengths_{};
    std::vector<int> formats_{};
};

/// Refuses NUL and what is not UTF-8; `where` says which value it is, for the message.
void check_text(std::string_view text, std::string_view where, std::size_t index);

/// A value as PostgreSQL's input functions read it; bytes in hexadecimal. Not for NULL. The text may point into the cell's memory.
std::string_view input_text(const cell& c, std::size_t index, arena& scratch);

}  // namespace azoth::postgresql
