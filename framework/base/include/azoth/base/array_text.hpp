#pragma once

#include <azoth/base/arena.hpp>
#include <azoth/base/cell.hpp>
#include <azoth/base/export.hpp>

#include <memory>
#include <string>

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

/// Takes an array's cell apart.
class AZOTH_API array_reader {
public:
    /// Throws data_error: (null-value) for NULL, (type-mismatch) for what is no array, (value-format) for a text that is no JSON array.
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
