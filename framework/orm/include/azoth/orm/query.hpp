#pragma once

#include <azoth/engine/argument.hpp>
#include <azoth/engine/row_reader.hpp>
#include <azoth/orm/ptr.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth::orm {

namespace detail {

/// A field of a row: an entity, or one value.
struct query_element {
    const entity_class* entity{};  ///< null: a value
    bool can_be_absent{};
};

struct open_query;

/// Rows that come, their entities being the session's objects.
class AZOTH_API query_run {
public:
    query_run(session_core& in, const node_ptr& statement, arguments args, std::span<const query_element> elements);
    query_run(const query_run&) = delete;
    query_run& operator=(const query_run&) = delete;
    ~query_run();
    bool next();
    [[nodiscard]] instance* entity(std::size_t element);
    [[nodiscard]] const cell* value(std::size_t element) const;
    void finish();

private:
    std::unique_ptr<open_query> state_;
};

template <class T>
struct loaded {
    using type = T;
    static query_element element() { return {}; }
    static T read(query_run& from, std::size_t at) {
        T to{};
        value_traits<T>::from_cell(*from.value(at), to);
        return to;
    }
};
template <mapped T>
struct loaded<T> {
    using type = ptr<T>;
    static query_element element() { return {&class_of<T>(), false}; }
    static ptr<T> read(query_run& from, std::size_t at) {
        instance* i = from.entity(at);
        return {i, i ? static_cast<T*>(i->object) : nullptr};
    }
};
template <mapped T>
struct loaded<std::optional<T>> {
    using type = ptr<T>;
    static query_element element() { return {&class_of<T>(), true}; }
    static ptr<T> read(query_run& from, std::size_t at) { return loaded<T>::read(from, at); }
};

[[noreturn]] AZOTH_API void throw_row_count(bool is_none);

/// What a query has found. Owns it.
template <class Row>
class found_rows {
public:
    explicit found_rows(std::vector<Row> rows) noexcept : rows_{std::move(rows)} {}

    [[nodiscard]] auto begin() const noexcept { return rows_.begin(); }
    [[nodiscard]] auto end() const noexcept { return rows_.end(); }
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
    [[nodiscard]] const Row& operator[](std::size_t i) const { return rows_.at(i); }

    [[nodiscard]] std::vector<Row> all() && noexcept { return std::move(rows_); }
    [[nodiscard]] const std::vector<Row>& all() const& noexcept { return rows_; }
    /// The only one; none or several throw programming_error (no-rows, multiple-rows).
    [[nodiscard]] Row one() const {
        if (rows_.size() != 1) throw_row_count(rows_.empty());
        return rows_.front();
    }
    [[nodiscard]] std::optional<Row> one_or_none() const {
        if (rows_.size() > 1) throw_row_count(false);
        return first();
    }
    [[nodiscard]] std::optional<Row> first() const { return rows_.empty() ? std::nullopt : std::optional<Row>{rows_.front()}; }

private:
    std::vector<Row> rows_;
};

}  // namespace detail
}  // namespace azoth::orm
