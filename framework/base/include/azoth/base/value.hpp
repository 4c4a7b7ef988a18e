#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/base/value_traits.hpp>

#include <string>
#include <string_view>

namespace azoth {

/// One value of any SQL type, owned: a bound value of a statement, a field of a dynamic row. A default one is NULL.
class AZOTH_API value {
public:
    value() noexcept = default;
    /// Copies what the cell shows.
    explicit value(const cell& from);
    // In this order: whether a value is storable must not be asked before <azoth/sql/expression.hpp> has said so.
    template <class T>
    requires(!std::same_as<T, value> && storable<T>) value(const T& from) : kind_{value_traits<T>::kind}, element_{element_kind_v<T>} {
        arena scratch;
        assign(value_traits<T>::to_cell(from, scratch));
    }
    value(std::string_view text) : kind_{type_kind::text} { assign(cell::text(text)); }
    value(const char* text) : value(std::string_view{text}) {}
    value(std::nullopt_t) noexcept {}

    /// A view of the value, valid as long as this object is neither changed nor moved.
    [[nodiscard]] cell view() const noexcept {
        cell c = scalar_;
        if (c.is_view()) c.chars = {chars_.data(), chars_.size()};
        return c;
    }
    [[nodiscard]] bool is_null() const noexcept { return scalar_.is_null(); }
    /// The SQL type of the C++ type it was made from; `unknown` for a cell.
    [[nodiscard]] type_kind kind() const noexcept { return kind_; }
    /// What the elements of an array made from a C++ type are; else `unknown`.
    [[nodiscard]] type_kind element_kind() const noexcept { return element_; }
    /// The value as a C++ type; errors as for reading a result: data_error.
    template <storable T>
    [[nodiscard]] T as() const {
        T to{};
        value_traits<T>::from_cell(view(), to);
        return to;
    }
    /// The same tag and content.
    AZOTH_API friend bool operator==(const value& a, const value& b) noexcept;

private:
    void assign(const cell& from);

    cell scalar_{};
    std::string chars_{};
    type_kind kind_{type_kind::unknown};
    type_kind element_{type_kind::unknown};
};

/// The value for people: text in quotes, long text and bytes shortened. Not SQL.
AZOTH_API std::string describe(const cell& value, std::size_t max_chars = 60);

/// The value's characters without quotes, as a table shows them; "NULL" for NULL, hexadecimal for bytes.
AZOTH_API std::string display(const cell& value);

/// The cell in another form that means the same value exactly: what a dialect's storage asks for. Characters go to `scratch`.
/// Throws data_error where the other form cannot hold it.
AZOTH_API cell convert(const cell& from, cell_tag to, arena& scratch);

}  // namespace azoth
