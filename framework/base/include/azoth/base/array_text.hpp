#pragma once

#include <azoth/base/arena.hpp>
#include <azoth/base/cell.hpp>
#include <azoth/base/export.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace azoth {

/// Makes the cell of an array, element by element. Dialects whose databases have arrays use it to hand them over.
class AZOTH_API array_writer {
public:
    /// Throws data_error: (type-mismatch) for bytes, (value-range) for intervals with months, (value-format) for text that is not UTF-8.
    void add(const cell& element);
    /// For a cell that stands for true or false.
    void add_boolean(const cell& element);
    /// The array; its text is kept in `scratch`.
    [[nodiscard]] cell finish(arena& scratch);

private:
    void separate();
    std::string text_{"["};
};

namespace detail {
/// not_supported_error: the array has several dimensions, or does not start at 1.
[[noreturn]] AZOTH_API void refuse_array_shape();
}  // namespace detail

/// Takes an array's literal apart, as PostgreSQL writes it: {1,NULL,"a \\"b\\""}. The text has to live as long.
class AZOTH_API array_literal_reader {
public:
    /// Throws not_supported_error for an array of several dimensions, and for one that does not start at 1; `next` too, and
    /// data_error (value-format) for what is no literal.
    explicit array_literal_reader(std::string_view text);
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    /// The next element, valid until the one after it is read: a text, or NULL. There has to be one.
    [[nodiscard]] cell next();

private:
    std::string_view rest_;
    std::string element_{};
};

/// Takes an array's cell apart.
class AZOTH_API array_reader {
public:
    /// A text is a JSON array, or a literal: of arrays whose type a driver does not know, such as those of a database's own enumerations.
    /// Throws data_error: (null-value) for NULL, (type-mismatch) for what is no array, (value-format) for a text that is none; and what
    /// `array_literal_reader` throws.
    explicit array_reader(const cell& from);
    ~array_reader();
    array_reader(const array_reader&) = delete;
    array_reader& operator=(const array_reader&) = delete;
    /// The next element, valid while the reader lives; false at the end.
    [[nodiscard]] bool next(cell& element);

private:
    struct body;
    std::unique_ptr<body> body_;
};

}  // namespace azoth
